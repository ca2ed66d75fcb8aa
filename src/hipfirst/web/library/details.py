# SPDX-License-Identifier: Apache-2.0
"""The pages of one session, exercise or evidence card put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.http import Http404

from hipfirst.packs.documents import Block, EvidenceCard, Exercise, Session, SlotPlan
from hipfirst.packs.vocabulary import COMFORT, KIT
from hipfirst.planning.preview import SLOTS as PREVIEW
from hipfirst.web.accounts.models import Person
from hipfirst.web.library import labels, wording
from hipfirst.web.library.cards import (
    Link,
    card_of,
    figure_of,
    for_members,
    kit_needed,
    link_to,
    links_of,
    main_muscles,
    muscles_of,
    named,
)
from hipfirst.web.library.constant import constant
from hipfirst.web.library.contexts import (
    BlockView,
    CautionView,
    Cue,
    EvidenceIndexPage,
    EvidencePage,
    ExercisePage,
    Preview,
    SessionPage,
    SlotView,
    StudyView,
)
from hipfirst.web.library.hooks import ForToday
from hipfirst.web.library.linked_data import exercise_plan
from hipfirst.web.library.models import Document, Facet
from hipfirst.web.library.queries import (
    document_find,
    documents_by_slug,
    documents_holding,
    evidence_all,
)
from hipfirst.web.membership.offers import offer_views
from hipfirst.web.membership.queries import standing_of


@constant
def session_page(key: str, slug: str) -> SessionPage:
    """Six queries: the session, its exercises, facets, evidence, articles that lead to it. It does
    not know who asks.
    """
    document = _published("session", slug)
    session = Session.model_validate(document.body)
    slots = [slot for block in session.blocks for slot in block.slots]
    rungs: Mapping[str, list[str]] = document.facts["rungs"]
    slugs = {slug for slot in slots for slug in (slot.exercise, *rungs[slot.id])}
    exercises = documents_by_slug("exercise", slugs)
    articles = documents_holding(Facet.Name.SESSION, slug)
    prefetch_related_objects([document, *exercises.values(), *articles], "facets")
    facets = list(document.facets.all())
    return SessionPage(
        key=key,
        session=session,
        card=card_of(document),
        level=labels.LEVELS[session.level],
        length=wording.minutes(document.minutes or session.minutes[1]),
        kit=kit_needed(facets),
        comfort=named(facets, Facet.Name.KIT, labels.KIT, leave_out=set(KIT) - COMFORT),
        muscles=main_muscles(facets),
        movement_count=len(slots),
        for_members=for_members(document),
        blocks=tuple(_block(block, rungs, exercises) for block in session.blocks),
        evidence=_evidence(session.evidence),
        articles=tuple(card_of(each) for each in articles),
        ld=exercise_plan(document, session),
    )


def session_for(page: SessionPage, today: ForToday) -> SessionPage:
    """The page for one person: the slots that are different today are marked.

    On a flare day another session is played: its slots are none of this page.
    """
    if today.state == "flare" or not today.changes:
        return replace(page, today=today)
    blocks = tuple(
        replace(block, slots=tuple(_marked(slot, today) for slot in block.slots))
        for block in page.blocks
    )
    return replace(page, today=today, blocks=blocks)


def preview_of(
    page: SessionPage, today: ForToday, person: Person | None, *, now: datetime
) -> Preview:
    """What others than members see of it. One query, and one more of somebody who is known."""
    return Preview(
        slots=min(PREVIEW, page.movement_count),
        costs=offer_views(),
        goes_on=today.goes_on,
        paused=person is not None and standing_of(person=person, now=now).state == "paused",
    )


def _marked(slot: SlotView, today: ForToday) -> SlotView:
    return replace(slot, changes=tuple(each for each in today.changes if each.slot == slot.id))


@constant
def exercise_page(key: str, slug: str) -> ExercisePage:
    """Five queries at most: the movement, its ladder, who holds it, facets, evidence."""
    document = _published("exercise", slug)
    exercise = Exercise.model_validate(document.body)
    rungs = documents_by_slug("exercise", filter(None, (exercise.easier, exercise.harder)))
    holding = documents_holding(Facet.Name.EXERCISE, exercise.slug)
    prefetch_related_objects([document, *rungs.values(), *holding], "facets")
    cues = exercise.cues.model_dump()
    return ExercisePage(
        key=key,
        exercise=exercise,
        figure=figure_of(document, exercise.muscles),
        card=card_of(document),
        cues=tuple(Cue(label, cues[name]) for name, label in labels.CUES.items()),
        muscles=muscles_of(exercise.muscles),
        cautions=tuple(
            CautionView(labels.AREAS[each.area], each.text) for each in exercise.cautions
        ),
        easier=card_of(rungs[exercise.easier]) if exercise.easier in rungs else None,
        harder=card_of(rungs[exercise.harder]) if exercise.harder in rungs else None,
        sessions=tuple(card_of(each) for each in holding if each.kind == "session"),
        articles=tuple(card_of(each) for each in holding if each.kind == "article"),
        evidence=_evidence(exercise.evidence),
    )


@constant
def evidence_page(key: str, slug: str) -> EvidencePage:
    """Two queries: the card and who cites it."""
    evidence = EvidenceCard.model_validate(_published("evidence", slug).body)
    citing = documents_holding(Facet.Name.EVIDENCE, slug)
    return EvidencePage(
        key=key,
        evidence=evidence,
        articles=tuple(link_to(each) for each in citing if each.kind == "article"),
        cited_by=tuple(link_to(each) for each in citing if each.kind != "article"),
    )


@constant
def evidence_index_page(key: str) -> EvidenceIndexPage:
    """One query: every card."""
    rows = [(row, EvidenceCard.model_validate(row.body)) for row in evidence_all()]
    return EvidenceIndexPage(
        key=key,
        studies=tuple(StudyView(link_to(row), card) for row, card in rows),
    )


def _published(kind: str, slug: str) -> Document:
    document = document_find(kind, slug)
    if document is None:  # withdrawn since access was decided
        raise Http404
    return document


def _block(
    block: Block, rungs: Mapping[str, list[str]], exercises: Mapping[str, Document]
) -> BlockView:
    # What is not published cannot be shown; the check of a pack refuses a slot without exercise.
    slots = (slot for slot in block.slots if slot.exercise in exercises)
    return BlockView(block.title, tuple(_slot(slot, rungs[slot.id], exercises) for slot in slots))


def _slot(slot: SlotPlan, rungs: list[str], exercises: Mapping[str, Document]) -> SlotView:
    start = rungs.index(slot.exercise)
    return SlotView(
        id=slot.id,
        card=card_of(exercises[slot.exercise]),
        dose=wording.dose(slot),
        rest=wording.seconds(slot.rest_s) if slot.rest_s else "",
        why=slot.why,
        easier=links_of(exercises, rungs[:start]),
        harder=links_of(exercises, rungs[start + 1 :]),
    )


def _evidence(slugs: tuple[str, ...]) -> tuple[Link, ...]:
    return links_of(documents_by_slug("evidence", slugs), slugs) if slugs else ()
