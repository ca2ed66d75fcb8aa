# SPDX-License-Identifier: Apache-2.0
"""What a document is found by, computed from the document and its pack."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from hipfirst.packs.article import ArticleText, article_text
from hipfirst.packs.canonical import content_hash
from hipfirst.packs.documents import (
    Article,
    EvidenceCard,
    Exercise,
    Header,
    Program,
    Session,
    SlotPlan,
)
from hipfirst.packs.pack import Pack
from hipfirst.packs.slots import rungs_of
from hipfirst.packs.vocabulary import KNEELING, OFF_THE_FLOOR
from hipfirst.planning.resolve import session_seconds
from hipfirst.web.library.baked import Baked, Derived
from hipfirst.web.library.models import Document, Facet

WORDS_A_MINUTE = 220
"""How fast people read plain prose, about."""
PICTURES = 4
"""Stills a session shows on its card."""


@dataclass(frozen=True)
class FacetValue:
    name: Facet.Name
    slug: str
    role: str = ""


@dataclass(frozen=True)
class Projection:
    """Everything of a row that follows from its document and what was baked from it."""

    title: str
    level: str = ""
    minutes: int | None = None
    kneels: bool = False
    on_floor: bool = False
    members_only: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    facets: tuple[FacetValue, ...] = ()

    @property
    def rank(self) -> int:
        return Document.rank_of(self.level)

    @cached_property
    def hash(self) -> str:
        """Equal for equal projections."""
        return content_hash(asdict(self))


def project(document: Header, pack: Pack, baked: Baked) -> Projection:
    """The projection of one document of `pack`. TypeError for a kind that has none."""
    match document:
        case Exercise():
            return _exercise(document, baked.of(document.slug))
        case Session():
            return _session(document, pack, baked)
        case Article():
            return _article(document, baked)
        case Program():
            return _program(document)
        case EvidenceCard():
            return Projection(title=document.title)
    raise TypeError(f"no projection for {type(document).__name__}")


def _exercise(exercise: Exercise, derived: Derived) -> Projection:
    return Projection(
        title=exercise.name,
        level=exercise.level,
        members_only=exercise.access == "members",
        kneels=_kneels(exercise, derived),
        on_floor=_on_floor(exercise, derived),
        facts={"summary": exercise.summary, **derived.names},
        facets=_unique(
            FacetValue(Facet.Name.POSITION, exercise.position),
            *(FacetValue(Facet.Name.KIT, kit) for kit in exercise.kit),
            *_muscles((exercise,)),
            *(FacetValue(Facet.Name.EVIDENCE, slug) for slug in exercise.evidence),
        ),
    )


def _session(session: Session, pack: Pack, baked: Baked) -> Projection:
    slots = [slot for block in session.blocks for slot in block.slots]
    named = dict.fromkeys(slot.exercise for slot in slots)
    starts = [pack.exercises[slug] for slug in named if slug in pack.exercises]
    derived = {each.slug: baked.of(each.slug) for each in starts}
    rungs = {slot.id: _rungs(slot, pack) for slot in slots}
    held = (slug for slot in slots for slug in (slot.exercise, *rungs[slot.id]))
    return Projection(
        title=session.title,
        level=session.level,
        minutes=_minutes(session, pack),
        members_only=session.access == "members",
        kneels=any(_kneels(each, derived[each.slug]) for each in starts),
        on_floor=any(_on_floor(each, derived[each.slug]) for each in starts),
        facts={
            "summary": session.summary,
            "stills": _pictures(starts, derived),
            "rungs": rungs,
        },
        facets=_unique(
            *(FacetValue(Facet.Name.POSITION, each.position) for each in starts),
            *(FacetValue(Facet.Name.KIT, kit) for each in starts for kit in each.kit),
            *_muscles(starts),
            *(FacetValue(Facet.Name.EXERCISE, slug) for slug in held),
            *(FacetValue(Facet.Name.EVIDENCE, slug) for slug in session.evidence),
        ),
    )


def _article(article: Article, baked: Baked) -> Projection:
    text = article_text(article.body)
    return Projection(
        title=article.title,
        minutes=max(1, math.ceil(text.words / WORDS_A_MINUTE)),
        members_only=article.access == "members",
        facts={
            "summary": article.summary,
            "published": article.published.isoformat(),
            "updated": (article.updated or article.published).isoformat(),
            "authors": list(article.authors),
            "picture": article.picture,
            **baked.of(article.picture).names,
            "headings": [
                {"level": each.level, "text": each.text, "anchor": each.anchor}
                for each in text.headings
            ],
        },
        facets=_unique(
            *(FacetValue(Facet.Name.EXERCISE, slug) for slug in text.mentioned("exercise")),
            *(FacetValue(Facet.Name.MUSCLE, slug) for slug in text.mentioned("muscle")),
            *(FacetValue(Facet.Name.SESSION, slug) for slug in article.sessions),
            *(FacetValue(Facet.Name.SESSION, slug) for slug in text.mentioned("session")),
            *(FacetValue(Facet.Name.EVIDENCE, slug) for slug in _cited(article, text)),
            *(FacetValue(Facet.Name.EVIDENCE, slug) for slug in text.mentioned("evidence")),
        ),
    )


def _program(program: Program) -> Projection:
    held = (slug for week in program.weeks for slug in week.sessions)
    return Projection(
        title=program.title,
        members_only=program.access == "members",
        facts={"summary": program.summary, "weeks": len(program.weeks)},
        facets=_unique(
            *(FacetValue(Facet.Name.SESSION, slug) for slug in held),
            *(FacetValue(Facet.Name.EVIDENCE, slug) for slug in program.evidence),
        ),
    )


def _cited(article: Article, text: ArticleText) -> Iterator[str]:
    """Evidence cards in the order in which the text first cites them."""
    claims = {claim.id: claim for claim in article.claims}
    for name in text.cited:
        if name in claims:
            yield from claims[name].evidence


def _minutes(session: Session, pack: Pack) -> int:
    """How long it takes, counted; the longest it may take while a motion is still missing."""
    try:
        return round(session_seconds(session, pack.exercises) / 60)
    except (KeyError, ValueError):
        return session.minutes[1]


def _kneels(exercise: Exercise, derived: Derived) -> bool:
    return exercise.position in KNEELING if derived.kneels is None else derived.kneels


def _on_floor(exercise: Exercise, derived: Derived) -> bool:
    floor = exercise.position not in OFF_THE_FLOOR
    return floor if derived.on_floor is None else derived.on_floor


def _pictures(starts: list[Exercise], derived: dict[str, Derived]) -> list[str]:
    """Stills of movements spread over the session, so that its card shows its whole way."""
    names = [name for each in starts if (name := derived[each.slug].names.get("still"))]
    step = max(1, len(names) // PICTURES)
    return names[::step][:PICTURES]


def _muscles(exercises: Iterable[Exercise]) -> Iterator[FacetValue]:
    """Muscles by how often they do the main work; a muscle is `main` if it is so anywhere."""
    main: dict[str, int] = {}
    helps: dict[str, int] = {}
    for use in (use for each in exercises for use in each.muscles):
        counts = main if use.role == "main" else helps
        counts[use.muscle] = counts.get(use.muscle, 0) + 1
    for role, counts in (("main", main), ("helps", helps)):
        ordered = sorted(counts, key=lambda muscle: -counts[muscle])
        yield from (FacetValue(Facet.Name.MUSCLE, muscle, role) for muscle in ordered)


def _rungs(slot: SlotPlan, pack: Pack) -> list[str]:
    """What may fill a slot, easiest first, as the player offers it."""
    try:
        return list(rungs_of(slot, pack.exercises))
    except KeyError:  # an exercise that the pack does not hold
        return [slot.exercise]


def _unique(*values: FacetValue) -> tuple[FacetValue, ...]:
    """Each name and slug once; the first (and so the strongest role) stays."""
    kept: dict[tuple[str, str], FacetValue] = {}
    for value in values:
        kept.setdefault((value.name, value.slug), value)
    return tuple(kept.values())
