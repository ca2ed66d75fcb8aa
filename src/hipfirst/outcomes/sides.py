# SPDX-License-Identifier: Apache-2.0
"""What a test of the sides showed: left beside right in each test, and overall.

The weaker side reached less. Within a tenth the two count as about even: 90 of 100 is how much of
the stronger leg clinics commonly ask of the other one. Hands on a phone and a body on one day are
no laboratory, so a difference below EVEN_SECONDS or EVEN_COUNTS is none either. Both numbers are
this site's own choice; nothing here is a diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hipfirst.outcomes.events import Event
from hipfirst.outcomes.run import BoutState, RunShape, SlotShape, fold
from hipfirst.packs.strain import BoutSide
from hipfirst.packs.vocabulary import Side

EVEN_RATIO = 0.9
EVEN_SECONDS = 4.0
EVEN_COUNTS = 2
"""Differences as large as these count; smaller ones do not."""
Unit = Literal["seconds", "count"]


@dataclass(frozen=True)
class TestAsked:
    """A slot of a timeline that measures something."""

    id: str
    movements: tuple[str, ...]
    start_rung: int
    bouts: tuple[BoutSide, ...]
    unit: Unit | None
    """Seconds held, or repetitions counted; None: the slot measures nothing."""
    most: float | None = None
    """The test ends here; None: it has no such end."""

    __test__ = False


@dataclass(frozen=True)
class Compared:
    """One test: what each side reached; of a test of both legs at once only `both`."""

    test: str
    """Id of its slot."""
    exercise: str
    unit: Unit
    left: float | None = None
    right: float | None = None
    both: float | None = None
    most: float | None = None
    """Where the test ends: more was not asked; None: nowhere."""

    @property
    def topped(self) -> bool:
        """Whether both sides reached the end of the test, which then cannot tell them apart."""
        reached = (self.left, self.right)
        return self.most is not None and all(n is not None and n >= self.most for n in reached)

    @property
    def ratio(self) -> float | None:
        """What the weaker side reached, as part of the stronger [0 to 1]; None: one is missing."""
        if self.left is None or self.right is None:
            return None
        most = max(self.left, self.right)
        return min(self.left, self.right) / most if most else None

    @property
    def weaker(self) -> Side | None:
        """None: about even, or one side is missing."""
        if self.ratio is None or self.left is None or self.right is None:
            return None
        least = EVEN_SECONDS if self.unit == "seconds" else EVEN_COUNTS
        if self.ratio >= EVEN_RATIO or abs(self.left - self.right) < least:
            return None
        return "left" if self.left < self.right else "right"


@dataclass(frozen=True)
class SidesTested:
    """One run of the tests."""

    tests: tuple[Compared, ...]

    @property
    def compares(self) -> bool:
        """Whether both sides were measured in any test."""
        return any(each.ratio is not None for each in self.tests)

    @property
    def topped(self) -> bool:
        """Whether every test that compares ended before either side did."""
        return self.compares and all(each.topped for each in self.tests if each.ratio is not None)

    @property
    def disagree(self) -> bool:
        """Whether two tests name two sides."""
        return len(self._named) > 1

    @property
    def weaker(self) -> Side | None:
        """The side that every uneven test names; None: they are about even, or disagree."""
        return next(iter(self._named)) if len(self._named) == 1 else None

    @property
    def _named(self) -> frozenset[Side]:
        return frozenset(each.weaker for each in self.tests if each.weaker)


def sides_tested(slots: Sequence[TestAsked], events: Iterable[Event]) -> SidesTested:
    """What the run measured. Of several tries of a side the best counts; a side that was tested
    with another movement, or whose test was broken off, is not compared.
    """
    if not slots:
        return SidesTested(())
    shape = RunShape(
        slots=tuple(
            SlotShape(
                id=slot.id,
                bouts=len(slot.bouts),
                rungs=len(slot.movements),
                start_rung=slot.start_rung,
            )
            for slot in slots
        )
    )
    state = fold(shape, events)
    found = (_compared(slot, after.bouts) for slot, after in zip(slots, state.slots, strict=True))
    return SidesTested(tuple(each for some in found for each in some))


def _compared(slot: TestAsked, bouts: Sequence[BoutState]) -> Iterator[Compared]:
    if slot.unit is None:
        return
    best: dict[BoutSide, float] = {}
    for side, bout in zip(slot.bouts, bouts, strict=True):
        # What was broken off measured no limit: the clock ran out on it, or a knee hurt.
        if bout.complete and bout.rung == slot.start_rung:
            value = bout.seconds if slot.unit == "seconds" else float(bout.reps)
            best[side] = max(best.get(side, 0.0), value)
    if best:
        exercise = slot.movements[slot.start_rung]
        yield Compared(
            slot.id,
            exercise,
            slot.unit,
            left=best.get("left"),
            right=best.get("right"),
            both=best.get("both"),
            most=slot.most,
        )
