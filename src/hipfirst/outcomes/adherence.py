# SPDX-License-Identifier: Apache-2.0
"""How the weeks went: sessions done beside those that were planned, and nothing called missed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["program", "flare", "extra"]
"""A session of the program, Flare Day in place of one, or any other session."""
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Played:
    """One session that came to its end."""

    on: date
    kind: Kind


@dataclass(frozen=True)
class Plan:
    """When sessions of a program belong."""

    started_on: date
    weekdays: frozenset[int]
    """Monday 0 to Sunday 6."""
    away: tuple[tuple[date, date], ...] = ()
    """First and last day of each time away; both belong to it."""
    sessions: int | None = None
    """Sessions in a week of the program: no more are planned on however many days; None: one on
    each day of training.
    """
    finished_on: date | None = None
    """The day that its last session was done; nothing is planned after it."""

    def planned(self, days: Iterable[date]) -> int:
        """How many sessions belong in a week."""
        count = sum(map(self.trains, days))
        return count if self.sessions is None else min(count, self.sessions)

    def follows(self, monday: date) -> bool:
        """Whether the program was followed on any day of the week."""
        over = self.finished_on is not None and monday > self.finished_on
        return monday + WEEK > self.started_on and not over

    def trains(self, day: date) -> bool:
        return self._belongs(day) and not self._is_away(day)

    def waits(self, day: date) -> bool:
        """Whether a session would belong there, were it not for days away."""
        return self._belongs(day) and self._is_away(day)

    def _belongs(self, day: date) -> bool:
        return day >= self.started_on and day.weekday() in self.weekdays

    def _is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.away)


@dataclass(frozen=True)
class Week:
    """One calendar week."""

    monday: date
    planned: int | None
    """Sessions that belonged in it; None: no program was followed, or it was done before."""
    done: int
    """Sessions of the program, or of any kind where none was followed."""
    flares: int
    """Flare Day in place of a session: it counts."""
    extras: int
    waited: bool = False
    """Days away took the place of sessions."""

    @property
    def counted(self) -> int:
        return self.done + self.flares

    @property
    def away(self) -> bool:
        """Nothing was planned because of days away, and nothing was done."""
        return self.empty and self.waited

    @property
    def empty(self) -> bool:
        """Nothing was planned, for whatever reason, and nothing was done."""
        return self.planned == 0 and not (self.done or self.flares or self.extras)


def weeks_of(
    played: Iterable[Played], plan: Plan | None, today: date, *, back: int
) -> tuple[Week, ...]:
    """The calendar weeks since the first session or the start of the plan, newest first, `back` of
    them at most. The week of today has the whole of its plan.
    """
    sessions = [each for each in played if each.on <= today]
    begun = [each.on for each in sessions] + ([plan.started_on] if plan else [])
    first = min((day for day in begun if day <= today), default=None)
    if first is None:
        return ()
    this = today - timedelta(days=today.weekday())
    mondays = (this - n * WEEK for n in range(back))
    return tuple(_week(m, sessions, plan) for m in mondays if m + WEEK > first)


def _week(monday: date, sessions: Iterable[Played], plan: Plan | None) -> Week:
    days = [monday + timedelta(days=n) for n in range(7)]
    kinds = [each.kind for each in sessions if each.on in days]
    followed = plan is not None and plan.follows(monday)
    extras = kinds.count("extra")
    return Week(
        monday=monday,
        planned=plan.planned(days) if plan and followed else None,
        done=kinds.count("program") + (0 if followed else extras),
        flares=kinds.count("flare"),
        extras=extras if followed else 0,
        waited=plan is not None and followed and any(map(plan.waits, days)),
    )
