# SPDX-License-Identifier: Apache-2.0
"""A program as somebody follows it: what was done of it, and on which day the rest comes.

Pure, and a fold of what was trained: nothing is stored, so a plan is never out of date. Every
session that is not done yet comes next, in order, on the next training day. A day that passes
without one costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.words import Sentence, gettext_noop

DayState = Literal["done", "flare", "extra", "today", "planned", "open", "rest", "away"]
"""`extra`: a session beside the program; `open`: a training day that passed without one."""
BREAK_DAYS: int = Thresholds().break_days
"""From so many days without a session on, the first starts a rung lower (rule `after-break`)."""
AGAIN_DAYS = 21
"""From so many on, the week that was begun last begins again."""
AHEAD_DAYS = 84
"""So far a schedule looks [days from today]."""
_FOLLOWING = 2
"""So many steps after what was done furthest on may be played when a program was changed."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Trained:
    """One finished run of any session, on a day of the person's own calendar."""

    session: str
    on: date
    flare: bool = False
    """Flare Day was played in place of a program's session."""


@dataclass(frozen=True)
class Away:
    """Days on which nobody expects a session: a holiday, or a membership that is paused."""

    first: date
    last: date
    """The last day away; it counts."""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Course:
    """A program as somebody follows it."""

    weeks: tuple[tuple[str, ...], ...]
    """Sessions of each week, in order."""
    started_on: date
    weekdays: frozenset[int]
    """Days of training, Monday 0 to Sunday 6; none: no day is planned, and any will do."""
    trained: tuple[Trained, ...]
    """In the order in which they were finished on each day; days in any order."""
    away: tuple[Away, ...]
    closed: frozenset[str] = frozenset()
    """Sessions of which nothing can be done as things are: passed over, and open as long."""

    def is_away(self, day: date) -> bool:
        return any(day in each for each in self.away)

    def trains(self, day: date) -> bool:
        """Whether a session belongs on this day."""
        return day >= self.started_on and day.weekday() in self.weekdays and not self.is_away(day)


@dataclass(frozen=True)
class Step:
    """One session of a program."""

    number: int
    """From 0."""
    week: int
    """From 1."""
    session: str


@dataclass(frozen=True)
class Day:
    """One day: what was played on it, or what is to come."""

    on: date
    state: DayState
    step: Step | None
    """The step that was done (the first of them), or the one that is planned."""
    sessions: tuple[str, ...]
    """Everything that was played, in order."""


@dataclass(frozen=True)
class Schedule:
    """Where somebody stands in a program today, and what comes when."""

    week: int
    """Of the program, from 1: that of the next step, or the last."""
    weeks: int
    done: int
    total: int
    next: Step | None
    """Whatever day it is, it may be played; None: all are done that can be."""
    days: tuple[Day, ...]
    """The calendar week of today, Monday first."""
    ahead: tuple[Day, ...]
    """Planned days and days away after this week, up to the last step or AHEAD_DAYS from today."""
    streak_weeks: int
    """Weeks in a row with a session of any kind; this one counts as soon as it has one."""
    away_days: int | None
    """Whole days since the last session of any kind since the program began; None: none yet."""
    notes: tuple[Sentence, ...]
    """What was planned anew, and why."""
    finished: bool
    finished_on: date | None = None
    """The day of the session after which none was left."""


def schedule(course: Course, today: date, break_days: int = BREAK_DAYS) -> Schedule:
    """What `course` is on `today`, the person's own day. What was trained later than that (the
    clock of a phone) counts for today. `break_days`: `Thresholds.break_days` of the site.
    """
    return _Scheduled(course, today, _told(course, today), break_days).schedule()


def steps_of(weeks: tuple[tuple[str, ...], ...]) -> tuple[Step, ...]:
    """Every session of a program, in order."""
    every = [(number, slug) for number, slugs in enumerate(weeks, 1) for slug in slugs]
    return tuple(Step(n, week, slug) for n, (week, slug) in enumerate(every))


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


