# SPDX-License-Identifier: Apache-2.0
"""What one set on one side asks for, in phases and seconds, from the motion and the slot's plan.

All finish together: a movement that the session does not speak of gets as much work as fits into
the time of the one it replaces, and never more.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from hipfirst.packs.documents import Exercise, WorkPlan
from hipfirst.packs.motion_document import MotionDocument, PhaseDocument
from hipfirst.packs.slots import has_hold, held
from hipfirst.planning.timeline import Phase, Work

SHORTEST_HOLD_S = 5.0
"""A hold is never fitted to less [s]."""
MORE = 2
"""A movement that stands in is done at most this many times as often as it usually is."""
_SLACK_S = 1e-6


def work(exercise: Exercise, plan: WorkPlan) -> Work:
    """The work of `exercise` under `plan`. Raises ValueError for an exercise without a motion, or
    for a hold that its motion has no phase for.
    """
    if exercise.motion is None:
        raise ValueError(f"{exercise.slug}: no motion, so nothing can be timed")
    phases = exercise.motion.phases
    if plan.count_s is not None:
        timed = _timed(phases, plan.tempo)
        return Work(kind="count", phases=timed, seconds=plan.count_s, measured=True)
    if plan.hold_s is None:
        reps = plan.reps or 1
        timed = _timed(phases, plan.tempo)
        return Work(kind="reps", reps=reps, phases=timed, seconds=_total(timed, reps))
    stays = _held(exercise.slug, exercise.motion)
    timed = _timed(phases, {**plan.tempo, stays: plan.hold_s})
    return Work(
        kind="hold",
        hold_s=plan.hold_s,
        phases=timed,
        seconds=_total(timed, 1),
        measured=plan.measured,
    )


def seconds(exercise: Exercise, plan: WorkPlan) -> float:
    """How long `plan` takes [s]; errors as those of `work`."""
    if exercise.motion is None:
        raise ValueError(f"{exercise.slug}: no motion, so nothing can be timed")
    if plan.count_s is not None:
        return plan.count_s
    tempo = plan.tempo
    if plan.hold_s is not None:
        tempo = {**tempo, _held(exercise.slug, exercise.motion): plan.hold_s}
    once = sum(tempo.get(phase.name, phase.seconds) for phase in exercise.motion.phases)
    return round((plan.reps or 1) * once, 3)


def fitted(exercise: Exercise, plan: WorkPlan, longest_s: float) -> WorkPlan | None:
    """`plan`, or as much of it as takes no longer than `longest_s`; None when not even one
    repetition or a short hold does.
    """
    if plan.hold_s is not None and not has_hold(exercise):
        return None
    over = seconds(exercise, plan) - longest_s
    if over <= _SLACK_S:
        return plan
    if plan.is_test:
        return None
    if plan.hold_s is not None:
        hold_s = float(floor(plan.hold_s - over + _SLACK_S))
        return None if hold_s < SHORTEST_HOLD_S else plan.model_copy(update={"hold_s": hold_s})
    reps = floor((longest_s + _SLACK_S) / _one(exercise, plan))
    return None if reps < 1 else plan.model_copy(update={"reps": reps})


def filling(exercise: Exercise, longest_s: float) -> WorkPlan | None:
    """The usual work of `exercise`, with repetitions that fill `longest_s`; None when it has none
    or does not fit.
    """
    plan = exercise.work
    if plan is None or exercise.motion is None:
        return None
    if plan.reps is not None:
        room = floor((longest_s + _SLACK_S) / _one(exercise, plan))
        more = min(200, MORE * plan.reps, max(plan.reps, room))
        plan = plan.model_copy(update={"reps": more})
    return fitted(exercise, plan, longest_s)


def _one(exercise: Exercise, plan: WorkPlan) -> float:
    """One repetition [s]."""
    return seconds(exercise, plan) / (plan.reps or 1)


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
