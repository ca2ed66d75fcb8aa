# SPDX-License-Identifier: Apache-2.0
"""Home, session, movement and evidence pages: what they show and what they cost."""

import logging
import re
from dataclasses import fields
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string
from django.utils.translation import override

from hipfirst.web.library import contexts
from hipfirst.web.library.actions import pack_load
from hipfirst.web.library.details import exercise_page
from hipfirst.web.library.models import Document

pytestmark = pytest.mark.django_db
SESSION = "/sessions/build-lower-body-detail/"
PAGES = [
    ("/", "home", contexts.HomePage),
    ("/library/", "catalogue", contexts.CataloguePage),
    (
        "/library/?muscle=piriformis&kit=chair&no_floor=1&page=7",
        "catalogue",
        contexts.CataloguePage,
    ),
    (SESSION, "session", contexts.SessionPage),
    ("/exercises/clam-feet-lifted/", "exercise", contexts.ExercisePage),
    ("/exercises/windscreen-wipers/", "exercise", contexts.ExercisePage),
    ("/evidence/dolak-2011/", "evidence", contexts.EvidencePage),
    ("/evidence/", "evidence_index", contexts.EvidenceIndexPage),
]


def text(response):
    """What a page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize(("path", "template", "context"), PAGES)
def test_a_page_gets_exactly_what_its_context_declares(client, starter, path, template, context):
    response = client.get(path)
    rendered = {key for layer in response.context for d in layer.dicts for key in d}
    declared = {field.name for field in fields(context)}
    assert declared <= rendered
    name = f"library/{template}.html"
    assert name in [used.name for used in response.templates]
    source = "".join(
        Path(get_template(used.name).origin.name).read_text(encoding="utf-8")
        for used in response.templates
        if used.name.startswith("library/")
    )
    unused = {key for key in declared if not re.search(rf"[{{% =]{key}\b", source)}
    assert unused == set()


@pytest.mark.parametrize("path", [path for path, _, _ in PAGES])
def test_a_template_asks_for_nothing_that_is_not_there(client, starter, path, caplog):
    with caplog.at_level(logging.DEBUG, logger="django.template"):
        client.get(path)
    missing = [record.getMessage() for record in caplog.records if record.name == "django.template"]
    assert missing == []


@pytest.mark.parametrize(
    ("path", "costs"),
    [
        ("/", (9, 2)),
        (SESSION, (9, 4)),
        ("/exercises/clam/", (8, 3)),
        ("/exercises/open-the-gate/", (8, 3)),
        ("/evidence/dolak-2011/", (5, 3)),
        ("/evidence/", (3, 2)),
    ],
)
def test_the_number_of_queries_is_pinned(
    client, starter, path, costs, django_assert_max_num_queries
):
    for most in costs:  # of the first visit, and of every later one
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_a_change_shows_at_once(client, folder):
    pack_load(folder.exercise("march", summary="Before.").session("day", "march").root)
    paths = ("/", "/library/", "/sessions/day/", "/exercises/march/")
    before = [client.get(path).content for path in paths]
    folder.exercise("march", name="Big march", summary="After.")
    pack_load(folder.root)
    for path, old in zip(paths, before, strict=True):
        new = client.get(path).content
        assert b"Big march" not in old
        assert b"Big march" in new


def test_each_language_is_remembered_for_itself(client, starter):
    with override("en"):
        english = exercise_page("clam")
    with override("de"):
        german = exercise_page("clam")
    assert english.key != german.key
    with override("en"):
        assert exercise_page("clam") is english


def test_home_leads_to_a_session_the_library_and_the_check(
    client, starter, starter_documents, links
):
    response = client.get("/")
    assert {"/library/", "/library/?kind=exercise", "/check/"} <= set(links(response))
    assert {f"/sessions/{slug}/" for slug in starter_documents.sessions} & set(links(response))
    assert f"All {len(starter_documents.exercises)} movements" in text(response)


def test_home_speaks_of_trials_only_beside_their_cards(client, starter, links):
    response = client.get("/")
    assert "fell by about 43% from its own start in 4 weeks" in text(response)
    assert {"/evidence/dolak-2011/", "/evidence/hott-2019/"} <= set(links(response))
    Document.objects.filter(slug="hott-2019").update(published=False)
    assert "fell by about 43%" not in text(client.get("/"))


def test_home_stands_before_anything_is_published(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert "Nothing is published here yet." in text(response)


def test_a_session_shows_every_slot_in_order(client, starter, starter_documents):
    session = starter_documents.sessions["build-lower-body-detail"]
    response = client.get(SESSION)
    page = text(response)
    slots = [slot for block in session.blocks for slot in block.slots]
    places = [page.index(slot.why) for slot in slots]
    assert places == sorted(places)
    for block in session.blocks:
        assert block.title in page
    shown = [slot for block in response.context["blocks"] for slot in block.slots]
    exercises = starter_documents.exercises
    assert [slot.card.link.title for slot in shown] == [exercises[s.exercise].name for s in slots]


def test_a_slot_says_its_dose_its_rest_and_its_rungs(client, folder):
    for slug in ("low", "mid", "high"):
        folder.exercise(slug)
    slot = {"id": "one", "exercise": "mid", "rungs": ["low", "mid", "high"], "why": "It fits."}
    reps = {**slot, "work": {"reps": 10}, "sets": 2, "rest_s": 15, "sides": "each"}
    hold = {**slot, "id": "two", "work": {"hold_s": 20}, "sides": "both", "rungs": ["mid", "high"]}
    folder.session("day", blocks=[{"title": "All", "slots": [reps, hold]}])
    pack_load(folder.root)
    response = client.get("/sessions/day/")
    first, second = response.context["blocks"][0].slots
    assert (first.dose, first.rest) == ("2 sets of 10, each side", "15\u00a0s")
    assert ([e.slug for e in first.easier], [h.slug for h in first.harder]) == (["low"], ["high"])
    assert (second.dose, second.rest, second.easier) == ("1 hold of 20\u00a0s", "", ())


def test_a_test_says_how_long_and_never_how_much(client, starter):
    response = client.get("/sessions/self-test/")
    doses = [slot.dose for block in response.context["blocks"] for slot in block.slots]
    assert doses == [
        "a hold of up to 45\u00a0s, each side",
        "a hold of up to 45\u00a0s, each side",
        "as many as you like in 30\u00a0s",
        "as many as you like in 30\u00a0s, each side",
    ]


def test_a_slot_without_rungs_offers_the_ladder_around_it(client, folder):
    folder.exercise("low", harder="mid").exercise("mid", easier="low", harder="high")
    folder.exercise("high", easier="mid").session("day", "mid")
    pack_load(folder.root)
    slot = client.get("/sessions/day/").context["blocks"][0].slots[0]
    assert ([e.slug for e in slot.easier], [h.slug for h in slot.harder]) == (["low"], ["high"])
    assert "Day" in text(client.get("/exercises/high/"))


def test_a_session_is_started_by_a_form(client, starter):
    html = client.get(SESSION).content.decode()
    form = html[html.index('<form class="start"') : html.index("</form>")]
    assert f'method="post" action="{SESSION}play/"' in form
    assert "csrfmiddlewaretoken" in form
    assert "My knees are fine: start the session" in form
    assert 'href="/check/?next=%2Fsessions%2Fbuild-lower-body-detail%2F"' in form
    assert "again" not in form


def test_an_unfinished_run_is_continued_or_begun_again(starter, ada, ben, start_run):
    start_run(ada)
    html = ada.get(SESSION).content.decode()
    assert "Continue" in html
    assert '<button class="button" type="submit" name="again" value="1">' in html
    assert "Continue" not in ben.get(SESSION).content.decode()


def test_a_session_leaves_out_what_is_no_longer_published(client, folder):
    pack_load(folder.exercise("stay").exercise("go").session("day", "stay", "go").root)
    Document.objects.filter(slug="go").update(published=False)
    response = client.get("/sessions/day/")
    assert [slot.card.link.slug for slot in response.context["blocks"][0].slots] == ["stay"]


def test_a_movement_shows_cues_muscles_and_cautions(client, starter, starter_documents):
    clam = starter_documents.exercises["clam"]
    page = text(client.get("/exercises/clam/"))
    cues = clam.cues
    places = [page.index(t) for t in (cues.set_up, cues.move, cues.feel, cues.avoid, cues.breathe)]
    assert places == sorted(places)
    for caution in clam.cautions:
        assert caution.text in page
    assert "Deep hip rotators Main, working side · deep" in page
    assert "Gluteus maximus Helps, working side" in page


def test_a_movement_leads_up_and_down_its_ladder_and_to_its_sessions(client, starter, links):
    response = client.get("/exercises/bridge-march/")
    assert response.context["easier"].link.slug == "bridge"
    assert response.context["harder"].link.slug == "single-leg-bridge"
    assert {"/exercises/bridge/", "/exercises/single-leg-bridge/", SESSION} <= set(links(response))


def test_a_movement_without_neighbours_shows_no_ladder(client, folder):
    pack_load(folder.exercise("alone").root)
    response = client.get("/exercises/alone/")
    assert "Easier and harder" not in text(response)


def test_a_movement_that_was_baked_is_shown_moving_unless_motion_is_unwelcome(client, folder):
    pack_load(folder.exercise("march").bake("march").root)
    row = Document.objects.get()
    html = client.get("/exercises/march/").content.decode()
    assert f'data-clip="/media/packs/small/{row.facts["clip"]}"' in html
    assert f'<img src="/media/packs/small/{row.facts["still"]}"' in html
    assert 'data-muscles="iliopsoas:main:working"' in html


def test_evidence_says_its_limits_and_who_cites_it(client, starter, starter_documents, links):
    card = starter_documents.evidence["hott-2019"]
    response = client.get("/evidence/hott-2019/")
    page = text(response)
    said = (card.people, card.comparator, card.effect, card.uncertainty, card.length, card.limits)
    for each in (*said, card.source.citation):
        assert " ".join(each.split()) in page
    assert card.source.url in links(response)
    cited = {
        f"/exercises/{slug}/"
        for slug, each in starter_documents.exercises.items()
        if "hott-2019" in each.evidence
    }
    assert cited <= set(links(response))


@pytest.mark.parametrize(
    "path", ["/sessions/clam/", "/exercises/none/", "/evidence/clam/", "/exercises/Clam%20x/"]
)
def test_what_is_not_there_is_a_plain_404(client, starter, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [path for path, _, _ in PAGES])
def test_pages_are_only_read(client, starter, path):
    assert client.post(path).status_code == 405


def test_texts_of_a_pack_are_never_markup(client, folder):
    cross = "<script>alert(1)</script>"
    folder.exercise("march", name=cross, summary=cross, aliases=[cross])
    folder.session("day", "march", title=cross, summary=cross)
    pack_load(folder.root)
    for path in ("/", "/library/", "/sessions/day/", "/exercises/march/"):
        assert cross not in client.get(path).content.decode()


def test_texts_of_a_pack_carry_their_language(client, folder):
    pack_load(folder.exercise("marche", language="fr").root)
    assert (
        '<article class="card card--exercise" lang="fr">'
        in client.get("/library/").content.decode()
    )
    assert '<article class="page" lang="fr">' in client.get("/exercises/marche/").content.decode()


def test_two_articles_are_cards_and_the_rest_are_links():
    link = {"url": "/journal/a/", "title": "A", "language": "en"}
    cards = [{"kind": "article", "link": link | {"title": f"Story {n}"}} for n in range(4)]
    html = render_to_string("library/_articles.html", {"articles": cards})
    assert html.count('class="card card--article"') == 2
    assert html.index("Story 1") < html.index('class="links"') < html.index("Story 2")
