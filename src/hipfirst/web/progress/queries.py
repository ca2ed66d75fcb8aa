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
from hipfirst.web.training.queries import check_newest

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

    def pain(self, side: Side) -> int:
        return self.left if side == "left" else self.right


def weeks_told(*, person: Person) -> tuple[Told, ...]:
    """Every telling of a week, oldest first. One query."""
    rows = CheckIn.objects.filter(person=person, kind=CheckIn.Kind.WEEK).order_by("at", "pk")
    values = rows.values_list("day", "left", "right", "activity__name", "hard")
    return tuple(
        Told(day, left, right, name or "", hard) for day, left, right, name, hard in values
    )


def trends_of(told: Iterable[Told]) -> dict[Side, Trend]:
    """The trend of each knee, from tellings in the order in which they were told: what was told
    again on the same day takes the place of what was told before.
    """
    rows = {row.day: row for row in told}.values()
    return {side: trend_of(Point(row.day, row.pain(side)) for row in rows) for side in SIDES}


def check_of(*, person: Person) -> KneeCheck | None:
    """The newest knee check, which asked for the signs. One query."""
    return check_newest(person=person)


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
