# SPDX-License-Identifier: Apache-2.0
"""The worst of each week, as it was told: the one reading that rules and charts go by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from hipfirst.web.training.models import CheckIn, KneeCheck, Rhythm
from hipfirst.web.training.rhythm import day_of


@dataclass(frozen=True)
class WeekTold:
    """What was told of a week on one day."""

    at: datetime
    day: date
    """As it was where it was told."""
    left: int
    right: int
    checked: bool = False
    """A knee check asked for it, and no check-in."""
    own: CheckIn | None = None
    """The check-in that told on that day of an activity of one's own."""


def weeks_of(
    checks: Iterable[KneeCheck], check_ins: Iterable[CheckIn], rhythm: Rhythm
) -> tuple[WeekTold, ...]:
    """Oldest first, one of each day: what is told again corrects what was told before. What was
    told of an activity stays where it is not told anew. In any order; no query.
    """
    asked = [
        WeekTold(c.created, day_of(rhythm, c.created), c.left_week, c.right_week, checked=True)
        for c in checks
        if c.left_week is not None and c.right_week is not None
    ]
    told = [
        WeekTold(c.at, c.day, c.left, c.right, own=None if c.hard is None else c)
        for c in check_ins
        if c.kind == CheckIn.Kind.WEEK
    ]
    of_days: dict[date, WeekTold] = {}
    for each in sorted([*asked, *told], key=lambda each: each.at):
        # By the calendar of now, whatever zone a check-in was told in.
        day = day_of(rhythm, each.at)
        before = of_days.get(day)
        of_days[day] = replace(each, own=each.own or (before.own if before else None))
    return tuple(sorted(of_days.values(), key=lambda each: each.at))
