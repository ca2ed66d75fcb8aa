# SPDX-License-Identifier: Apache-2.0
"""What each page of the library may show: the whole contract between a view and its template.

`key` differs whenever what is shown may differ; templates cache what they made of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from hipfirst.packs.documents import EvidenceCard, Exercise, Session
from hipfirst.web.library.cards import Card, Figure, Link, Muscle
from hipfirst.web.library.criteria import Criteria
from hipfirst.web.library.hooks import UNASKED, ChangeView, Discussed, ForToday
from hipfirst.web.library.linked_data import LinkedData
from hipfirst.web.library.meta import NO_META, Meta
from hipfirst.web.membership.offers import OfferView


@dataclass(frozen=True)
class ProgramTeaser:
    link: Link
    summary: str
    weeks: int
    members_only: bool
    """And the owner opened not everything."""


@dataclass(frozen=True)
class HomePage:
    key: str
    session: Card | None
    """The session a first visit leads to; None while nothing is published."""
    hero: Figure | None
    movements: tuple[Card, ...]
    movement_count: int
    evidence: tuple[Link, ...]
    """Cards behind what the page says of trials; empty unless all of them are published."""
    story: Card | None
    """The article to begin with; None while it is not published."""
    programs: tuple[ProgramTeaser, ...]
    going_on: Link | None = None
    """The program that whoever asks follows, and where it goes on."""
    meta: Meta = NO_META


@dataclass(frozen=True)
class Choice:
    """One thing a filter may be set to."""

    value: str
    label: str | Promise
    chosen: bool


@dataclass(frozen=True)
class Filters:
    """The filter form: choices of each field, only those that some document has."""

    muscle: tuple[Choice, ...]
    position: tuple[Choice, ...]
    level: tuple[Choice, ...]
    minutes: tuple[Choice, ...]
    kit: tuple[Choice, ...]


@dataclass(frozen=True)
class Tab:
    """All, sessions or movements: how many there are under the other criteria."""

    label: str | Promise
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Removal:
    """A criterion in force and the address without it."""

    label: str | Promise
    url: str


@dataclass(frozen=True)
class Group:
    kind: str
    label: Promise
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Pages:
    """Where the list stands; addresses are empty at its ends."""

    number: int
    last: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class CataloguePage:
    key: str
    criteria: Criteria
    filters: Filters
    tabs: tuple[Tab, ...]
    removals: tuple[Removal, ...]
    errors: tuple[str, ...]
    count: int
    groups: tuple[Group, ...]
    pages: Pages


@dataclass(frozen=True)
class SlotView:
    """A slot as the session page shows it."""

    id: str
    card: Card
    dose: str
    rest: str
    why: str
    easier: tuple[Link, ...]
    """Rungs that may fill it instead, easiest first."""
    harder: tuple[Link, ...]
    changes: tuple[ChangeView, ...] = ()
    """What is different for whoever asks, today."""


@dataclass(frozen=True)
class BlockView:
    title: str
    slots: tuple[SlotView, ...]


@dataclass(frozen=True)
class Preview:
    """What a session for members shows to others, beside what its page shows to everybody."""

    slots: int
    """The first of it, which anybody may play."""
    costs: tuple[OfferView, ...]
    """What a membership costs; empty: the owner says nothing of that here."""
    goes_on: bool = False
    """It was begun as a member, and may be finished."""
    paused: bool = False
    """Whoever asks is a member, whose membership is paused."""


@dataclass(frozen=True)
class SessionPage:
    key: str
    session: Session
    card: Card
    level: Promise
    length: str
    kit: tuple[Promise, ...]
    comfort: tuple[Promise, ...]
    """Kit that makes it nicer and is never needed."""
    muscles: tuple[Promise, ...]
    movement_count: int
    for_members: bool
    blocks: tuple[BlockView, ...]
    evidence: tuple[Link, ...]
    articles: tuple[Card, ...]
    """Articles that lead to it."""
    ld: LinkedData
    today: ForToday = UNASKED
    """What it is for whoever asks."""
    preview: Preview | None = None
    """None: whoever asks may play it whole."""
    discussion: Discussed | None = None
    meta: Meta = NO_META


@dataclass(frozen=True)
class Cue:
    label: Promise
    text: str


@dataclass(frozen=True)
class CautionView:
    area: Promise
    text: str


@dataclass(frozen=True)
class ExercisePage:
    key: str
    exercise: Exercise
    figure: Figure
    card: Card
    cues: tuple[Cue, ...]
    muscles: tuple[Muscle, ...]
    cautions: tuple[CautionView, ...]
    easier: Card | None
    harder: Card | None
    sessions: tuple[Card, ...]
    articles: tuple[Card, ...]
    """Articles that mention it."""
    evidence: tuple[Link, ...]
    meta: Meta = NO_META


@dataclass(frozen=True)
class EvidencePage:
    key: str
    evidence: EvidenceCard
    articles: tuple[Link, ...]
    """Articles that cite it."""
    cited_by: tuple[Link, ...]
    """Sessions and movements that cite it."""
    meta: Meta = NO_META


@dataclass(frozen=True)
class StudyView:
    """One evidence card in a list."""

    link: Link
    card: EvidenceCard


@dataclass(frozen=True)
class EvidenceIndexPage:
    key: str
    studies: tuple[StudyView, ...]
    """By their titles."""
    meta: Meta = NO_META
