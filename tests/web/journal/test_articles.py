# SPDX-License-Identifier: Apache-2.0
"""The journal: its list, its articles, what they rest on, and texts that try to break out."""

import json
import logging
import re
from dataclasses import fields
from html import unescape
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.template.loader import get_template

from hipfirst.packs.read import read_pack
from hipfirst.web.journal import contexts
from hipfirst.web.journal.rendering import Surroundings, article_html
from hipfirst.web.library.actions import LoadReport, pack_load
from hipfirst.web.library.models import Document, Facet
from web.library.conftest import PackFolder

pytestmark = pytest.mark.django_db
CARD = {
    "format": 1,
    "slug": "study",
    "title": "Does it help?",
    "source": {"citation": "Somebody, 2020.", "doi": "10.1000/x1"},
    "design": "Trial.",
    "people": "12 people.",
    "comparator": "This against that.",
    "effect": "It helped a little.",
    "uncertainty": "Wide.",
    "length": "6 weeks, then a year.",
    "limits": "Small.",
    "later": "Nothing was found again.",
}
MATTER = {
    "format": 1,
    "title": "Why hips?",
    "summary": "What is known.",
    "published": "2026-11-01",
    "authors": ["Ada Example"],
    "picture": "march",
}
CLAIMS = [
    {"id": "one", "text": "It may help.", "evidence": ["study"]},
    {"id": "two", "text": "It may not.", "evidence": ["study", "other"]},
]
BODY = """\
It may not[^two] or it may[^one]. Do the [march](exercise:march)[^two].

## Why

![One knee *up*.](exercise:march)

See [the day](session:day), [the card](evidence:study), [it](article:why) and the
[hip flexor](muscle:iliopsoas), [the check](/check/) or [a page](https://example.org/).

### And then
"""


class JournalFolder(PackFolder):
    def article(self, slug="why", body=BODY, claims=CLAIMS[:1], **matter):
        """Writes the cards of its claims, too, and cites at the end what the text does not."""
        for card in sorted({each for claim in claims for each in claim["evidence"]}):
            named = {"slug": card, "title": f"Does {card} help?"}
            self.write(f"evidence/{card}.yaml", CARD | named)
        marks = (f"[^{claim['id']}]" for claim in claims)
        body += "".join(mark for mark in marks if mark not in body)
        front = yaml.safe_dump({**MATTER, "slug": slug, "claims": claims, **matter})
        path = self.root / "articles" / f"{slug}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
        return self


@pytest.fixture
def folder(tmp_path):
    """A pack with a movement, a session, two cards and an article that names them all."""
    made = JournalFolder(tmp_path / "small")
    made.exercise("march").bake("march").session("day", "march")
    return made.article(claims=CLAIMS, sessions=["day"])


@pytest.fixture
def loaded(folder):
    pack_load(folder.root)
    return folder


def text(response):
    html = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def article():
    return Document.objects.get(kind="article")


def facets(name):
    return list(article().facets.filter(name=name).values_list("slug", flat=True))


# What the loader keeps


def test_what_an_article_names_is_held_as_data(loaded):
    assert facets(Facet.Name.EXERCISE) == ["march"]
    assert facets(Facet.Name.SESSION) == ["day"]
    assert facets(Facet.Name.MUSCLE) == ["iliopsoas"]
    assert facets(Facet.Name.EVIDENCE) == ["study", "other"]


def test_facts_of_an_article(loaded):
    facts = article().facts
    assert (facts["published"], facts["updated"]) == ("2026-11-01", "2026-11-01")
    assert [each["anchor"] for each in facts["headings"]] == ["why", "and-then"]
    assert facts["picture"] == "march"
    assert facts["still"].startswith("march.")


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (220, 1), (221, 2), (1100, 5)])
def test_reading_time_is_rounded_up(folder, words, minutes):
    pack_load(folder.article(body="word " * words).root)
    assert article().minutes == minutes


def test_loading_again_changes_nothing_and_a_new_projection_is_written(loaded):
    total = Document.objects.count()
    assert pack_load(loaded.root) == LoadReport(unchanged=total)
    Document.objects.filter(kind="article").update(projection_hash="of an older version", facts={})
    article().facets.all().delete()
    assert pack_load(loaded.root) == LoadReport(unchanged=total - 1, changed=1)
    assert facets(Facet.Name.EXERCISE) == ["march"]
    assert article().version == 1


# The pages


PAGES = [
    ("/journal/", "index", contexts.JournalPage),
    ("/journal/why/", "article", contexts.ArticlePage),
]


