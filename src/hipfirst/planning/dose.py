# SPDX-License-Identifier: Apache-2.0
"""What one set on one side asks for, in phases and seconds, from the motion and the slot's plan."""

from __future__ import annotations

from collections.abc import Mapping

from hipfirst.packs.documents import Exercise, WorkPlan
from hipfirst.packs.motion_document import MotionDocument, PhaseDocument
from hipfirst.packs.slots import held
from hipfirst.planning.timeline import Phase, Work


def work(exercise: Exercise, plan: WorkPlan) -> Work:
    """The work of `exercise` under `plan`. Raises ValueError for an exercise without a motion, or
    for a hold that its motion has no phase for.
    """
    if exercise.motion is None:
        raise ValueError(f"{exercise.slug}: no motion, so nothing can be timed")
    phases = exercise.motion.phases
    if plan.hold_s is None:
        reps = plan.reps or 1
        timed = _timed(phases, plan.tempo)
        return Work(kind="reps", reps=reps, phases=timed, seconds=_total(timed, reps))
    stays = _held(exercise.slug, exercise.motion)
    timed = _timed(phases, {**plan.tempo, stays: plan.hold_s})
    return Work(kind="hold", hold_s=plan.hold_s, phases=timed, seconds=_total(timed, 1))


def _timed(phases: tuple[PhaseDocument, ...], tempo: Mapping[str, float]) -> tuple[Phase, ...]:
    return tuple(
        Phase(name=p.name, seconds=tempo.get(p.name, p.seconds), cue=p.say or _spoken(p.name))
        for p in phases
    )


def _spoken(name: str) -> str:
    """`lift-left` as a person says it."""
    return name.replace("-", " ").capitalize()


def _held(slug: str, motion: MotionDocument) -> str:
    """The phase that is held."""
    pose, holds = motion.start, list[tuple[str, float, bool]]()
    for phase in motion.phases:
        pose = phase.to or pose
        if phase.hold:
            holds.append((phase.name, phase.seconds, pose == motion.start))
    name = held(holds)
    if name is None:
        raise ValueError(f"{slug}: the motion has no phase to hold")
    return name


def _total(phases: tuple[Phase, ...], reps: int) -> float:
    return round(reps * sum(phase.seconds for phase in phases), 3)
