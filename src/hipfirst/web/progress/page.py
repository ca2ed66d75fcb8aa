# SPDX-License-Identifier: Apache-2.0
"""What the page of progress shows, put together from what was told and trained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hipfirst.outcomes.adherence import Kind, Plan, Played, Week, weeks_of
from hipfirst.outcomes.trend import Trend, Verdict
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.program import Course, Trained, schedule
from hipfirst.web.accounts.models import Person
from hipfirst.web.progress import sentences
from hipfirst.web.progress.chart import Chart, key, svg
from hipfirst.web.progress.log import log_of
from hipfirst.web.progress.queries import Told, trends_of
from hipfirst.web.progress.rungs import Rungs, rungs_of
from hipfirst.web.training.models import Rhythm
from hipfirst.web.training.program_queries import course_of, trained_of
from hipfirst.web.training.rhythm import day_of, rhythm_of
from hipfirst.web.training.sides import SELF_TEST

WEEKS_SHOWN = 12
STRENGTH_WEEKS = 26
"""Logs that strength is read from."""
STALE = timedelta(days=14)
"""A newest telling this old says little of today."""


@dataclass(frozen=True)
class KneeView:
    """One knee: how it goes, drawn, said and as a table."""

    side: Side
    name: str
    verdict: Verdict
    verdict_name: str
    four_weeks: str
    """Empty while it is too early."""
    summary: str
    chart: SafeString
    """Empty where nothing was told."""
    key: tuple[tuple[SafeString, str], ...]
    rows: tuple[tuple[date, int], ...]
    """Day and worst pain of each week, newest first."""


@dataclass(frozen=True)
class ActivityView:
    """An activity of one's own: how hard it was, first and last."""

    name: str
    sentence: str
    rows: tuple[tuple[date, int], ...]
    """Newest first."""


@dataclass(frozen=True)
class WeekView:
    monday: date
    sentence: str
    planned: int
    """0: nothing was planned."""
    counted: int


def knees_of(told: Sequence[Told], *, trial: bool) -> tuple[KneeView, ...]:
    language = get_language() or ""
    return tuple(_knee(language, side, trend, trial) for side, trend in trends_of(told).items())


# The same until another week is told.
@lru_cache(maxsize=64)
def _knee(_language: str, side: Side, trend: Trend, trial: bool) -> KneeView:  # noqa: FBT001 a key
    return KneeView(
        side=side,
        name=sentences.knee_name(side),
        verdict=trend.verdict,
        verdict_name=sentences.verdict_name(trend),
        four_weeks=sentences.four_weeks(trend),
        summary=sentences.summary(trend),
        chart=chart_of(side, trend, trial=trial),
        key=key(side, has_line=trend.line is not None) if trend.points else (),
        rows=tuple((point.day, int(point.pain)) for point in reversed(trend.points)),
    )


def chart_of(side: Side, trend: Trend, *, trial: bool) -> SafeString:
    if not trend.points:
        return SafeString("")
    title = _("%(knee)s: worst pain of each week") % {"knee": sentences.knee_name(side)}
    description = sentences.chart_description(trend, trial=trial)
    return svg(Chart(side, trend, title, description, trial))


def activities_of(told: Iterable[Told]) -> tuple[ActivityView, ...]:
    """Each activity that was told of, the newest first."""
    by_name: dict[str, list[tuple[date, int]]] = {}
    for row in told:
        if row.activity and row.hard is not None:
            by_name.setdefault(row.activity, []).append((row.day, row.hard))
    views = (_activity(name, rows) for name, rows in by_name.items())
    return tuple(sorted(views, key=lambda view: view.rows[0][0], reverse=True))


def _activity(name: str, rows: list[tuple[date, int]]) -> ActivityView:
    first, last = rows[0][1], rows[-1][1]
    if len(rows) == 1:
        said = _("%(now)d of 10 hard, told once so far.") % {"now": last}
    elif first == last:
        said = _("%(now)d of 10 hard, as at first.") % {"now": last}
    else:
        said = _("%(now)d of 10 hard; at first it was %(first)d.") % {"now": last, "first": first}
    return ActivityView(name, said, tuple(reversed(rows)))


@dataclass(frozen=True)
class Training:
    """Finished sessions by the person's own calendar, and the program they belong to."""

    today: date
    rhythm: Rhythm
    course: Course | None
    trained: tuple[Trained, ...]

    @property
    def tested(self) -> bool:
        """Whether the session of tests was played, to whatever end."""
        return any(each.session == SELF_TEST for each in self.trained)

    def weeks(self, back: int) -> tuple[Week, ...]:
        return weeks_of(_played(self), _plan(self.course, self.today), self.today, back=back)


def training_of(*, person: Person, now: datetime) -> Training:
    """Eight queries at most."""
    rhythm = rhythm_of(person=person)
    course = course_of(person=person, now=now)
    if course:
        return Training(day_of(rhythm, now), rhythm, course, course.trained)
    trained = trained_of(person=person, rhythm=rhythm, now=now, program=())
    return Training(day_of(rhythm, now), rhythm, None, trained)


def gains_of(*, person: Person, training: Training, now: datetime) -> tuple[Rungs, ...]:
    """Three queries at most, and none before the first session."""
    if not training.trained:
        return ()
    since = now - timedelta(weeks=STRENGTH_WEEKS)
    return rungs_of(log_of(person=person, rhythm=training.rhythm, since=since, now=now))


def _plan(course: Course | None, today: date) -> Plan | None:
    if course is None:
        return None
    return Plan(
        started_on=course.started_on,
        weekdays=course.weekdays,
        away=tuple((each.first, each.last) for each in course.away),
        sessions=max(map(len, course.weeks), default=0),
        finished_on=schedule(course, today).finished_on,
    )


def _played(training: Training) -> Iterable[Played]:
    held = {slug for week in training.course.weeks for slug in week} if training.course else set()
    for each in training.trained:
        kind: Kind = "program" if each.session in held else "extra"
        yield Played(each.on, "flare" if each.flare and held else kind)


def week_views(weeks: Iterable[Week]) -> tuple[WeekView, ...]:
    return tuple(
        WeekView(week.monday, week_sentence(week), week.planned or 0, week.counted)
        for week in weeks
    )


def week_sentence(week: Week) -> str:
    """What was done in a week, and never what was not."""
    if week.away:
        return _("Away")
    if week.empty:
        return _("Nothing was planned")
    if not (week.planned or week.counted):
        return _count(week.extras)
    parts = [_sessions(week)]
    if week.flares:
        parts.append(
            ngettext(
                "one of them Flare Day, which counts",
                "%(count)d of them Flare Days, which count",
                week.flares,
            )
            % {"count": week.flares}
        )
    if week.extras:
        parts.append(
            ngettext("one more beside", "%(count)d more beside", week.extras)
            % {"count": week.extras}
        )
    return "; ".join(parts)


def _sessions(week: Week) -> str:
    # Of more than were planned, "4 of 3" would be no sum.
    if week.planned and week.counted <= week.planned:
        said = ngettext(
            "%(done)d of %(planned)d session", "%(done)d of %(planned)d sessions", week.planned
        )
        return said % {"done": week.counted, "planned": week.planned}
    return _count(week.counted)


def _count(sessions: int) -> str:
    return ngettext("%(count)d session", "%(count)d sessions", sessions) % {"count": sessions}


def is_stale(told: Sequence[Told], today: date) -> bool:
    return bool(told) and today - told[-1].day > STALE
