# SPDX-License-Identifier: Apache-2.0
"""The facts that a plan is asked with, beside what the newest knee check says: what was logged in
the last sessions, and what was told around them.

A constant number of queries, however much there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from hipfirst.outcomes.events import EVENT, Event
from hipfirst.outcomes.went import BoutAsked, MovementAsked, Outcome, SlotAsked, Went, outcome
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.request import After, Knee, Request, Worked, Worst
from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.queries import document_find
from hipfirst.web.training.check_ins import Kind, check_ins_of, ended_at, heard
from hipfirst.web.training.models import CheckIn, KneeCheck, Rhythm, Run, RunEvent, Timeline
from hipfirst.web.training.program_queries import following_of
from hipfirst.web.training.queries import checks_of, in_order
from hipfirst.web.training.rhythm import day_of, rhythm_of
from hipfirst.web.training.sides import Result, results_by
from hipfirst.web.training.weeks import weeks_of

TESTS_READ = 3
LOGGED_RUNS = 36
"""Newest sessions whose log leads a program: three a week for twelve weeks, however long ago. Who
rests for months finds their rungs, their pain and their break again.
"""
LEFT_FOR = timedelta(hours=12)
"""Without a touch for longer, what was begun and never finished counts as it was left."""
WEEKS = 4
"""Weeks of which the worst is compared."""
CHECKS_READ = 60
REMEMBERED = 1_000
"""Outcomes of runs that a process keeps: each is small, and follows from a log that no longer
changes.
"""
SIDES: tuple[Side, Side] = ("left", "right")
FOLLOW = (Kind.HOUR, Kind.MORNING)
"""Check-ins that follow a run."""
Pains = tuple[int | None, ...]
"""Of the left knee and of the right; None: not told."""


@dataclass(frozen=True)
class Telling:
    """What somebody said of both knees at one time."""

    at: datetime
    left: int
    right: int
    run: UUID | None = None
    """The run that it followed."""

    def of(self, side: Side) -> int:
        return self.left if side == "left" else self.right


@dataclass(frozen=True)
class Facts:
    """What is known of a person at one moment."""

    now: datetime
    limits: Thresholds
    rhythm: Rhythm
    checks: Sequence[KneeCheck]
    """Newest first, as are the check-ins."""
    check_ins: Sequence[CheckIn]
    runs: Sequence[Run]
    """Those that came to their end, or were left with work in them; newest first, each with
    `newest_event` and `heard_at`.
    """
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    """By the hex of a run's id."""
    sessions: frozenset[str] = frozenset()
    """Of the program that is followed; none: nothing is followed."""
    since: date | None = None
    """When following it began."""
    tested: Result | None = None
    """The newest test that could tell the two sides apart."""

    @cached_property
    def today(self) -> date:
        return day_of(self.rhythm, self.now)

    def days_ago(self, at: datetime) -> int:
        """Whole days, by the person's own calendar."""
        return max(0, (self.today - day_of(self.rhythm, at)).days)

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """Of pain now, newest first, whatever asked for it. A week is none: its worst is past."""
        checks = [
            Telling(each.created, each.left_now or 0, each.right_now or 0)
            for each in self.checks
            if each.fine or each.left_now is not None
        ]
        told = [
            Telling(c.at, c.left, c.right, c.run_id) for c in self.check_ins if c.kind != Kind.WEEK
        ]
        return tuple(sorted([*checks, *told], key=lambda each: each.at, reverse=True))

    @cached_property
    def week(self) -> Telling | None:
        """The newest telling of the worst of a week; None: none, or the knees were fine since."""
        newest = next(iter(self.weeks_told), None)
        fine = next((each.created for each in self.checks if each.fine), None)
        return None if newest is None or (fine and fine > newest.at) else newest

    @cached_property
    def weeks_told(self) -> tuple[Telling, ...]:
        """Of the worst of a week, newest first: one of each day."""
        rows = weeks_of(self.checks, self.check_ins, self.rhythm)
        told = [Telling(each.at, each.left, each.right) for each in rows]
        return tuple(sorted(told, key=lambda each: each.at, reverse=True))


def facts_of(*, person: Person, now: datetime, limits: Thresholds, session: str = "") -> Facts:
    """Everything that is known of the person, for the plan of a session (empty: of the program
    that is followed). Nine queries at most, and two more after a session or a test.
    """
    following = following_of(person=person)
    sessions = _sessions(following.program) if following else frozenset()
    leads = following is not None and (not session or session in sessions)
    rhythm = rhythm_of(person=person)
    read = _runs_of(person, now)
    outcomes = _outcomes(read, limits)
    runs = [run for run in read if _is_ended(run) or outcomes[run.pk.hex].movements]
    return Facts(
        now=now,
        limits=limits,
        rhythm=rhythm,
        checks=list(checks_of(person=person, now=now)[:CHECKS_READ]),
        check_ins=check_ins_of(person=person, now=now),
        runs=runs,
        outcomes=outcomes,
        sessions=sessions if leads else frozenset(),
        since=following.started_on if following and leads else None,
        tested=_tested(person, rhythm, now),
    )