@dataclass
class _Told:
    """What was trained, told in order: a step is done, and sometimes a week is begun again."""

    steps: tuple[Step, ...]
    closed: frozenset[str] = frozenset()
    done: dict[int, date] = field(default_factory=dict)
    """Number of a step -> when it was done."""
    played: dict[date, list[str]] = field(default_factory=dict)
    flares: set[date] = field(default_factory=set)
    marks: dict[date, Step] = field(default_factory=dict)
    """The first step that a day did; it stays when its week begins again."""
    early: set[date] = field(default_factory=set)
    """Days on which a session was played before its turn."""
    again: dict[int, date] = field(default_factory=dict)
    """Weeks that began again -> when that was found."""
    last: date | None = None
    """The newest day with a session since the program began."""

    @property
    def next(self) -> Step | None:
        return next(self.open(), None)

    def open(self) -> Iterator[Step]:
        """What is left and can be done, in order."""
        for step in self.steps:
            if step.number not in self.done and step.session not in self.closed:
                yield step

    @property
    def left_open(self) -> bool:
        """Whether a session is not done that can't be."""
        return any(s.session in self.closed and s.number not in self.done for s in self.steps)

    def tell(self, each: Trained, on: date) -> None:
        self.rest_until(on)
        self.last = on
        if each.flare:
            return
        near = self._near(each.session)
        found = near or self._further(each.session)
        if found is None:
            return
        turn = self.next
        if near and turn and found.number > turn.number:
            self.early.add(on)
        self.done[found.number] = on
        self.marks.setdefault(on, found)
        if near is None:
            self._pass_over(found.week - 1, on)

    def rest_until(self, day: date) -> None:
        """After a long rest the week that was begun last begins again, each week once at most, so
        that somebody who trains seldom gets on too.
        """
        turn = self.next
        if self.last is None or turn is None or (day - self.last).days < AGAIN_DAYS:
            return
        week = turn.week if self._begun(turn.week) else turn.week - 1
        if self._begun(week) and week not in self.again:
            self.again[week] = day
            self.done = {n: on for n, on in self.done.items() if self.steps[n].week != week}

    def _begun(self, week: int) -> bool:
        return any(self.steps[number].week == week for number in self.done)

    def _near(self, session: str) -> Step | None:
        """The earliest step with this session that is not done, up to the week after that of the
        next step.
        """
        turn = self.next
        week = len(self.steps) if turn is None else turn.week + 1
        for step in self.steps:
            if step.session == session and step.week <= week and step.number not in self.done:
                return step
        return None

    def _further(self, session: str) -> Step | None:
        """The step with this session where it follows what was done furthest on, or follows but one
        that does: so it is when a program was changed in weeks that were done already.
        """
        furthest = max(self.done, default=None)
        if furthest is None:
            return None
        following = self.steps[furthest + 1 : furthest + 1 + _FOLLOWING]
        return next((step for step in following if step.session == session), None)

    def _pass_over(self, before: int, on: date) -> None:
        """Nobody gets two weeks ahead of a session that was there when its turn came, so what is
        open in weeks before this one was put there later: it is behind, like what it replaced.
        """
        for step in self.steps:
            if step.week < before and step.session not in self.closed:
                self.done.setdefault(step.number, on)


def _told(course: Course, today: date) -> _Told:
    told = _Told(steps_of(course.weeks), course.closed)
    for each in sorted(course.trained, key=lambda each: each.on):
        on = min(each.on, today)
        told.played.setdefault(on, []).append(each.session)
        if each.flare:
            told.flares.add(on)
        if on >= course.started_on:
            told.tell(each, on)
    told.rest_until(today)
    return told


