# SPDX-License-Identifier: Apache-2.0
"""Sets and sides in order, with time to get ready and to rest.

Lying on the side, all sets of one side come first, so that one rolls over once; and a slot begins
on the side on which the one before it ended. In every other position the sides take turns, so that
one rests while the other works, unless the two sides are done in different positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hipfirst.packs.documents import Exercise
from hipfirst.packs.strain import BoutSide
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

Doing = Mapping[BoutSide, Exercise]
"""What each side of a slot does: one entry `both`, or one or two for `left` and `right`."""
Turn = tuple[int, BoutSide]


@dataclass(frozen=True)
class Body:
    """How the person is placed before a slot: position, and the side that is down."""

    position: str | None = None
    lying_on: Side | None = None


@dataclass(frozen=True)
class Dose:
    """How often, and how long one rests after it [s]."""

    sets: int
    rest_s: float


def bouts(
    dose: Dose,
    doing: Doing,
    before: Body,
    *,
    last: bool,
    easier_by: Mapping[BoutSide, int] | None = None,
) -> tuple[Bout, ...]:
    """The bouts of a slot; `last` when nothing follows it."""
    order = _order(dose, doing, before)
    down = before
    made = list[Bout]()
    for n, (number, side) in enumerate(order):
        made.append(
            Bout(
                set=number,
                side=side,
                get_ready_s=_get_ready(order[:n], side, doing[side], down),
                rest_after_s=_rest(order[n:], dose, doing, last=last),
                switch_after=n + 1 < len(order) and order[n + 1][1] != side,
                easier_by=(easier_by or {}).get(side, 0),
            )
        )
        down = Body(doing[side].position, _down(doing[side], side))
    return tuple(made)


def after(dose: Dose, doing: Doing, before: Body) -> Body:
    """How the person is placed when the slot is done."""
    *_, (_, side) = _order(dose, doing, before)
    return Body(doing[side].position, _down(doing[side], side))


def _order(dose: Dose, doing: Doing, before: Body) -> tuple[Turn, ...]:
    sets = range(1, dose.sets + 1)
    sides = _sides(doing, before)
    if _one_after_the_other(doing):
        return tuple((number, side) for side in sides for number in sets)
    return tuple((number, side) for number in sets for side in sides)


def _sides(doing: Doing, before: Body) -> tuple[BoutSide, ...]:
    if len(doing) == 1:
        return tuple(doing)
    if before.lying_on is not None and _down(doing["right"], "right") == before.lying_on:
        return ("right", "left")
    return ("left", "right")


def _one_after_the_other(doing: Doing) -> bool:
    """Whether all sets of one side are done before the other side begins."""
    positions = {exercise.position for exercise in doing.values()}
    return "side-lying" in positions or len(positions) > 1


def _down(exercise: Exercise, working: BoutSide) -> Side | None:
    """The side that is down while `working` works, lying on the side; else None."""
    motion = exercise.motion
    if motion is None or motion.lying_on is None or exercise.position != "side-lying":
        return None
    if working in {"both", motion.side}:
        return motion.lying_on
    return "left" if motion.lying_on == "right" else "right"


def _get_ready(done: tuple[Turn, ...], side: BoutSide, exercise: Exercise, body: Body) -> float:
    """`body` is how the person is placed now, after the bouts that are `done`."""
    if exercise.position != body.position:
        return MOVE_S
    if done and side == done[-1][1]:
        return AGAIN_S
    return NEW_S if _down(exercise, side) == body.lying_on else TURN_S


def _rest(ahead: tuple[Turn, ...], dose: Dose, doing: Doing, *, last: bool) -> float:
    """No rest before the other side takes its turn, nor at the end of the session."""
    if len(ahead) == 1:
        return 0.0 if last else dose.rest_s
    (number, side), (next_number, next_side), *_ = ahead
    switches = side != next_side and (_one_after_the_other(doing) or number == next_number)
    return 0.0 if switches else dose.rest_s


def seconds_of(bouts: tuple[Bout, ...], work_s: Mapping[BoutSide, float]) -> Iterator[float]:
    """Every stretch of the bouts when each side works that long [s]."""
    for bout in bouts:
        yield bout.get_ready_s + work_s[bout.side] + bout.rest_after_s
