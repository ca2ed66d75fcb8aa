# SPDX-License-Identifier: Apache-2.0
"""Strength by rung: with which movement of a ladder each side began, and with which it works now.

A rung is no kilogram. What is said is what the log holds: another movement, or more of the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hipfirst.packs.strain import BoutSide

Step = Literal["harder", "easier", "more", "less", "same"]
"""`more`, `less`: repetitions or seconds of the same movement."""
Harder = Mapping[str, frozenset[str]]
"""Movement -> every harder one on its ladder."""


@dataclass(frozen=True)
class Worked:
    """One bout that was worked to its end."""

    on: date
    movement: str
    side: BoutSide
    amount: float
    """Repetitions, or seconds held."""
    held: bool = False


@dataclass(frozen=True)
class Gained:
    """One ladder on one side."""

    side: BoutSide
    first: Worked
    now: Worked
    step: Step


@dataclass
class _Rungs:
    """What one side did on one ladder; the best bout of each day."""

    side: BoutSide
    days: dict[date, Worked] = field(default_factory=dict)
    movements: set[str] = field(default_factory=set)


def gained_of(worked: Iterable[Worked], harder: Harder) -> tuple[Gained, ...]:
    """From the first day to the newest of every ladder and side that has two; those that were
    worked most recently come first.
    """
    ladders: list[_Rungs] = []
    # A movement stays on the ladder where it was first met.
    homes: dict[tuple[BoutSide, str], _Rungs] = {}
    for each in sorted(worked, key=lambda each: each.on):
        place = each.side, each.movement
        ladder = homes.get(place) or next((o for o in ladders if _is_on(o, each, harder)), None)
        if ladder is None:
            ladder = _Rungs(each.side)
            ladders.append(ladder)
        homes[place] = ladder
        ladder.movements.add(each.movement)
        best = ladder.days.get(each.on)
        if best is None or _step(best, each, harder) in {"harder", "more"}:
            ladder.days[each.on] = each
    found = [_gained(ladder, harder) for ladder in ladders if len(ladder.days) > 1]
    return tuple(sorted(found, key=lambda gained: gained.now.on, reverse=True))


def _is_on(ladder: _Rungs, each: Worked, harder: Harder) -> bool:
    return ladder.side == each.side and any(
        _is_harder(one, each.movement, harder) or _is_harder(each.movement, one, harder)
        for one in ladder.movements
    )


def _is_harder(one: str, than: str, harder: Harder) -> bool:
    return one in harder.get(than, ())


def _gained(ladder: _Rungs, harder: Harder) -> Gained:
    first, now = ladder.days[min(ladder.days)], ladder.days[max(ladder.days)]
    return Gained(now.side, first, now, _step(first, now, harder))


def _step(first: Worked, now: Worked, harder: Harder) -> Step:
    if now.movement != first.movement:
        return "harder" if _is_harder(now.movement, first.movement, harder) else "easier"
    if now.amount == first.amount or now.held != first.held:
        return "same"
    return "more" if now.amount > first.amount else "less"