@pytest.mark.parametrize(("path", "template", "context"), PAGES)
def test_a_page_gets_exactly_what_its_context_declares(client, loaded, path, template, context):
    response = client.get(path)
    rendered = {key for layer in response.context for d in layer.dicts for key in d}
    declared = {field.name for field in fields(context)}
    assert declared <= rendered
    source = "".join(
        Path(get_template(used.name).origin.name).read_text(encoding="utf-8")
        for used in response.templates
        if used.name.startswith(("journal/", "library/"))
    )
    assert {key for key in declared if not re.search(rf"[{{% =]{key}\b", source)} == set()


@pytest.mark.parametrize("path", [path for path, _, _ in PAGES])
def test_a_template_asks_for_nothing_that_is_not_there(client, loaded, path, caplog):
    with caplog.at_level(logging.DEBUG, logger="django.template"):
        client.get(path)
    said = [record.getMessage() for record in caplog.records if record.name == "django.template"]
    assert said == []


def test_the_list_begins_with_the_first_article_then_goes_from_new_to_old(client, folder):
    folder.article("aching-knees-strong-hips", "First.", title="Begin", published="2026-01-01")
    folder.article("newest", "New.", title="Newest", published="2026-12-01")
    pack_load(folder.root)
    response = client.get("/journal/")
    assert response.context["first"].card.link.slug == "aching-knees-strong-hips"
    assert [e.card.link.slug for e in response.context["entries"]] == ["newest", "why"]
    page = text(response)
    assert page.index("Begin here") < page.index("Newest") < page.index("Why hips?")
    assert "1\u00a0min to read" in response.content.decode()


def test_an_empty_journal_says_so(client, db):
    assert "Nothing is published here yet." in text(client.get("/journal/"))


def test_each_article_leads_to_the_next_and_the_last_to_none(client, folder):
    folder.article("aching-knees-strong-hips", "First.", published="2026-01-01")
    folder.article("newest", "New.", published="2026-12-01")
    pack_load(folder.root)
    slug, seen = "aching-knees-strong-hips", []
    while slug:
        seen.append(slug)
        following = client.get(f"/journal/{slug}/").context["following"]
        slug = following.link.slug if following else ""
    assert seen == ["aching-knees-strong-hips", "newest", "why"]


def test_an_article_shows_its_head_its_text_and_where_it_leads(client, loaded):
    response = client.get("/journal/why/")
    page, html = text(response), response.content.decode()
    for said in (
        "Why hips?",
        "What is known.",
        "Ada Example",
        "1 November 2026",
        "What this rests on",
    ):
        assert said in page
    assert 'href="#s-why"' in html
    assert '<h2 id="s-why">Why</h2>' in html
    for address in ("/exercises/march/", "/sessions/day/", "/evidence/study/", "/journal/why/"):
        assert f'href="{address}"' in html
    assert '<a href="/library/?muscle=iliopsoas">hip flexor</a>' in html
    assert '<a href="/check/">the check</a>' in html
    assert '<a href="https://example.org/" rel="noreferrer">a page</a>' in html
    assert "Try it now, no account" in page
    assert "When to see a professional" in page


def test_an_article_leads_to_a_program(client, folder):
    program = {"format": 1, "slug": "spring", "title": "Spring", "summary": "One week."}
    folder.write("programs/spring.yaml", program | {"weeks": [{"sessions": ["day"]}]})
    folder.article(body="Follow [it](program:spring) or [none](program:gone).\n")
    pack_load(folder.root)
    html = client.get("/journal/why/").content.decode()
    assert '<a href="/programs/spring/">it</a>' in html
    assert "/programs/gone/" not in html


def test_a_picture_is_a_figure_with_words_and_a_way_to_the_movement(client, loaded):
    html = client.get("/journal/why/").content.decode()
    figure = html[html.index('<figure class="article-figure"') : html.index("</figure>")]
    assert 'alt="A figure doing the movement March"' in figure
    assert 'loading="lazy"' in figure
    assert 'width="480"' in figure
    assert "<figcaption>One knee <em>up</em>. <a" in figure
    assert '<a href="/exercises/march/" lang="en">March</a>' in figure
    assert "<p><figure" not in html


def test_citations_are_numbered_as_they_are_met_and_lead_there_and_back(client, loaded):
    response = client.get("/journal/why/")
    html = response.content.decode()
    claims = response.context["claims"]
    assert [(c.number, c.text, c.places) for c in claims] == [
        (1, "It may not.", ("cite-1-1", "cite-1-2")),
        (2, "It may help.", ("cite-2-1",)),
    ]
    for claim in claims:
        assert html.count(f'id="rests-{claim.number}"') == 1
        assert f'href="#rests-{claim.number}"' in html
        for place in claim.places:
            assert html.count(f'id="{place}"') == 1
            assert f'href="#{place}"' in html


