# SPDX-License-Identifier: Apache-2.0
"""What a person told and trained, read for the pages of progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hipfirst.outcomes.trend import Point, Trend, trend_of
from hipfirst.packs.vocabulary import Side
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.progress.models import Report
from hipfirst.web.training.models import CheckIn, KneeCheck
from hipfirst.web.training.queries import check_newest, checks_of
from hipfirst.web.training.rhythm import rhythm_of
from hipfirst.web.training.weeks import WeekTold, weeks_of

SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(frozen=True)
class Told:
    """One telling of the last week."""

    day: date
    left: int
    right: int
    activity: str
    """Empty: none was told of."""
    hard: int | None
    checked: bool = False
    """The pain was told in a knee check, and not in a check-in."""

    def pain(self, side: Side) -> int:
        return self.left if side == "left" else self.right


def weeks_told(*, person: Person) -> tuple[Told, ...]:
    """The worst of a week, whatever asked for it, one of each day and oldest first: the same that
    the rules go by. Two queries, and one for the rhythm.
    """
    checks = checks_of(person=person).exclude(left_week=None)
    told = CheckIn.objects.filter(person=person, kind=CheckIn.Kind.WEEK).order_by("at", "pk")
    rows = weeks_of(checks, told.select_related("activity"), rhythm_of(person=person))
    return tuple(map(_told, rows))


def _told(week: WeekTold) -> Told:
    own = week.own
    name = own.activity.name if own and own.activity else ""
    return Told(week.day, week.left, week.right, name, own.hard if own else None, week.checked)


@dataclass(frozen=True)
class AfterTold:
    """How the knees were an hour after a session, or the next morning."""

    kind: CheckIn.Kind
    day: date
    left: int
    right: int

    def pain(self, side: Side) -> int:
        return self.left if side == "left" else self.right


def afters_told(*, person: Person, since: date) -> tuple[AfterTold, ...]:
    """Oldest first, one of each kind for a session: what is told again corrects what was told
    before. One query.
    """
    kinds = (CheckIn.Kind.HOUR, CheckIn.Kind.MORNING)
    rows = CheckIn.objects.filter(person=person, kind__in=kinds, day__gte=since)
    told = {
        # The session itself may be erased by now.
        (row.kind, row.run_id or row.day): AfterTold(
            CheckIn.Kind(row.kind), row.day, row.left, row.right
        )
        for row in rows.order_by("at", "pk")
    }
    return tuple(told.values())


def trends_of(told: Iterable[Told]) -> dict[Side, Trend]:
    """The trend of each knee; of one day the last row counts."""
    rows = {row.day: row for row in told}.values()
    return {side: trend_of(Point(row.day, row.pain(side)) for row in rows) for side in SIDES}


def check_of(*, person: Person) -> KneeCheck | None:
    """The newest knee check, which asked for the signs. One query."""
    return check_newest(person=person)


def asked_at(*, person: Person) -> tuple[datetime, ...]:
    """When the worst of a week was asked for in a knee check. One query."""
    rows = checks_of(person=person).exclude(left_week=None)
    return tuple(rows.values_list("created", flat=True))


def swellings_told(*, person: Person, since: date) -> tuple[date, ...]:
    """Days on which a knee was newly swollen, newest first. One query."""
    rows = CheckIn.objects.filter(person=person, swelling=True, day__gte=since)
    return tuple(rows.order_by("-day").values_list("day", flat=True))


def names_of(slugs: Iterable[str]) -> dict[str, str]:
    """Movement -> its name; one that is gone has none. One query."""
    rows = Document.objects.filter(kind="exercise", slug__in=set(slugs))
    return dict(rows.values_list("slug", "title"))


def reports_live(*, person: Person, now: datetime) -> list[Report]:
    """Pages whose link still opens, newest first. One query."""
    rows = Report.objects.filter(person=person, ended_at=None, expires_at__gt=now)
    return list(rows.defer("body").order_by("-created", "-pk"))


def reports_made(*, person: Person, since: datetime) -> int:
    """How many pages were made since then. One query."""
    return Report.objects.filter(person=person, created__gte=since).count()


def report_find(*, person: Person, report_id: UUID) -> Report | None:
    return Report.objects.filter(person=person, pk=report_id).first()


def report_shared(*, sha256: str, now: datetime) -> Report | None:
    """The page that a link opens; None: unknown, ended, over, or of an account that is about to be
    erased, and nobody learns which.
    """
    rows = Report.objects.filter(token_sha256=sha256, ended_at=None, expires_at__gt=now)
    return rows.filter(person__account__erase_at=None).first()
