# SPDX-License-Identifier: Apache-2.0
"""What may fill a slot, and what it then has to do. Check and planning share these answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from hipfirst.packs.documents import Exercise, SlotPlan, WorkPlan

T = TypeVar("T")


def one_sided(exercise: Exercise) -> bool:
    """Whether the movement works one side and has a mirror for the other."""
    return exercise.motion is not None and exercise.motion.side != "both"


def rungs_of(slot: SlotPlan, exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """The exercises that may fill `slot`, easiest first: those listed, else the ladder around.

    A neighbour on the ladder is left out when it can't do the slot's work. KeyError for an unknown
    exercise.
    """
    if slot.rungs:
        return slot.rungs
    start = exercises[slot.exercise]
    around = (start.easier, start.slug, start.harder)
    return tuple(s for s in around if s and (s == start.slug or fits(exercises[s], slot)))


def fits(exercise: Exercise, slot: SlotPlan) -> bool:
    """Whether `exercise` can do what the slot asks: its sides, and a hold where one is asked."""
    return fits_sides(exercise, slot) and (
        work_of(exercise.slug, slot).hold_s is None or has_hold(exercise)
    )


def fits_sides(exercise: Exercise, slot: SlotPlan) -> bool:
    """Both sides at once, one after the other, or one alone: whether the movement can do that."""
    if slot.sides == "each":
        return True
    return one_sided(exercise) == (slot.sides == "weaker")


def has_hold(exercise: Exercise) -> bool:
    """Whether the motion has a phase that can be held."""
    return exercise.motion is not None and any(phase.hold for phase in exercise.motion.phases)


def held(holds: Iterable[tuple[T, float, bool]]) -> T | None:
    """The hold that the work is about, None when there is none.

    Of holds given as (phase, length, whether in the start pose): the longest away from the start,
    where a body only rests; the longest of all when every hold is there; the last of equals.
    """
    ranked = sorted(holds, key=lambda hold: (not hold[2], hold[1]))
    return ranked[-1][0] if ranked else None


def work_of(slug: str, slot: SlotPlan) -> WorkPlan:
    """What rung `slug` has to do in `slot`."""
    return slot.work_for.get(slug, slot.work)