def _tested(person: Person, rhythm: Rhythm, now: datetime) -> Result | None:
    found = results_by(person, rhythm, now, most=TESTS_READ)
    return next((r for r in found if r.tested.compares and not r.tested.topped), None)


def _sessions(program: str) -> frozenset[str]:
    """Of a program as it is published now; none: it no longer is. One query."""
    document = document_find("program", program)
    weeks = document.body["weeks"] if document else ()
    return frozenset(slug for week in weeks for slug in week["sessions"])


def asked_with(request: Request, facts: Facts) -> Request:
    """The request of a knee check, with everything that is known beside it."""
    known: dict[str, Any] = {
        "followed": bool(facts.sessions),
        "worked": tuple(_worked(facts)),
        "after": tuple(_after(facts)),
        "weeks": tuple(_weeks(facts)),
        "away_days": _away_days(facts),
        "left": _knee(facts, "left"),
        "right": _knee(facts, "right"),
    }
    if test := leading_test(facts):
        known["weaker"] = test.tested.weaker
    return request.model_copy(update=known)


def leading_test(facts: Facts) -> Result | None:
    """The test that says which side is weaker; None: a knee check said so since, or nothing did.

    The form holds what was answered last, so a check says so only where it answers anew.
    """
    told = [each for each in facts.checks if each.left_now is not None]
    before = [*(each.weaker for each in told[1:]), ""]
    changed = (c.created for c, was in zip(told, before, strict=False) if c.weaker != was)
    said = next(changed, None)
    newer = facts.tested is not None and (said is None or facts.tested.at > said)
    return facts.tested if newer else None


def _knee(facts: Facts, side: Side) -> Knee:
    """The newest telling counts, whether a check or a check-in asked for it."""
    newest = next(iter(facts.tellings), None)
    week = facts.week
    return Knee(now=newest.of(side) if newest else 0, week=week.of(side) if week else 0)


def _worked(facts: Facts) -> Iterator[Worked]:
    for run in reversed(facts.runs):
        # What was tried before a membership is a log of the program, too.
        if run.session in facts.sessions:
            days_ago = facts.days_ago(ended_at(run, facts.now))
            for went in facts.outcomes[run.pk.hex].movements:
                yield _line(went, days_ago)


# A program repeats its lines: many sessions say the same of a movement, so few are made anew.
@lru_cache(maxsize=4_096)
def _line(went: Went, days_ago: int) -> Worked:
    return Worked(
        exercise=went.exercise,
        side=went.side,
        went=went.went,
        slot=went.slot,
        days_ago=days_ago,
    )


def _after(facts: Facts) -> Iterator[After]:
    """Around every run whose log is read: a rung is not gained with pain, however long ago."""
    told_before = {run.pk: _newest_before(facts, run) for run in facts.runs}
    before: dict[UUID | None, Pains] = {}
    for run in reversed(facts.runs):
        before[run.pk] = _before(told_before[run.pk], before)
    for run in facts.runs:
        felt = facts.outcomes[run.pk.hex].felt
        told = [told_before[run.pk], *(_told_after(facts, kind, run) for kind in FOLLOW)]
        days_ago = facts.days_ago(ended_at(run, facts.now))
        is_whole = _is_ended(run) and not run.preview
        for side, earlier, during in zip(
            SIDES, before[run.pk], (felt.left, felt.right), strict=True
        ):
            arrived, hour, morning = (telling.of(side) if telling else None for telling in told)
            # What was told before it is enough: an unrated session with a sore knee is not calm.
            if any(pain is not None for pain in (arrived, during, hour, morning)):
                yield After(
                    knee=side,
                    days_ago=days_ago,
                    before=earlier,
                    arrived=arrived,
                    during=during,
                    hour=hour,
                    morning=morning,
                    aside=not is_whole and told[1:] == [None, None],
                )


def _newest_before(facts: Facts, run: Run) -> Telling | None:
    """How the knees came to a run; None: nothing was told, or too long ago."""
    began = min(run.created, ended_at(run, facts.now))
    since = began - timedelta(days=facts.limits.check_days)
    return next((each for each in facts.tellings if since <= each.at <= began), None)


def _before(newest: Telling | None, before: Mapping[UUID | None, Pains]) -> Pains:
    """What the time after a run is compared with.

    A telling that answered an earlier run, and was worse than before that run, is what that run
    did, and no new measure: then the pain before that run still is the one to compare with, until
    a knee check or a calmer telling. Otherwise a second bad morning would look like none.
    """
    if newest is None:
        return None, None
    earlier = before.get(newest.run, (None, None))
    return tuple(
        newest.of(side) if then is None else min(newest.of(side), then)
        for side, then in zip(SIDES, earlier, strict=True)
    )


def _told_after(facts: Facts, kind: CheckIn.Kind, run: Run) -> Telling | None:
    told = (each for each in facts.check_ins if each.kind == kind and each.run_id == run.pk)
    newest = next(told, None)
    return Telling(newest.at, newest.left, newest.right) if newest else None


