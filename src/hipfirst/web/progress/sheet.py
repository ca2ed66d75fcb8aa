# SPDX-License-Identifier: Apache-2.0
"""The sheet that a page for a professional shows, from what was kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hipfirst.outcomes.trend import Point, weekly
from hipfirst.packs.vocabulary import Side
from hipfirst.web.progress import sentences
from hipfirst.web.progress.page import activities_of, chart_of
from hipfirst.web.progress.queries import SIDES, Told, trends_of
from hipfirst.web.progress.report import AfterLine, Body, DoneLines, SignLines, TestLines

ROWS = 9
"""Weeks in the table: those that the line looks at."""


@dataclass(frozen=True)
class SheetKnee:
    side: Side
    name: str
    verdict_name: str
    summary: str
    chart: SafeString
    """Empty where nothing was told."""
    after: str
    """The worst after sessions; empty where nothing was told."""


@dataclass(frozen=True)
class SheetHurt:
    on: date
    movement: str
    says: str


@dataclass(frozen=True)
class SheetWeek:
    monday: date
    says: str


@dataclass(frozen=True)
class Sheet:
    """Everything the sheet says; a part that was left out is None."""

    language: str
    title: str
    made_on: date
    since: date
    knees: tuple[SheetKnee, ...] | None
    rows: tuple[Told, ...]
    """Newest first."""
    rows_more: int
    """Earlier weeks, which stand in the charts."""
    activity: str
    """Name of the newest; empty: none was told of."""
    activity_says: str
    activities_more: int
    done: DoneLines | None
    weeks: tuple[SheetWeek, ...]
    hurts: tuple[SheetHurt, ...] | None
    hurts_more: int
    tests: TestLines | None
    signs: SignLines | None
    questions: str


def sheet_of(body: Body) -> Sheet:
    """In the language that is active; `body.language` is that of its own words."""
    told = tuple(line.told() for line in body.told or ())
    rows = _rows(told)
    activities = activities_of(told)
    weeks = body.done.weeks if body.done else ()
    return Sheet(
        language=body.language,
        title=_title(body.name),
        made_on=body.made_on,
        since=body.since,
        knees=None if body.told is None else _knees(told, body.after),
        rows=rows[:ROWS],
        rows_more=len(rows[ROWS:]),
        activity=activities[0].name if activities else "",
        activity_says=activities[0].sentence if activities else "",
        activities_more=len(activities[1:]),
        done=body.done,
        weeks=tuple(SheetWeek(date.fromisoformat(week.name), week.says) for week in weeks),
        hurts=None if body.hurts is None else tuple(_hurt(body, n) for n in range(len(body.hurts))),
        hurts_more=body.hurts_more,
        tests=body.tests,
        signs=body.signs,
        questions=body.questions,
    )


def _title(name: str) -> str:
    if name:
        return _("Knees and training of %(name)s") % {"name": name}
    return _("Knees and training")


def _knees(told: tuple[Told, ...], after: Sequence[AfterLine]) -> tuple[SheetKnee, ...]:
    return tuple(
        SheetKnee(
            side=side,
            name=sentences.knee_name(side),
            verdict_name=sentences.verdict_name(trend),
            summary=sentences.summary(trend),
            chart=chart_of(side, trend, trial=False),
            after=" ".join(_after(each) for each in after if each.knee == side),
        )
        for side, trend in trends_of(told).items()
    )


def _after(line: AfterLine) -> str:
    says = {
        "hour": _("At worst an hour after a session: %(pain)d of 10, on %(day)s."),
        "morning": _("At worst the morning after one: %(pain)d of 10, on %(day)s."),
    }[line.kind]
    return says % {"pain": line.pain, "day": date_format(line.day)}


def _rows(told: tuple[Told, ...]) -> tuple[Told, ...]:
    """Those that stand in the charts: one of each week."""
    days = {point.day for point in weekly(Point(row.day, row.pain(SIDES[0])) for row in told)}
    newest = {row.day: row for row in told if row.day in days}
    return tuple(sorted(newest.values(), key=lambda row: row.day, reverse=True))


def _hurt(body: Body, n: int) -> SheetHurt:
    assert body.hurts is not None
    line = body.hurts[n]
    where = {
        "left": _("left knee"),
        "right": _("right knee"),
        "elsewhere": pgettext("pain", "not a knee"),
    }[line.where]
    pain = "" if line.pain is None else _(", %(pain)d of 10") % {"pain": line.pain}
    return SheetHurt(line.on, line.movement, f"{where}{pain}")