def test_what_it_rests_on_says_all_that_matters_once_a_study(client, loaded):
    response = client.get("/journal/why/")
    assert [study.link.slug for study in response.context["studies"]] == ["study", "other"]
    page = text(response)
    left_out = {"format", "slug", "title", "source", "design"}
    facts = [value for name, value in CARD.items() if name not in left_out]
    for said in (*facts, "Somebody, 2020."):
        assert page.count(said) == 2  # once for each of two cards
    assert 'href="https://doi.org/10.1000/x1"' in response.content.decode()


def test_no_id_stands_twice(client, starter):
    for row in Document.objects.filter(kind="article"):
        html = client.get(f"/journal/{row.slug}/").content.decode()
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), row.slug
        for anchor in re.findall(r'href="#([^"]+)"', html):
            assert anchor in ids, (row.slug, anchor)


def test_every_link_of_the_starter_articles_opens(client, starter):
    led = set()
    for row in Document.objects.filter(kind="article"):
        html = client.get(f"/journal/{row.slug}/").content.decode()
        body = html[html.index("data-article") :]
        led |= set(re.findall(r'<a [^>]*href="(/[^"#]*)"', body[: body.index("</article>")]))
    assert led
    assert dict.fromkeys(led, 200) == {path: client.get(path).status_code for path in led}


def test_whoever_is_mentioned_leads_back(client, loaded):
    for path in ("/exercises/march/", "/sessions/day/", "/evidence/study/"):
        response = client.get(path)
        assert "Read about it" in text(response), path
        assert 'href="/journal/why/"' in response.content.decode(), path


def test_what_is_withdrawn_becomes_plain_words(client, loaded):
    Document.objects.filter(slug__in=("march", "study")).update(published=False)
    response = client.get("/journal/why/")
    html = response.content.decode()
    assert "Do the march" in text(response)
    assert "/exercises/march/" not in html
    assert "/evidence/study/" not in html
    assert [study.link.slug for study in response.context["studies"]] == ["other"]


def test_an_article_that_is_withdrawn_is_gone(client, loaded):
    client.get("/journal/why/")
    Document.objects.filter(kind="article").update(published=False)
    assert client.get("/journal/why/").status_code == 404
    assert "/journal/why/" not in client.get("/exercises/march/").content.decode()


def test_a_change_shows_at_once(client, loaded):
    assert "It may not" in text(client.get("/journal/why/"))
    pack_load(loaded.article(body="Other words.", title="Other title").root)
    page = text(client.get("/journal/why/"))
    assert "Other words." in page
    assert "Other title" in text(client.get("/journal/"))


@pytest.mark.parametrize(
    ("path", "costs"), [("/journal/", (4, 2)), ("/journal/why/", (11, 5)), ("/evidence/", (3, 2))]
)
def test_the_number_of_queries_is_pinned(
    client, loaded, path, costs, django_assert_max_num_queries
):
    for most in costs:  # of the first visit, and of every later one
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_many_articles_cost_no_more(client, folder, django_assert_max_num_queries):
    for n in range(12):
        folder.article(f"more-{n}", published=f"2026-10-{n + 10}", claims=CLAIMS)
    pack_load(folder.root)
    for path, most in (("/journal/", 4), ("/journal/why/", 11), ("/exercises/march/", 8)):
        with django_assert_max_num_queries(most):
            client.get(path)


def test_the_list_of_studies_is_in_the_order_of_titles(client, starter):
    response = client.get("/evidence/")
    titles = [study.link.title for study in response.context["studies"]]
    assert titles == sorted(titles, key=str.casefold)
    slugs = Document.objects.filter(kind="evidence").values_list("slug", flat=True)
    assert len(titles) == len(slugs) > 0
    for slug in slugs:
        assert f'href="/evidence/{slug}/"' in response.content.decode()


def test_home_leads_to_the_story(client, folder):
    folder.article("aching-knees-strong-hips", "First.", title="The story")
    pack_load(folder.root)
    response = client.get("/")
    assert response.context["story"].link.slug == "aching-knees-strong-hips"
    assert 'href="/journal/aching-knees-strong-hips/"' in response.content.decode()


# What others are told


def head(client, path):
    html = client.get(path, headers={"Host": "localhost"}).content.decode()
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html)
    return html, {name: unescape(content) for name, content in found}


