# SPDX-License-Identifier: Apache-2.0
"""Every read of check-ins: which one is asked now, and what was told.

The hour is asked from 45 minutes after a session to 12 hours after it. The morning is asked on the
day after the session, from 4 to 4 o'clock where the person is: whoever trains at midnight has not
slept before. The week is asked once in seven days, of who has trained or told of a week before.
All of it may be told again at any time: the newest counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.once import once
from hipfirst.web.training.models import Activity, CheckIn, Rhythm, Run
from hipfirst.web.training.queries import kept_since
from hipfirst.web.training.rhythm import day_of, moment_of, rhythm_of

HOUR_FROM, HOUR_TO = timedelta(minutes=45), timedelta(hours=12)
"""After the end of a session."""
NIGHT_ENDS = time(4)
WEEK_DAYS = 7
READ_AT_ONCE = 200
"""Newest tellings that are looked through."""
Kind = CheckIn.Kind


@dataclass(frozen=True)
class Due:
    """A check-in that is asked now."""

    kind: CheckIn.Kind
    title: str
    url: str
    run: Run | None = None
    """Of HOUR and MORNING: the session it follows."""


def due(person: Person, now: datetime) -> tuple[Due, ...]:
    """What is asked now, the most pressing first. Three queries."""
    run = run_ended_last(person=person, now=now)
    told = check_ins_of(person=person, now=now)
    rhythm = rhythm_of(person=person)
    asked = [
        kind
        for kind in (Kind.HOUR, Kind.MORNING)
        if run and is_time(kind, run, rhythm, now) and not _told_of(told, kind, run)
    ]
    found = [due_of(kind, run) for kind in asked]
    if _week_is_due(told, run, rhythm, now):
        found.append(due_of(Kind.WEEK, None))
    return tuple(found)


def due_of(kind: CheckIn.Kind, run: Run | None) -> Due:
    titles = {
        Kind.HOUR: _("How are your knees after the session?"),
        Kind.MORNING: _("How were your knees this morning?"),
        Kind.WEEK: _("How was the last week?"),
    }
    return Due(kind, titles[kind], url_of(kind), run)


def url_of(kind: CheckIn.Kind) -> str:
    names = {Kind.WEEK: "check-in", Kind.HOUR: "check-in-hour", Kind.MORNING: "check-in-morning"}
    return reverse(f"training:{names[kind]}")


def is_time(kind: CheckIn.Kind, run: Run, rhythm: Rhythm, now: datetime) -> bool:
    """Whether the check-in of that kind, which follows this run, is asked at `now`."""
    ended = ended_at(run, now)
    if kind == Kind.HOUR:
        return HOUR_FROM <= now - ended <= HOUR_TO
    # The night belongs to the evening before it.
    evening = day_of(rhythm, ended - timedelta(hours=NIGHT_ENDS.hour))
    first, last = (moment_of(rhythm, evening + timedelta(days=n), NIGHT_ENDS) for n in (1, 2))
    return first <= now < last


def ended_at(run: Run, now: datetime) -> datetime:
    """When a run came to its end: not before it was planned, nor after we heard of it last, where
    that was looked up with `heard`.
    """
    latest = min(getattr(run, "heard_at", None) or now, now)
    return max(run.planned, min(run.finished_at or latest, latest)).astimezone(UTC)


def heard(runs: QuerySet[Run]) -> QuerySet[Run]:
    """The same runs, each with the time of the last event that arrived: clocks may be wrong."""
    return runs.annotate(heard_at=Max("events__received_at"))


def run_ended_last(*, person: Person, now: datetime) -> Run | None:
    """The run that ended last, of those of the last days; of what was only tried, nothing is
    asked. One query.
    """
    runs = Run.objects.filter(person=person, status=Run.Status.FINISHED, preview=False)
    recent = runs.filter(finished_at__gte=now - timedelta(days=WEEK_DAYS)).defer("timeline")
    return heard(recent).order_by("-finished_at", "-pk").first()


@once
def check_ins_of(*, person: Person, now: datetime) -> Sequence[CheckIn]:
    """Newest first; a visitor's older ones count for nothing. One query."""
    return list(_rows(person, now)[:READ_AT_ONCE])


def check_in_newest(*, person: Person, now: datetime) -> CheckIn | None:
    """One query."""
    return _rows(person, now).select_related("activity", "run").defer("run__timeline").first()


def _rows(person: Person, now: datetime) -> QuerySet[CheckIn]:
    kept = Q(at__gte=kept_since(now)) | Q(person__account__isnull=False)
    return CheckIn.objects.filter(kept, person=person).order_by("-at", "-pk")


def activity_of(*, person: Person) -> Activity | None:
    """The one that is asked about now. One query."""
    return Activity.objects.filter(person=person, ended_at=None).first()


def _told_of(told: Sequence[CheckIn], kind: CheckIn.Kind, run: Run) -> bool:
    return any(each.kind == kind and each.run_id == run.pk for each in told)


def _week_is_due(told: Sequence[CheckIn], run: Run | None, rhythm: Rhythm, now: datetime) -> bool:
    newest = next((each for each in told if each.kind == Kind.WEEK), None)
    if newest is None:
        return run is not None or bool(told)
    return (day_of(rhythm, now) - newest.day).days >= WEEK_DAYS
