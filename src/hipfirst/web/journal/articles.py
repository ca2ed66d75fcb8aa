# SPDX-License-Identifier: Apache-2.0
"""The pages of the journal put together, each once until a document changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from hipfirst.packs.article import ArticleText, article_text
from hipfirst.packs.documents import Article, Claim, EvidenceCard
from hipfirst.packs.vocabulary import MUSCLES
from hipfirst.web.journal.contexts import (
    ArticlePage,
    ClaimView,
    Entry,
    HeadingView,
    JournalPage,
    Study,
)
from hipfirst.web.journal.rendering import Pictured, Surroundings, article_html
from hipfirst.web.library.cards import Card, card_of, link_to
from hipfirst.web.library.constant import constant
from hipfirst.web.library.home import STORY
from hipfirst.web.library.linked_data import LinkedData
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import articles_all, document_find, documents_by_slug, file_url

Found = Mapping[str, Mapping[str, Document]]
"""Kind -> slug -> what is published of it."""
PROJECT = "Hipfirst"
"""The starter pack is signed by the project, which is nobody in person."""


@constant
def journal_page(key: str) -> JournalPage:
    """Two queries: the articles and their facets."""
    rows = articles_all()
    prefetch_related_objects(rows, "facets")
    first = next((row for row in rows if row.slug == STORY), None)
    return JournalPage(
        key=key,
        first=entry_of(first) if first else None,
        entries=tuple(entry_of(row) for row in rows if row is not first),
    )


@constant
def article_page(key: str, slug: str) -> ArticlePage:
    """Eight queries at most: the article, what it refers to by kind, all articles, facets."""
    document = document_find("article", slug)
    if document is None:  # withdrawn since access was decided
        raise Http404
    article = Article.model_validate(document.body)
    text = article_text(article.body)
    found = _found(article, text)
    following = _following(slug, list(found["article"].values()))
    cards = [*found["session"].values(), *found["exercise"].values()]
    prefetch_related_objects([document, *cards, *filter(None, [following])], "facets")
    claims = _ordered(article, text)
    rendered = article_html(article.body, _surroundings(found, claims))
    studies = _studies(claims, found["evidence"])
    return ArticlePage(
        key=key,
        article=article,
        entry=entry_of(document),
        picture=file_url(document, "still"),
        headings=tuple(HeadingView(h.level, h.text, h.anchor) for h in text.headings),
        html=rendered.html,
        claims=tuple(
            ClaimView(
                number=number,
                text=claim.text,
                places=rendered.marks.get(claim.id, ()),
                studies=tuple(studies[each] for each in claim.evidence if each in studies),
            )
            for number, claim in enumerate(claims, 1)
        ),
        studies=tuple(studies.values()),
        sessions=_cards(found["session"], (*article.sessions, *text.mentioned("session"))),
        movements=_cards(found["exercise"], text.mentioned("exercise")),
        following=card_of(following) if following else None,
        ld=_linked(article, document, text, studies.values()),
    )


def entry_of(document: Document) -> Entry:
    """An article in a list; no query where its facets are prefetched."""
    return Entry(
        card=card_of(document),
        published=date.fromisoformat(document.facts["published"]),
        updated=date.fromisoformat(document.facts["updated"]),
        authors=tuple(document.facts["authors"]),
    )


def _found(article: Article, text: ArticleText) -> Found:
    """Everything that an article refers to. Four queries, and one where it names a program."""
    evidence = [slug for claim in article.claims for slug in claim.evidence]
    return {
        "exercise": documents_by_slug("exercise", text.mentioned("exercise")),
        "session": documents_by_slug("session", (*article.sessions, *text.mentioned("session"))),
        "program": documents_by_slug("program", text.mentioned("program")),
        "evidence": documents_by_slug(
            "evidence", (*evidence, *text.mentioned("evidence")), body=True
        ),
        "article": {row.slug: row for row in articles_all()},
    }


def _following(slug: str, articles: list[Document]) -> Document | None:
    """The article after this one: the one to begin with, then from new to old."""
    ordered = sorted(articles, key=lambda row: row.slug != STORY)
    return next((after for before, after in pairwise(ordered) if before.slug == slug), None)


def _ordered(article: Article, text: ArticleText) -> tuple[Claim, ...]:
    """Claims in the order in which the text first cites them; what it never cites is left out."""
    claims = {claim.id: claim for claim in article.claims}
    return tuple(claims[name] for name in text.cited if name in claims)


def _surroundings(found: Found, claims: Iterable[Claim]) -> Surroundings:
    urls = {
        (kind, slug): link_to(row).url for kind, rows in found.items() for slug, row in rows.items()
    }
    library = reverse("library:catalogue")
    urls |= {("muscle", slug): f"{library}?{urlencode({'muscle': slug})}" for slug in MUSCLES}
    return Surroundings(
        urls=urls,
        pictures={slug: _pictured(row) for slug, row in found["exercise"].items()},
        numbers={claim.id: number for number, claim in enumerate(claims, 1)},
    )


def _pictured(row: Document) -> Pictured:
    link = link_to(row)
    still, animation = file_url(row, "still"), file_url(row, "animation")
    return Pictured(link.title, link.url, still, animation, link.language)


def _studies(claims: Iterable[Claim], found: Mapping[str, Document]) -> dict[str, Study]:
    """Cards in the order in which the text first cites them."""
    slugs = dict.fromkeys(slug for claim in claims for slug in claim.evidence)
    return {
        slug: Study(link_to(found[slug]), EvidenceCard.model_validate(found[slug].body))
        for slug in slugs
        if slug in found
    }


def _cards(found: Mapping[str, Document], slugs: Iterable[str]) -> tuple[Card, ...]:
    return tuple(card_of(found[slug]) for slug in dict.fromkeys(slugs) if slug in found)


def _linked(
    article: Article, document: Document, text: ArticleText, studies: Iterable[Study]
) -> LinkedData:
    """An Article of schema.org with the studies that it cites."""
    values: dict[str, Any] = {
        "@type": "Article",
        "headline": article.title,
        "description": article.summary,
        "inLanguage": article.language,
        "datePublished": article.published.isoformat(),
        "dateModified": (article.updated or article.published).isoformat(),
        "isAccessibleForFree": True,
        "wordCount": text.words,
        "author": [
            {"@type": "Organization" if name == PROJECT else "Person", "name": name}
            for name in article.authors
        ],
        "citation": [study.card.source.citation for study in studies],
    }
    return LinkedData(values, image=file_url(document, "still"))
