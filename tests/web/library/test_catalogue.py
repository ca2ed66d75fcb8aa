# SPDX-License-Identifier: Apache-2.0
"""The catalogue: every filter alone and together, against the documents themselves."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipfirst.packs.vocabulary import COMFORT
from hipfirst.web.library.actions import pack_load
from hipfirst.web.library.criteria import CHOICES, NO_KIT
from hipfirst.web.library.models import Document

pytestmark = pytest.mark.django_db
READS_ONLY = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CARD = re.compile(r'class="card__title"><a href="/(sessions|exercises)/([a-z0-9-]+)/"')


def slugs(response):
    return {slug for _, slug in CARD.findall(response.content.decode())}


@pytest.fixture
def small(folder):
    """Three movements and two sessions that differ in everything that is filtered by."""
    adductors = [{"muscle": "adductors", "role": "helps", "side": "both"}]
    folder.exercise("bare", position="supine", kit=["mat"])
    folder.exercise("chair", position="standing", kit=["chair"], level="strong", muscles=adductors)
    folder.exercise("kneel", position="kneeling", kit=["cushion", "chair"], level="steady")
    folder.session("short", "chair", minutes=[5, 10], level="gentle")
    folder.session("long", "bare", "kneel", minutes=[30, 40], level="strong")
    pack_load(folder.root)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"bare", "chair", "kneel", "short", "long"}),
        ("kind=session", {"short", "long"}),
        ("kind=exercise", {"bare", "chair", "kneel"}),
        ("muscle=adductors", {"chair", "short"}),
        ("muscle=calf", set()),
        ("position=supine", {"bare", "long"}),
        ("position=standing", {"chair", "short"}),
        ("level=strong", {"chair", "long"}),
        ("minutes=10", {"short"}),
        ("minutes=45", {"short", "long"}),
        ("kit=none", {"bare"}),
        ("kit=chair", {"bare", "chair", "short"}),
        ("kit=chair&kit=cushion", {"bare", "chair", "kneel", "short", "long"}),
        ("kit=none&kit=chair", {"bare", "chair", "short"}),
        ("no_kneeling=1", {"bare", "chair", "short"}),
        ("no_floor=1", {"chair", "short"}),
        ("kind=session&no_kneeling=1&minutes=20&kit=chair", {"short"}),
        (
            "muscle=&position=&kit=&level=&minutes=&no_floor=",
            {"bare", "chair", "kneel", "short", "long"},
        ),
        ("utm_source=elsewhere", {"bare", "chair", "kneel", "short", "long"}),
    ],
)
def test_a_filter_leaves_what_fits(client, small, query, expected):
    response = client.get(f"/library/?{query}")
    assert response.status_code == 200
    assert slugs(response) == expected
    assert response.context["count"] == len(expected)


def expected_exercises(pack, criteria):
    """The movements of a pack that meet criteria, read from the documents alone."""
    for each in pack.exercises.values():
        muscles = {use.muscle for use in each.muscles}
        owned = (set(criteria["kit"]) - {NO_KIT}) | COMFORT
        if (
            (not criteria["muscle"] or criteria["muscle"] in muscles)
            and criteria["position"] in {"", each.position}
            and criteria["level"] in {"", each.level}
            and (not criteria["kit"] or set(each.kit) <= owned)
        ):
            yield each.slug


@READS_ONLY
@given(
    criteria=st.fixed_dictionaries(
        {name: st.sampled_from(("", *CHOICES[name])) for name in ("muscle", "position", "level")}
        | {"kit": st.lists(st.sampled_from(CHOICES["kit"]), max_size=4)}
    )
)
def test_filters_agree_with_the_documents(client, starter, starter_documents, criteria):
    query = urlencode({**criteria, "kind": "exercise"}, doseq=True)
    first = client.get(f"/library/?{query}")
    rest = range(2, first.context["pages"].last + 1)
    found = slugs(first).union(*(slugs(client.get(f"/library/?{query}&page={n}")) for n in rest))
    assert sorted(found) == sorted(expected_exercises(starter_documents, criteria))


NAMES = st.sampled_from([*CHOICES, "page", "x"])
VALUES = st.text(max_size=30) | st.sampled_from(["1", "0", "-1", "session", "none", "9" * 5000])


@READS_ONLY
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_no_query_breaks_the_page(client, starter, pairs):
    sent = dict(pairs)
    response = client.get("/library/", sent)
    assert response.status_code in {200, 400}
    # What no database can look for is refused before the page reads it.
    if not any("\0" in value for value in sent.values()):
        assert (response.status_code == 400) == bool(response.context["errors"])


@READS_ONLY
@given(query=st.text(alphabet=st.characters(codec="latin-1"), max_size=60))
def test_no_raw_query_string_breaks_the_page(client, starter, query):
    response = client.get("/library/", QUERY_STRING=query)
    assert response.status_code in {200, 400}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("position=flying", "“position” cannot be “flying”. Allowed: supine, side-lying, prone"),
        ("minutes=0", "“minutes” cannot be “0”. Allowed: 10, 20, 30, 45, 60."),
        ("no_floor=yes", "“no_floor” cannot be “yes”. Allowed: 1."),
        ("kit=chair&kit=anvil", "“kit” cannot be “anvil”. Allowed: none, cushion, chair"),
        ("page=2", "“page” cannot be “2”. Allowed: 1 to 1."),
        ("page=٣", "“page” cannot be “٣”"),
        ("muscle=%3Cscript%3E", "“muscle” cannot be “&lt;script&gt;”"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(client, small, query, message):
    response = client.get(f"/library/?{query}")
    assert response.status_code == 400
    assert message in response.content.decode()


def test_a_wrong_value_is_left_out_and_the_others_count(client, small):
    response = client.get("/library/?position=flying&no_floor=1")
    assert slugs(response) == {"chair", "short"}


def test_a_long_wrong_value_is_quoted_in_part(client, small):
    response = client.get("/library/", {"level": "a" * 5000})
    assert "a" * 39 + "…" in response.content.decode()
    assert "a" * 40 not in response.content.decode()


def test_nothing_found_says_so_and_leads_back(client, small, links):
    response = client.get("/library/?muscle=calf&position=prone")
    assert "Nothing fits all of that" in response.content.decode()
    assert links(response).count(".") >= 2


def test_each_filter_in_force_can_be_taken_away_alone(client, small, links):
    response = client.get(
        "/library/?muscle=adductors&no_floor=1&kit=chair&kit=cushion&level=strong"
    )
    found = links(response)
    assert "?kit=cushion&kit=chair&level=strong&no_floor=1" in found
    assert "?muscle=adductors&kit=cushion&kit=chair&level=strong" in found
    assert "?muscle=adductors&kit=cushion&level=strong&no_floor=1" in found
    assert "?muscle=adductors&kit=cushion&kit=chair&no_floor=1" in found


def test_tabs_count_what_the_other_kind_holds(client, small):
    tabs = client.get("/library/?kind=session&no_floor=1").context["tabs"]
    assert [(tab.count, tab.current) for tab in tabs] == [(2, False), (1, True), (1, False)]


def test_the_form_works_without_scripts(client, small):
    html = client.get("/library/?muscle=adductors&no_kneeling=1&kind=exercise").content.decode()
    form = html[html.index("<form") : html.index("</form>")]
    assert 'method="get"' in form
    assert '<option value="adductors" selected>' in form
    assert '<input type="checkbox" name="no_kneeling" value="1" checked>' in form
    assert '<input type="hidden" name="kind" value="exercise">' in form
    assert '<button class="button" type="submit"' in form


def test_the_form_offers_only_what_some_document_has(client, small):
    filters = client.get("/library/").context["filters"]
    assert [choice.value for choice in filters.muscle] == ["iliopsoas", "adductors"]
    assert [choice.value for choice in filters.position] == ["supine", "kneeling", "standing"]
    assert [choice.value for choice in filters.kit] == [NO_KIT, "cushion", "chair"]


def test_a_long_list_is_paged_and_the_filters_stay(client, folder, links):
    for n in range(60):
        folder.exercise(f"move-{n:02}", level="gentle" if n % 2 else "steady")
    pack_load(folder.root)
    first = client.get("/library/?kind=exercise")
    second = client.get("/library/?kind=exercise&page=2")
    last = client.get("/library/?kind=exercise&page=3")
    assert [len(slugs(page)) for page in (first, second, last)] == [24, 24, 12]
    assert len(slugs(first) | slugs(second) | slugs(last)) == 60
    assert "?kind=exercise&page=2" in links(first)
    assert {"?kind=exercise", "?kind=exercise&page=3"} <= set(links(second))
    assert client.get("/library/?kind=exercise&page=4").status_code == 400


def test_what_is_not_published_is_not_listed(client, small):
    Document.objects.filter(slug="bare").update(published=False)
    assert "bare" not in slugs(client.get("/library/"))
    assert client.get("/exercises/bare/").status_code == 404


@pytest.mark.parametrize("query", ["", "muscle=piriformis&kit=chair&no_floor=1", "kind=session"])
def test_the_number_of_queries_is_constant(
    client, starter, folder, django_assert_num_queries, query
):
    for n in range(30):
        folder.exercise(f"more-{n}").bake(f"more-{n}")
    pack_load(folder.root)
    with django_assert_num_queries(6):
        client.get(f"/library/?{query}")
    with django_assert_num_queries(2):
        client.get(f"/library/?{query}")
