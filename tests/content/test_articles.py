# SPDX-License-Identifier: Apache-2.0
"""The articles of the starter pack: what they promise to readers, one test for each article."""

import re
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from hipfirst.packs.article import article_text, words_of
from hipfirst.packs.check import inspect_pack
from hipfirst.planning.rules import RULES

ROOT = Path(__file__).parents[2] / "content" / "starter"
PACK, _ = inspect_pack(ROOT)
ARTICLES = sorted(PACK.articles)
CARDS = sorted(PACK.evidence)

BANNED = (
    r"\bcures?\b",
    r"\bguarantee",
    r"\bmiracle",
    r"\bfix(es|ed)? (your|my|the) knee",
    r"\bpain[- ]free in\b",
    r"\bweak hips? (cause|make|lead|mean)",
    r"\bcaused by (your )?(weak )?hips\b",
    r"\byou have (patellofemoral|arthritis|a torn)",
    r"\bproven to\b",
    r"\bscientifically proven\b",
    r"\bno pain,? no gain\b",
    r"\bclick(ing)? here\b",
)
"""Promises, diagnoses and the wrong story, in any case."""
COPIES = ("scribd", "ilovetranslation", "zlibrary", "coek.info", "pdffox", "sci-hub", "libgen")
"""Sites that show studies without leave: nothing leads there."""
DERIVED = {"how-to-read-a-trial": {"96.5", "1000"}}
"""Figures that an article works out before the reader's eyes."""
TEACHES_READING = {"how-to-read-a-trial"}
"""Articles that are not about anybody's knee."""
LEADS_TO_A_PERSON = {"when-to-see-somebody"}
"""Articles after which nobody should go and train at once."""
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
PRECISE = re.compile(r"\d+(?:\.\d+)?%|\d+\.\d+|\b\d{3,}\b|\d,\d{3}")


def text_of(slug):
    return article_text(PACK.articles[slug].body)


def paragraphs(slug):
    inline = (token for token in text_of(slug).tokens if token.type == "inline")
    return [words_of(token.children or ()) for token in inline]


def sentences(slug):
    parts = chain.from_iterable(re.split(r"(?<=[.!?:;])\s+", each) for each in paragraphs(slug))
    return [part for part in parts if part]


def said_by(card):
    """Everything a card says, its title and source included."""
    return " ".join(str(value) for value in card.model_dump(exclude={"slug", "format"}).values())


def figures(text):
    return {found.replace(",", "").rstrip("%") for found in FIGURE.findall(text)}


def test_there_are_nine_articles_and_more_evidence():
    assert len(ARTICLES) >= 9
    assert "aching-knees-strong-hips" in ARTICLES


@pytest.mark.parametrize("slug", ARTICLES)
def test_it_is_neither_a_note_nor_a_chapter(slug):
    assert 600 <= text_of(slug).words <= 1200


@pytest.mark.parametrize("slug", ARTICLES)
def test_every_claim_is_cited_and_every_citation_has_a_claim(slug):
    assert {claim.id for claim in PACK.articles[slug].claims} == set(text_of(slug).cited)
    assert len(text_of(slug).cited) >= 3


@pytest.mark.parametrize("slug", ARTICLES)
def test_a_figure_in_a_claim_stands_on_one_of_its_cards(slug):
    for claim in PACK.articles[slug].claims:
        cards = " ".join(said_by(PACK.evidence[card]) for card in claim.evidence)
        missing = figures(claim.text) - figures(cards)
        assert not missing, f"{claim.id}: {', '.join(sorted(missing))} is on none of its cards"


@pytest.mark.parametrize("slug", ARTICLES)
def test_an_exact_figure_in_the_text_stands_on_a_card_it_cites(slug):
    cited = {card for claim in PACK.articles[slug].claims for card in claim.evidence}
    known = figures(" ".join(said_by(PACK.evidence[card]) for card in cited))
    exact = {found.replace(",", "").rstrip("%") for found in PRECISE.findall(prose(slug))}
    exact -= DERIVED.get(slug, set()) | {"100"}  # the end of a scale
    assert exact <= known, f"on no cited card: {', '.join(sorted(exact - known))}"


def prose(slug):
    return "\n".join(paragraphs(slug))


@pytest.mark.parametrize("slug", ARTICLES)
def test_it_shows_movements_and_leads_to_a_session(slug):
    text = text_of(slug)
    assert 1 <= len(text.pictures) <= 4
    assert len({picture.target.rest for picture in text.pictures}) == len(text.pictures)
    assert bool(PACK.articles[slug].sessions) == (slug not in LEADS_TO_A_PERSON)


@pytest.mark.parametrize("slug", ARTICLES)
@pytest.mark.parametrize("banned", BANNED)
def test_it_promises_nothing_and_names_no_disease_as_yours(slug, banned):
    article = PACK.articles[slug]
    claims = (claim.text for claim in article.claims)
    said = "\n".join((article.title, article.summary, *claims, prose(slug)))
    found = re.search(banned, said, re.IGNORECASE)
    assert found is None, said[max(0, found.start() - 40) : found.end() + 40] if found else ""


@pytest.mark.parametrize("slug", ARTICLES)
def test_it_leads_to_pages_of_this_site(slug):
    for target in text_of(slug).links:
        if target.document is None:
            assert target.scheme == "", f"{target.address}: another site is cited on a card"
            assert resolve(urlsplit(target.address).path)


@pytest.mark.parametrize("slug", sorted(set(ARTICLES) - TEACHES_READING))
def test_it_leads_to_somebody_who_can_look(slug):
    text = text_of(slug)
    ways = {target.address for target in text.links} & {"/check/", "article:when-to-see-somebody"}
    assert ways or re.search(r"physiotherapist|doctor", prose(slug))


@pytest.mark.parametrize("slug", ARTICLES)
def test_a_tired_person_can_read_it(slug):
    lengths = [len(sentence.split()) for sentence in sentences(slug)]
    assert sum(lengths) / len(lengths) < 15
    assert max(lengths) <= 45


def test_every_article_has_a_picture_of_its_own():
    shown = [PACK.articles[slug].picture for slug in ARTICLES]
    assert sorted(set(shown)) == sorted(shown)


def test_no_two_articles_say_the_same_sentence():
    at = {}
    for slug in ARTICLES:
        for sentence in {each for each in sentences(slug) if len(each.split()) >= 9}:
            assert sentence not in at, f"{slug} repeats {at[sentence]}: {sentence}"
            at[sentence] = slug


def test_articles_lead_to_each_other():
    reached = {to for slug in ARTICLES for to in text_of(slug).mentioned("article") if to != slug}
    assert reached == set(ARTICLES)


@pytest.mark.parametrize("slug", CARDS)
def test_a_card_leads_to_the_study_and_to_no_copy(slug):
    source = PACK.evidence[slug].source
    whole = said_by(PACK.evidence[slug]).lower()
    assert not [site for site in COPIES if site in whole]
    assert source.url is None or urlsplit(source.url).hostname


def test_no_two_cards_have_the_same_study():
    dois = [card.source.doi.lower() for card in PACK.evidence.values() if card.source.doi]
    assert sorted(set(dois)) == sorted(dois)


def test_every_card_is_cited():
    trained = chain(PACK.exercises.values(), PACK.sessions.values(), PACK.programs.values())
    cited = {slug for document in trained for slug in document.evidence}
    cited |= {s for a in PACK.articles.values() for claim in a.claims for s in claim.evidence}
    cited |= {slug for a in ARTICLES for slug in text_of(a).mentioned("evidence")}
    cited |= {rule.source for rule in RULES}
    assert set(CARDS) - cited == set()
