# SPDX-License-Identifier: Apache-2.0
"""The first page put together."""

from __future__ import annotations

from django.db.models import prefetch_related_objects

from hipfirst.packs.documents import Exercise, Session, SlotPlan
from hipfirst.web.library.cards import (
    Figure,
    Link,
    card_of,
    figure_of,
    for_members,
    link_to,
    links_of,
)
from hipfirst.web.library.constant import constant
from hipfirst.web.library.contexts import HomePage, ProgramTeaser
from hipfirst.web.library.criteria import Criteria
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import (
    catalogue,
    catalogue_counts,
    document_find,
    documents_by_slug,
)

CITED = ("dolak-2011", "hott-2019")
"""Cards behind the sentences about trials in the page's template; without them it says nothing."""
FEATURED = "ten-quiet-minutes"
"""The session to begin with: short, gentle, without kit. Where there is none, the gentlest."""
STORY = "aching-knees-strong-hips"
"""The article to begin with: why hips, and how sure that is."""
MOVEMENTS = 6
"""Movements shown as a taste."""


@constant
def home_page(key: str) -> HomePage:
    """Seven queries, eight without FEATURED: the session, its exercises, facets, counts, evidence,
    the story, programs.
    """
    sessions = catalogue(Criteria(kind="session"))
    row = sessions.filter(slug=FEATURED).first() or sessions.first()
    slots = _slots(row)
    exercises = documents_by_slug("exercise", (slot.exercise for slot in slots), body=True)
    shown = _spread([exercises[slot.exercise] for slot in slots if slot.exercise in exercises])
    story = document_find("article", STORY)
    prefetch_related_objects([*filter(None, (row, story)), *shown], "facets")
    return HomePage(
        key=key,
        session=card_of(row) if row else None,
        hero=_hero(slots, exercises),
        movements=tuple(card_of(each) for each in shown),
        movement_count=catalogue_counts(catalogue(Criteria())).get("exercise", 0),
        evidence=_evidence(),
        story=card_of(story) if story else None,
        programs=_programs(),
    )


def _programs() -> tuple[ProgramTeaser, ...]:
    rows = Document.objects.filter(kind="program", published=True).defer("body")
    return tuple(
        ProgramTeaser(
            link=link_to(row),
            summary=row.facts.get("summary", ""),
            weeks=row.facts.get("weeks", 0),
            members_only=for_members(row),
        )
        for row in sorted(rows, key=lambda row: row.title.casefold())
    )


def _slots(row: Document | None) -> list[SlotPlan]:
    if row is None:
        return []
    session = Session.model_validate(row.body)
    return [slot for block in session.blocks for slot in block.slots]


def _hero(slots: list[SlotPlan], exercises: dict[str, Document]) -> Figure | None:
    """The first movement of the session that works one side: it shows most."""
    for slot in sorted(slots, key=lambda slot: slot.sides != "each"):
        if slot.exercise in exercises:
            document = exercises[slot.exercise]
            return figure_of(document, Exercise.model_validate(document.body).muscles)
    return None


def _spread(documents: list[Document]) -> list[Document]:
    """Some movements from all over the session, each once."""
    once = list({each.slug: each for each in documents}.values())
    return once[:: max(1, len(once) // MOVEMENTS)][:MOVEMENTS]


def _evidence() -> tuple[Link, ...]:
    links = links_of(documents_by_slug("evidence", CITED), CITED)
    return links if len(links) == len(CITED) else ()