def _weeks(facts: Facts) -> Iterator[Worst]:
    """Weeks are counted back from the newest telling: a day early makes no gap, and what was told
    in the middle of a week is of that week.
    """
    worst: dict[tuple[int, Side], int] = {}
    newest = facts.days_ago(facts.weeks_told[0].at) if facts.weeks_told else 0
    for each in facts.weeks_told:
        weeks_ago = newest // 7 + (facts.days_ago(each.at) - newest + 1) // 7
        for side in SIDES if weeks_ago < WEEKS else ():
            key = weeks_ago, side
            worst[key] = max(worst.get(key, 0), each.of(side))
    for (weeks_ago, side), pain in sorted(worst.items()):
        yield Worst(knee=side, pain=pain, weeks_ago=weeks_ago)


def _away_days(facts: Facts) -> int | None:
    """Since the newest finished session of any kind, whenever that was: the body does not ask
    which program was followed then. None: no program is followed now, or nothing was finished.
    """
    if facts.since is None:
        return None
    newest = next((run for run in facts.runs if _is_ended(run) and not run.preview), None)
    return facts.days_ago(ended_at(newest, facts.now)) if newest else None


def _is_ended(run: Run) -> bool:
    return run.status == Run.Status.FINISHED


def _runs_of(person: Person, now: datetime) -> list[Run]:
    """The newest that are at their end, or were begun and left; newest first. One query."""
    states = Run.Status
    begun = Q(status__in=[states.RUNNING, states.PAUSED], planned__lt=now - LEFT_FOR)
    runs = Run.objects.filter(Q(status=states.FINISHED) | begun, person=person)
    newest = runs.order_by(Coalesce("finished_at", "planned").desc(), "-pk")[:LOGGED_RUNS]
    # Only of these the events are looked through.
    told = heard(
        Run.objects.filter(pk__in=newest.values("pk")).annotate(newest_event=Max("events__pk"))
    )
    left = [run for run in told if _is_ended(run) or _is_left(run, now)]
    # A clock that is ahead put its session first.
    return sorted(left, key=lambda run: ended_at(run, now), reverse=True)


def _is_left(run: Run, now: datetime) -> bool:
    heard_at: datetime | None = getattr(run, "heard_at", None)
    return heard_at is not None and heard_at < now - LEFT_FOR


_known: dict[tuple[str, int, int, int], Outcome] = {}


def _outcomes(runs: Sequence[Run], limits: Thresholds) -> Mapping[str, Outcome]:
    """What each of the runs says. No query for those this process read before, else two."""
    keys = {run.pk.hex: _key(run, limits) for run in runs}
    unread = [run for run in runs if keys[run.pk.hex] not in _known]
    found = {name: _known[key] for name, key in keys.items() if key in _known}
    if not unread:
        return found
    slots = _slots({run.timeline_id for run in unread})
    logs = _logs(unread)
    for run in unread:
        said = outcome(
            slots[run.timeline_id],
            logs.get(run.pk.hex, ()),
            amber=limits.amber,
            easy_effort=limits.easy_effort,
        )
        found[run.pk.hex] = said
        _keep(keys[run.pk.hex], said)
    return found


def _key(run: Run, limits: Thresholds) -> tuple[str, int, int, int]:
    """Another one as soon as an event arrives, however late."""
    newest = getattr(run, "newest_event", None) or 0
    return run.pk.hex, newest, limits.amber, limits.easy_effort


def _keep(key: tuple[str, int, int, int], said: Outcome) -> None:
    while len(_known) >= REMEMBERED:
        # Another thread may have done it.
        _known.pop(next(iter(_known)), None)
    _known[key] = said


def _slots(timelines: set[int]) -> dict[int, tuple[SlotAsked, ...]]:
    rows = Timeline.objects.filter(pk__in=timelines).values_list("pk", "body")
    return {key: tuple(_slot(slot) for slot in body["slots"]) for key, body in rows}


def _slot(slot: Mapping[str, Any]) -> SlotAsked:
    # A timeline from before there were any has no others, and no bout that is easier.
    rungs = [*slot["rungs"], *slot.get("others", ())]
    return SlotAsked(
        id=slot["id"],
        movements=tuple(
            MovementAsked(rung["exercise"], rung.get("shown_side") is not None) for rung in rungs
        ),
        rungs=len(slot["rungs"]),
        start_rung=slot["start_rung"],
        bouts=tuple(BoutAsked(b["side"], b.get("easier_by", 0)) for b in slot["bouts"]),
    )


def _logs(runs: Sequence[Run]) -> dict[str, Sequence[Event]]:
    rows = RunEvent.objects.filter(run__in=[run.pk for run in runs])
    logs: dict[str, list[Event]] = {}
    for run, body in rows.values_list("run_id", "body"):
        logs.setdefault(run.hex, []).append(EVENT.validate_python(body))
    return {name: in_order(events) for name, events in logs.items()}