@dataclass(frozen=True)
class _Scheduled:
    """A course on one day, with what was told of it."""

    course: Course
    today: date
    told: _Told
    break_days: int

    def schedule(self) -> Schedule:
        turn, steps = self.told.next, self.told.steps
        monday = _monday(self.today)
        week = tuple(self._day(monday + n * _DAY) for n in range(7))
        ahead = tuple(self._ahead(monday + _WEEK))
        return Schedule(
            week=turn.week if turn else len(self.course.weeks),
            weeks=len(self.course.weeks),
            done=len(self.told.done),
            total=len(steps),
            next=turn,
            days=week,
            ahead=ahead,
            streak_weeks=self._streak(),
            away_days=self._away_days,
            notes=tuple(self._notes(week, ahead)),
            finished=turn is None,
            finished_on=max(self.told.done.values(), default=None) if turn is None else None,
        )

    @property
    def _away_days(self) -> int | None:
        return None if self.told.last is None else (self.today - self.told.last).days

    @cached_property
    def _planned(self) -> Mapping[date, Step]:
        """Every step that is not done, on its day, as far as the schedule looks. Today still has
        one until a step of the program, or Flare Day for it, was played.
        """
        over = self.today in self.told.marks or self.today in self.told.flares
        days = (self.today + n * _DAY for n in range(int(over), AHEAD_DAYS + 1))
        return dict(zip(filter(self.course.trains, days), self.told.open(), strict=False))

    def _day(self, on: date) -> Day:
        sessions = tuple(self.told.played.get(on, ()))
        planned = self._planned.get(on)
        if planned:
            return Day(on, "today" if on == self.today else "planned", planned, sessions)
        if on in self.told.marks:
            return Day(on, "done", self.told.marks[on], sessions)
        return Day(on, self._quiet(on, sessions), None, sessions)

    def _quiet(self, on: date, sessions: tuple[str, ...]) -> DayState:
        """A day without a step."""
        if on in self.told.flares:
            return "flare"
        if sessions:
            return "extra"
        if self.course.is_away(on):
            return "away"
        passed = on < self.today and self.course.trains(on) and not self._finished_before(on)
        return "open" if passed else "rest"

    def _finished_before(self, on: date) -> bool:
        return self.told.next is None and max(self.told.done.values(), default=on) < on

    def _ahead(self, first: date) -> Iterator[Day]:
        last = max(self._planned, default=self.today)
        for n in range((last - first).days + 1):
            day = self._day(first + n * _DAY)
            if day.state in {"planned", "away"}:
                yield day

    def _streak(self) -> int:
        """Weeks back from this one. A week that was wholly away neither counts nor breaks, and
        this one does not break before it is over.
        """
        weeks = {_monday(on) for on in self.told.played}
        if not weeks:
            return 0
        this, count = _monday(self.today), 0
        monday = this
        while monday >= min(weeks):
            if monday in weeks:
                count += 1
            elif monday != this and not self._wholly_away(monday):
                break
            monday -= _WEEK
        return count

    def _wholly_away(self, monday: date) -> bool:
        """Whether no training day of the week was at home."""
        weekdays = self.course.weekdays or range(7)
        return all(self.course.is_away(monday + n * _DAY) for n in weekdays)

    def _notes(self, week: tuple[Day, ...], ahead: tuple[Day, ...]) -> Iterator[Sentence]:
        if self.told.left_open:
            yield Sentence(_CLOSED)
        if self.told.next is None:
            return
        yield from self._back(week[0].on)
        states = {day.state for day in week}
        if "flare" in states:
            yield Sentence(_FLARE)
        if "open" in states and (count := self._went_by(week)):
            yield Sentence(_OPEN if count == 1 else _OPENS)
        if self.told.early & {day.on for day in week}:
            yield Sentence(_EARLY)
        if "away" in states | {day.state for day in ahead}:
            yield Sentence(_AWAY)

    def _went_by(self, week: tuple[Day, ...]) -> int:
        """How many fewer days had a session than training days passed. Somebody who moved their
        days within the week trained on others.
        """
        past = [day for day in week if day.on < self.today]
        trained = sum(1 for day in past if day.sessions)
        return max(0, sum(1 for day in past if self.course.trains(day.on)) - trained)

    def _back(self, monday: date) -> Iterator[Sentence]:
        """After a break."""
        weeks = [week for week, on in self.told.again.items() if on >= monday]
        if weeks:
            yield Sentence(_AGAIN, {"week": str(weeks[-1])})
        days = self._away_days
        if days is not None and days >= self.break_days:
            yield Sentence(_BREAK, {"days": str(days)})


_CLOSED = gettext_noop(
    "Some sessions hold nothing that you can do with what you leave out. They stay open, and "
    "nothing waits for them."
)
_FLARE = gettext_noop(
    "Flare Day counts, for the day and for your streak. The session it stood in for comes next."
)
_OPEN = gettext_noop(
    "A training day went by without a session. That costs nothing: the session comes next, and "
    "all the others move on."
)
_OPENS = gettext_noop(
    "Training days went by without a session. That costs nothing: the session comes next, and all "
    "the others move on."
)
_EARLY = gettext_noop("You played a session before its turn. It counts; its turn is done.")
_AWAY = gettext_noop("On days away nothing is planned. Your sessions go on after them, in order.")
_AGAIN = gettext_noop("After a long break, week %(week)s begins again, so that you start gently.")
_BREAK = gettext_noop("Welcome back after %(days)s days. The first session starts a rung lower.")
