# SPDX-License-Identifier: Apache-2.0
"""Session + pack -> timeline: pure, so the same documents always give the same timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hipfirst.packs.canonical import canonical_json, content_hash
from hipfirst.packs.documents import Exercise, Session, SlotPlan
from hipfirst.packs.slots import one_sided, rungs_of, work_of
from hipfirst.planning.bouts import Body, after, bouts
from hipfirst.planning.dose import work
from hipfirst.planning.timeline import Bout, Cues, MuscleWork, Rung, Slot, Timeline

Exercises = Mapping[str, Exercise]
Files = tuple[str, str] | tuple[str, str, str]


class Assets(NamedTuple):
    """Where the clip, the still and (perhaps) the animation of an exercise are served."""

    clip_url: str
    still_url: str
    animation_url: str = ""


class Part(NamedTuple):
    """One slot on its way: the plan, its heading, its bouts."""

    block: str
    plan: SlotPlan
    bouts: tuple[Bout, ...]


def resolve(session: Session, exercises: Exercises, assets: Mapping[str, Files]) -> Timeline:
    """The timeline of `session`. `assets` maps each exercise to its clip, still and animation.

    KeyError for an exercise that `exercises` or `assets` lack; a checked and baked pack has them.
    """
    parts = tuple(_parts(session, exercises))
    return Timeline(
        session=session.slug,
        title=session.title,
        language=session.language,
        seconds=_seconds(parts, exercises),
        slots=tuple(_slot(part, exercises, assets) for part in parts),
    )


def session_seconds(session: Session, exercises: Exercises) -> float:
    """How long `session` takes with every start rung, rests and get-ready counts [s]."""
    return _seconds(tuple(_parts(session, exercises)), exercises)


def timeline_json(timeline: Timeline) -> str:
    """The one spelling of a timeline, as it is stored and sent."""
    return canonical_json(timeline.model_dump(mode="json"))


def timeline_hash(timeline: Timeline) -> str:
    """SHA-256 of `timeline_json`."""
    return content_hash(timeline.model_dump(mode="json"))


def _parts(session: Session, exercises: Exercises) -> Iterator[Part]:
    plans = [(block.title, slot) for block in session.blocks for slot in block.slots]
    body = Body()
    for n, (block, plan) in enumerate(plans, 1):
        exercise = exercises[plan.exercise]
        yield Part(block, plan, bouts(plan, exercise, body, last=n == len(plans)))
        body = after(plan, exercise, body)


def _seconds(parts: tuple[Part, ...], exercises: Exercises) -> float:
    return round(
        sum(
            bout.get_ready_s + _start_seconds(part.plan, exercises) + bout.rest_after_s
            for part in parts
            for bout in part.bouts
        ),
        3,
    )


def _start_seconds(plan: SlotPlan, exercises: Exercises) -> float:
    return work(exercises[plan.exercise], work_of(plan.exercise, plan)).seconds


def _slot(part: Part, exercises: Exercises, assets: Mapping[str, Files]) -> Slot:
    rungs = rungs_of(part.plan, exercises)
    return Slot(
        id=part.plan.id,
        block=part.block,
        why=part.plan.why,
        sets=part.plan.sets,
        start_rung=rungs.index(part.plan.exercise),
        rungs=tuple(_rung(exercises[slug], part.plan, Assets(*assets[slug])) for slug in rungs),
        bouts=part.bouts,
    )


def _rung(exercise: Exercise, plan: SlotPlan, assets: Assets) -> Rung:
    side = exercise.motion.side if exercise.motion and one_sided(exercise) else None
    return Rung(
        exercise=exercise.slug,
        name=exercise.name,
        position=exercise.position,
        kit=exercise.kit,
        muscles=tuple(MuscleWork(**use.model_dump()) for use in exercise.muscles),
        cues=Cues(**exercise.cues.model_dump()),
        cautions=tuple(caution.text for caution in exercise.cautions),
        work=work(exercise, work_of(exercise.slug, plan)),
        shown_side=None if side == "both" else side,
        clip_url=assets.clip_url,
        still_url=assets.still_url,
        animation_url=assets.animation_url,
    )
