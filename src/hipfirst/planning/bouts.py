# SPDX-License-Identifier: Apache-2.0
"""Sets and sides in order, with time to get ready and to rest.

Lying on the side, all sets of one side come first, so that one rolls over once; and a slot begins
on the side on which the one before it ended. In every other position the sides take turns, so that
one rests while the other works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hipfirst.packs.documents import Exercise, SlotPlan
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.timeline import Bout

MOVE_S = 15.0
"""To get into another position, or to begin the session [s]."""
TURN_S = 10.0
"""To roll over to the other side [s]."""
NEW_S = 8.0
"""To begin another exercise in the same position, or change legs [s]."""
AGAIN_S = 5.0
"""To do the same once more [s]."""

BoutSide = Literal["left", "right", "both"]


@dataclass(frozen=True)
class Body:
    """How the person is placed before a slot: position, and the side that is down."""

    position: str | None = None
    lying_on: Side | None = None


def bouts(slot: SlotPlan, exercise: Exercise, before: Body, *, last: bool) -> tuple[Bout, ...]:
    """The bouts of `slot` done with `exercise`; `last` when nothing follows it."""
    order = tuple(_order(slot, exercise, before))
    return tuple(
        Bout(
            set=number,
            side=side,
            get_ready_s=_get_ready(order[:n], side, exercise, before),
            rest_after_s=_rest(order[n:], slot, exercise, last=last),
            switch_after=n + 1 < len(order) and order[n + 1][1] != side,
        )
        for n, (number, side) in enumerate(order)
    )


def after(slot: SlotPlan, exercise: Exercise, before: Body) -> Body:
    """How the person is placed when `slot` is done."""
    *_, (_, side) = _order(slot, exercise, before)
    return Body(exercise.position, _down(exercise, side))


def _order(slot: SlotPlan, exercise: Exercise, before: Body) -> Iterator[tuple[int, BoutSide]]:
    sets = range(1, slot.sets + 1)
    if slot.sides == "both":
        yield from ((number, "both") for number in sets)
        return
    sides: tuple[BoutSide, BoutSide] = ("left", "right")
    if before.lying_on is not None and _down(exercise, "right") == before.lying_on:
        sides = ("right", "left")
    if exercise.position == "side-lying":
        yield from ((number, side) for side in sides for number in sets)
    else:
        yield from ((number, side) for number in sets for side in sides)


def _down(exercise: Exercise, working: BoutSide) -> Side | None:
    """The side that is down while `working` works, lying on the side; else None."""
    motion = exercise.motion
    if motion is None or motion.lying_on is None or exercise.position != "side-lying":
        return None
    if working in {"both", motion.side}:
        return motion.lying_on
    return "left" if motion.lying_on == "right" else "right"


def _get_ready(
    done: tuple[tuple[int, BoutSide], ...], side: BoutSide, exercise: Exercise, before: Body
) -> float:
    down = _down(exercise, side)
    if not done:
        if exercise.position != before.position:
            return MOVE_S
        return NEW_S if down == before.lying_on else TURN_S
    if side == done[-1][1]:
        return AGAIN_S
    return NEW_S if down == _down(exercise, done[-1][1]) else TURN_S


def _rest(
    ahead: tuple[tuple[int, BoutSide], ...], slot: SlotPlan, exercise: Exercise, *, last: bool
) -> float:
    """No rest before the other side takes its turn, nor at the end of the session."""
    if len(ahead) == 1:
        return 0.0 if last else slot.rest_s
    (number, side), (next_number, next_side), *_ = ahead
    switches = side != next_side and (exercise.position == "side-lying" or number == next_number)
    return 0.0 if switches else slot.rest_s
