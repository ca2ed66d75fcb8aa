# SPDX-License-Identifier: Apache-2.0
"""What the pages of the journal may show: the whole contract between a view and its template.

`key` differs whenever what is shown may differ; templates cache what they made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from hipfirst.packs.documents import Article, EvidenceCard
from hipfirst.web.library.cards import Card, Link
from hipfirst.web.library.hooks import Discussed
from hipfirst.web.library.linked_data import LinkedData
from hipfirst.web.library.meta import NO_META, Meta


@dataclass(frozen=True)
class Entry:
    """An article in a list."""

    card: Card
    published: date
    updated: date
    authors: tuple[str, ...]


@dataclass(frozen=True)
class JournalPage:
    key: str
    first: Entry | None
    """The article to begin with; None while it is not published."""
    entries: tuple[Entry, ...]
    """All others, newest first."""
    meta: Meta = NO_META


@dataclass(frozen=True)
class HeadingView:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Study:
    """An evidence card that an article cites."""

    link: Link
    card: EvidenceCard


@dataclass(frozen=True)
class ClaimView:
    """A claim with its number in the text."""

    number: int
    text: str
    places: tuple[str, ...]
    """Ids of the places that cite it."""
    studies: tuple[Study, ...]


@dataclass(frozen=True)
class ArticlePage:
    key: str
    article: Article
    entry: Entry
    picture: str
    """Address of the still that stands for it; empty where there is none."""
    headings: tuple[HeadingView, ...]
    html: SafeString
    claims: tuple[ClaimView, ...]
    """In the order in which the text first cites them."""
    studies: tuple[Study, ...]
    """Every card of the claims, once."""
    sessions: tuple[Card, ...]
    movements: tuple[Card, ...]
    following: Card | None
    """What to read next."""
    ld: LinkedData
    discussion: Discussed | None = None
    meta: Meta = NO_META


@dataclass(frozen=True)
class ClosedArticlePage:
    """An article for members, as others see it."""

    title: str
    summary: str
    language: str
    picture: str
    meta: Meta = NO_META
