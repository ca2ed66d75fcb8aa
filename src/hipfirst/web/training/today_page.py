# SPDX-License-Identifier: Apache-2.0
"""What /today/ shows: the session of today or of the next day, this week, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as say

from hipfirst.planning.program import Away, Day, DayState, Schedule, schedule
from hipfirst.web.accounts.models import Person
from hipfirst.web.library import wording
from hipfirst.web.library.access import may_see
from hipfirst.web.library.cards import Card, Link, card_of, link_to
from hipfirst.web.library.home import FEATURED
from hipfirst.web.library.hooks import ForToday, for_today
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import documents_by_slug
from hipfirst.web.membership.access import entitled_until
from hipfirst.web.membership.ledger import Standing
from hipfirst.web.membership.queries import Grace, grace_of, standing_of
from hipfirst.web.training.access import is_stopped
from hipfirst.web.training.check_ins import Due, due
from hipfirst.web.training.knees import thresholds
from hipfirst.web.training.program_links import ProgramLink, program_link, programs_all
from hipfirst.web.training.program_pages import next_day
from hipfirst.web.training.program_queries import Followed, followed_of
from hipfirst.web.training.referrals import ReferralView, referral_of

COMING = 3
"""Planned days after this week that are named."""
State = Literal["start", "stopped", "paused", "closed", "finished", "done", "rest", "train"]
"""No program; stopped by a sign; membership paused; not open (any more); all is done; today is
done; no training day; a session is due today.
"""


@dataclass(frozen=True)
class DayView:
    """One day of this week."""

    on: date
    state: DayState
    is_today: bool
    titles: tuple[Link, ...]
    """Of what was played, or is planned."""


@dataclass(frozen=True)
class Course:
    """Where somebody is in their program."""

    program: ProgramLink
    week: int
    weeks: int
    done: int
    total: int
    streak: int
    """Weeks."""
    notes: tuple[str, ...]
    away: tuple[Away, ...]
    """Stretches of days away from this week on, as far as sessions are planned."""
    days: tuple[DayView, ...]
    coming: tuple[DayView, ...]
    """The first planned days after this week."""


@dataclass(frozen=True)
class NextSession:
    document: Document
    card: Card
    today: ForToday
    on: date | None
    """Its day; None: no day is planned."""
    minutes: str
    """Of what is played."""


@dataclass(frozen=True)
class TodayPage:
    state: State
    date: date
    known: bool
    """Something is kept of whoever asks."""
    check_ins: tuple[Due, ...] = ()
    """What is asked now."""
    course: Course | None = None
    next: NextSession | None = None
    standing: Standing | None = None
    """Of the membership, where it does not open the program."""
    grace: Grace | None = None
    """Its time is over, and it opens the program a few days longer."""
    programs: tuple[ProgramLink, ...] = ()
    """To begin with."""
    short: Card | None = None
    """A short session that is free to all; for who follows no program, or may not go on."""
    referral: ReferralView | None = None
    """Weeks of rising pain: somebody should look at it, whatever else the page shows."""


def today_page(request: HttpRequest, person: Person | None, *, now: datetime) -> TodayPage:
    """For a stranger three queries; for who follows a program some more, and always as many."""
    page = _page(request, person, now)
    return replace(page, referral=referral_of(person=person, now=now)) if person else page


def _page(request: HttpRequest, person: Person | None, now: datetime) -> TodayPage:
    followed = followed_of(person=person, now=now) if person else None
    if person is None or followed is None:
        state: State = "stopped" if is_stopped(person) else "start"
        return TodayPage(
            state,
            date=now.date(),
            known=person is not None,
            check_ins=due(person, now) if person and state == "start" else (),
            programs=tuple(program_link(row) for row in programs_all()),
            short=_short(),
        )
    return _followed(request, person, followed, now)


def _followed(request: HttpRequest, person: Person, followed: Followed, now: datetime) -> TodayPage:
    plan = schedule(followed.course, followed.today, thresholds().break_days)
    rows = _sessions(plan)
    page = TodayPage(
        "stopped",
        date=followed.today,
        known=True,
        course=_course(followed, plan, rows),
    )
    if is_stopped(person):
        return page
    page = replace(page, check_ins=due(person, now))
    if not may_see(person, followed.document):
        return _closed(page, person, now)
    page = replace(page, grace=_grace(person, followed.document, now))
    if plan.next is None:
        return replace(page, state="finished", short=_short())
    found, following = _first_open(request, followed, plan, rows)
    if found is not plan:
        page = replace(page, course=_course(followed, found, _sessions(found)))
    return replace(page, state=_state(found, followed.today), next=following)


def _first_open(
    request: HttpRequest, followed: Followed, plan: Schedule, rows: dict[str, Document]
) -> tuple[Schedule, NextSession | None]:
    """The session that comes next, and the schedule. One of which nothing is left by a position
    that is left out, or by what is at hand, is passed over for as long as that is so; where all
    are, the first of them says why.
    """
    first, turn = None, plan
    closed: frozenset[str] = frozenset()
    while turn.next:
        document = rows.get(turn.next.session)
        found = _next(request, document, turn) if document else None
        if found is None or found.today.goes_on or not found.today.lasts:
            return turn, found
        first = first or found
        closed |= {turn.next.session}
        course = replace(followed.course, closed=closed)
        turn = schedule(course, followed.today, thresholds().break_days)
        rows = _sessions(turn)
    return plan, first


def _grace(person: Person, document: Document, now: datetime) -> Grace | None:
    """Only where it is what opens the document."""
    if not document.members_only or entitled_until(person, now=now) is None:
        return None
    return grace_of(standing_of(person=person, now=now))


def _closed(page: TodayPage, person: Person, now: datetime) -> TodayPage:
    standing = standing_of(person=person, now=now)
    state: State = "paused" if standing.state == "paused" else "closed"
    return replace(page, state=state, standing=standing, short=_short())


def _state(plan: Schedule, today: date) -> State:
    state = next(day.state for day in plan.days if day.on == today)
    if state == "today":
        return "train"
    return "done" if state in {"done", "flare"} else "rest"


def _sessions(plan: Schedule) -> dict[str, Document]:
    """Every session that the page names. One query, and one for their facets."""
    days = (*plan.days, *_coming(plan))
    named = {slug for day in days for slug in day.sessions}
    named |= {day.step.session for day in days if day.step}
    named |= {plan.next.session} if plan.next else set()
    return documents_by_slug("session", named)


def _course(followed: Followed, plan: Schedule, rows: dict[str, Document]) -> Course:
    return Course(
        program=program_link(followed.document),
        week=plan.week,
        weeks=plan.weeks,
        done=plan.done,
        total=plan.total,
        streak=plan.streak_weeks,
        notes=tuple(note.said(say) for note in plan.notes),
        away=tuple(_away(followed, plan)),
        days=tuple(_day(day, followed.today, rows) for day in plan.days),
        coming=tuple(_day(day, followed.today, rows) for day in _coming(plan)),
    )


def _away(followed: Followed, plan: Schedule) -> Iterator[Away]:
    """Those that the notes speak of, the first first."""
    days = [day.on for day in (*plan.days, *plan.ahead) if day.state == "away"]
    for each in sorted(followed.course.away, key=lambda each: each.first):
        if each.last >= followed.today and any(day in each for day in days):
            yield each


def _coming(plan: Schedule) -> tuple[Day, ...]:
    return tuple(day for day in plan.ahead if day.state == "planned")[:COMING]


def _day(day: Day, today: date, rows: dict[str, Document]) -> DayView:
    planned = (day.step.session,) if day.step and day.state in {"today", "planned"} else ()
    slugs = dict.fromkeys(day.sessions or planned)
    titles = tuple(link_to(rows[slug]) for slug in slugs if slug in rows)
    return DayView(day.on, day.state, day.on == today, titles)


def _next(request: HttpRequest, document: Document, plan: Schedule) -> NextSession:
    day = next_day(plan)
    today = for_today(request, document)
    return NextSession(
        document=document,
        card=card_of(document),
        today=today,
        on=day.on if day else None,
        minutes=today.minutes or (wording.minutes(document.minutes) if document.minutes else ""),
    )


def _short() -> Card | None:
    row = documents_by_slug("session", [FEATURED]).get(FEATURED)
    return card_of(row) if row and not row.members_only else None