def test_a_shared_article_has_title_summary_picture_and_one_address(client, loaded):
    html, meta = head(client, "/journal/why/?from=mail")
    assert '<link rel="canonical" href="http://localhost/journal/why/">' in html
    assert meta["og:url"] == "http://localhost/journal/why/"
    assert meta["og:type"] == "article"
    assert (meta["og:title"], meta["og:description"]) == ("Why hips?", "What is known.")
    assert meta["og:image"].startswith("http://localhost/media/packs/small/march.")
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["article:published_time"] == "2026-11-01"
    assert client.get(meta["og:image"]).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/journal/", "/evidence/", "/evidence/study/", "/sessions/day/", "/exercises/march/"],
)
def test_every_public_page_can_be_shared(client, loaded, path):
    html, meta = head(client, path)
    assert f'<link rel="canonical" href="http://localhost{path}">' in html
    assert meta["og:title"]
    assert meta["og:description"]


def linked(response):
    html = response.content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(block)


def test_an_article_is_described_for_programs(client, loaded):
    told = linked(client.get("/journal/why/"))
    assert (told["@context"], told["@type"]) == ("https://schema.org", "Article")
    assert told["headline"] == "Why hips?"
    assert told["datePublished"] == "2026-11-01"
    assert told["author"] == [{"@type": "Person", "name": "Ada Example"}]
    assert told["citation"] == ["Somebody, 2020.", "Somebody, 2020."]
    assert told["url"] == "http://testserver/journal/why/"
    assert told["inLanguage"] == "en"


def test_a_session_is_described_as_a_plan(client, loaded):
    told = linked(client.get("/sessions/day/"))
    assert (told["@type"], told["name"]) == ("ExercisePlan", "Day")
    assert re.fullmatch(r"PT\d+M", told["activityDuration"])
    assert told["image"].startswith("http://testserver/media/")


# Texts that try to break out


CROSS = "</script><script>alert(1)</script>"


def test_titles_and_summaries_are_never_markup(client, folder):
    claims = [{"id": "one", "text": CROSS, "evidence": ["study"]}]
    folder.article(title=CROSS, summary=CROSS, authors=[CROSS], claims=claims)
    card = {**CARD, "title": CROSS, "effect": CROSS, "source": {"citation": CROSS}}
    pack_load(folder.write("evidence/study.yaml", card).session("day", "march", title=CROSS).root)
    paths = ("/journal/", "/journal/why/", "/evidence/", "/evidence/study/", "/sessions/day/", "/")
    for path in (*paths, "/journal/feed.atom", "/exercises/march/"):
        assert "<script>alert" not in client.get(path).content.decode(), path
    assert linked(client.get("/journal/why/"))["headline"] == CROSS
    assert linked(client.get("/sessions/day/"))["name"] == CROSS


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&#x73;cript:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](data:text/html;base64,PHN2Zy8+)",
        "[a](//evil.example)",
        "[a](http://evil.example)",
        "<javascript:alert(1)>",
        '[a](https://example.org/"onmouseover="alert(1))',
        '[a](https://example.org "title onmouseover=alert(1)")',
        "![a](javascript:alert(1))",
        '![a"onerror="alert(1)](https://evil.example/x.png)',
        "![<script>alert(1)</script>](exercise:march)",
        '## "><script>alert(1)</script>',
        '[^"><script>alert(1)</script>]',
        "```html\n<script>alert(1)</script>\n```",
        '```"><script>alert(1)</script>\nx\n```',
        "[a](exercise:../../account/)",
    ],
)
def test_a_text_can_not_break_out(body):
    html = article_html(body, Surroundings()).html
    assert "<script" not in html
    assert not re.search(r"<[^>]*\son\w+=", html)
    assert not re.search(r'(?:href|src)="(?!https://example\.org|/|#)', html)
    assert 'href="//' not in html


def test_a_text_is_sanitised_whoever_wrote_the_tags(monkeypatch):
    """The second wall stands alone: even a renderer that lets HTML through shows none."""
    from hipfirst.web.journal.rendering import ArticleRenderer  # noqa: PLC0415 changed here only

    monkeypatch.setattr(
        ArticleRenderer, "html_block", lambda _self, tokens, idx, *_rest: tokens[idx].content
    )
    fresh = __import__("markdown_it").MarkdownIt("commonmark", renderer_cls=ArticleRenderer)
    monkeypatch.setattr("hipfirst.web.journal.rendering._MARKDOWN", fresh)
    html = article_html("<div onclick='x()'><script>alert(1)</script>kept</div>", Surroundings())
    assert "alert" not in html.html
    assert "onclick" not in html.html
    assert "kept" in html.html


def test_starter_articles_read_without_a_fault():
    reading = read_pack(Path(settings.STARTER_PACK))
    assert [problem for problem in reading.problems if problem.file.startswith("articles/")] == []
