# SPDX-License-Identifier: Apache-2.0
"""Plan -> timeline: pure, so the same documents and request always give the same timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from hipfirst.packs.canonical import canonical_json, content_hash
from hipfirst.packs.documents import Exercise, Session, WorkPlan
from hipfirst.packs.slots import one_sided
from hipfirst.packs.vocabulary import CueName
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.changes import Change
from hipfirst.planning.choose import work_in
from hipfirst.planning.dose import work
from hipfirst.planning.outlook import outlook
from hipfirst.planning.pace import PlannedSlot
from hipfirst.planning.plan import Plan, slots_of, written
from hipfirst.planning.shorten import written_seconds
from hipfirst.planning.timeline import (
    ChangeNote,
    Cues,
    HurtRules,
    MuscleWork,
    Rung,
    Slot,
    Timeline,
)
from hipfirst.planning.words import Say, gettext_noop

Exercises = Mapping[str, Exercise]


class Assets(NamedTuple):
    """Where the clip, the still and (perhaps) the animation of an exercise are served."""

    clip_url: str
    still_url: str
    animation_url: str = ""
    audio: Mapping[CueName, str] = MappingProxyType({})
    """Where its recorded cues are served."""


Files = tuple[str, str] | tuple[str, str, str] | Assets


def timeline(
    plan: Plan, catalogue: Catalogue, assets: Mapping[str, Files], say: Say = gettext_noop
) -> Timeline:
    """The timeline of `plan`, its sentences in the language of `say`. `assets` maps each exercise
    to its clip, still and animation; KeyError for one that `assets` lacks.
    """
    held = {slug for slot in plan.slots for slug in (*slot.choice.rungs, *slot.others)}
    notes = tuple(_note(change, say) for change in plan.changes)
    return Timeline(
        session=plan.session.slug,
        title=plan.session.title,
        language=plan.session.language,
        seconds=plan.seconds,
        slots=tuple(_slot(slot, notes, catalogue, assets) for slot in plan.slots),
        instead_of="" if plan.session.slug == plan.asked.slug else plan.asked.title,
        changes=notes,
        hurts=HurtRules(step_down_from=plan.thresholds.amber, stop_from=plan.thresholds.red),
        harder={s: above for s in sorted(held) if (above := _above(s, held, catalogue))},
        outlook=outlook(plan, say),
    )


def resolve(session: Session, exercises: Exercises, assets: Mapping[str, Files]) -> Timeline:
    """The timeline of `session` as it is written, with substitutes from all `exercises`.

    KeyError for an exercise that `exercises` or `assets` lack; a checked and baked pack has them.
    """
    catalogue = Catalogue(exercises)
    return timeline(written(session, catalogue), catalogue, assets)


def session_seconds(session: Session, exercises: Exercises) -> float:
    """How long `session` takes as it is written, with rests and get-ready counts [s]."""
    slots = tuple(slots_of(session).values())
    return round(written_seconds(slots, Catalogue(exercises), None), 3)


def timeline_json(timeline: Timeline) -> str:
    """The one spelling of a timeline, as it is stored and sent."""
    return canonical_json(timeline.model_dump(mode="json"))


def timeline_hash(timeline: Timeline) -> str:
    """SHA-256 of `timeline_json`."""
    return content_hash(timeline.model_dump(mode="json"))


def _above(slug: str, held: set[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The harder ones on its ladder that the timeline holds."""
    return tuple(sorted(catalogue.harder[slug] & held))


def _note(change: Change, say: Say) -> ChangeNote:
    return ChangeNote(
        slot=change.slot,
        before=change.before.said(say),
        after=change.after.said(say) if change.after else "",
        rule=change.rule,
        because=change.because.said(say),
    )


def _slot(
    slot: PlannedSlot,
    notes: Iterable[ChangeNote],
    catalogue: Catalogue,
    assets: Mapping[str, Files],
) -> Slot:
    def rungs(slugs: Iterable[str]) -> tuple[Rung, ...]:
        return tuple(
            _rung(catalogue.exercises[slug], _work(slot, slug, catalogue), Assets(*assets[slug]))
            for slug in slugs
        )

    because = (note.because for note in notes if note.slot == slot.plan.id)
    return Slot(
        id=slot.plan.id,
        block=slot.block,
        why=slot.plan.why,
        sets=slot.dose.sets,
        start_rung=slot.start,
        rungs=rungs(slot.choice.rungs),
        others=rungs(slot.others),
        bouts=slot.bouts,
        substitutes=dict(slot.substitutes),
        because=tuple(dict.fromkeys(because)),
    )


def _work(slot: PlannedSlot, slug: str, catalogue: Catalogue) -> WorkPlan:
    """Of a rung as it was paced; of what stands in, as it fits the slot."""
    return slot.works.get(slug) or work_in(slot.plan, slug, catalogue)


def _rung(exercise: Exercise, plan: WorkPlan, assets: Assets) -> Rung:
    side = exercise.motion.side if exercise.motion and one_sided(exercise) else None
    return Rung(
        exercise=exercise.slug,
        name=exercise.name,
        position=exercise.position,
        kit=exercise.kit,
        muscles=tuple(MuscleWork(**use.model_dump()) for use in exercise.muscles),
        cues=Cues(**exercise.cues.model_dump()),
        cautions=tuple(caution.text for caution in exercise.cautions),
        work=work(exercise, plan),
        shown_side=None if side == "both" else side,
        clip_url=assets.clip_url,
        still_url=assets.still_url,
        animation_url=assets.animation_url,
        audio=dict(assets.audio),
    )
