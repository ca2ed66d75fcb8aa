# SPDX-License-Identifier: Apache-2.0
"""What the pages of programs show: what a program holds, for everybody, and where a follower is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hipfirst.packs.documents import Program, Week
from hipfirst.planning.program import Day, Schedule, schedule
from hipfirst.web.library import wording
from hipfirst.web.library.cards import CARD_MUSCLES, Link, link_to, links_of, main_muscles
from hipfirst.web.library.constant import constant
from hipfirst.web.library.meta import NO_META, Meta
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_find, documents_by_slug, media_url
from hipfirst.web.membership.queries import Grace
from hipfirst.web.training.program_links import ProgramLink, program_link, programs_all
from hipfirst.web.training.program_queries import Followed


@dataclass(frozen=True)
class SessionLine:
    """One session of a week."""

    number: int
    """Of its step, from 0."""
    link: Link
    minutes: str
    trains: tuple[Promise, ...]
    members_only: bool
    done: bool = False
    next: bool = False


@dataclass(frozen=True)
class WeekView:
    number: int
    """From 1."""
    focus: str
    sessions: tuple[SessionLine, ...]
    also: tuple[Link, ...] = ()
    """Offered beside them; no step of the program."""
    current: bool = False
    done: bool = False


@dataclass(frozen=True)
class Place:
    """Where a follower is."""

    week: int
    done: int
    total: int
    next: SessionLine | None
    next_on: date | None
    """Its day; None: no day is planned for it."""
    today: bool
    """That is today."""
    started_on: date
    finished: bool


@dataclass(frozen=True)
class ProgramPage:
    key: str
    program: Program
    weeks: tuple[WeekView, ...]
    session_count: int
    different: int
    """Sessions that are not the same."""
    often: int
    """Sessions of its fullest week."""
    length: str
    """Of its sessions, such as `18 to 26 min`."""
    trains: tuple[Promise, ...]
    stills: tuple[str, ...]
    sample: Link | None
    """A session of it that is free to all; None: there is none, or all are."""
    evidence: tuple[Link, ...]
    place: Place | None = None
    """None: whoever asks does not follow it."""
    may_follow: bool = False
    paused: bool = False
    """Their membership is, and would open it."""
    grace: Grace | None = None
    """Its time is over, and it opens the program a few days longer."""
    follows_other: str = ""
    """Title of the program that is left by following this one."""
    meta: Meta = NO_META


@dataclass(frozen=True)
class ProgramsPage:
    key: str
    programs: tuple[ProgramLink, ...]
    meta: Meta = NO_META


@constant
def programs_page(key: str) -> ProgramsPage:
    """One query: every program."""
    return ProgramsPage(key, tuple(program_link(row) for row in programs_all()))


@constant
def program_page(key: str, slug: str) -> ProgramPage:
    """Four queries: the program, its sessions, their facets, evidence; it knows nobody."""
    document = document_find("program", slug)
    if document is None:  # withdrawn since access was decided
        raise Http404
    program = Program.model_validate(document.body)
    held = [slug for week in program.weeks for slug in week.sessions]
    beside = [slug for week in program.weeks for slug in week.also]
    sessions = documents_by_slug("session", [*held, *beside])
    prefetch_related_objects(list(sessions.values()), "facets")
    weeks = tuple(_weeks(program.weeks, sessions))
    free = [each for slug in held if (each := sessions.get(slug)) and not each.members_only]
    cited = program.evidence
    return ProgramPage(
        key=key,
        program=program,
        weeks=weeks,
        session_count=len(held),
        different=len(set(held)),
        often=max(len(week.sessions) for week in program.weeks),
        length=_length(sessions[slug] for slug in dict.fromkeys(held) if slug in sessions),
        trains=_trains(sessions[slug] for slug in dict.fromkeys(held) if slug in sessions),
        stills=_stills(sessions[slug] for slug in dict.fromkeys(held) if slug in sessions),
        sample=link_to(free[0]) if free and program.access == "members" else None,
        evidence=links_of(documents_by_slug("evidence", cited), cited) if cited else (),
    )


def program_for(page: ProgramPage, followed: Followed) -> ProgramPage:
    """The page for who follows the program: what is done is marked."""
    plan = schedule(followed.course, followed.today)
    done = done_steps(plan)
    weeks = tuple(_marked(week, plan, done) for week in page.weeks)
    lines = {line.number: line for week in weeks for line in week.sessions}
    day = next_day(plan)
    place = Place(
        week=plan.week,
        done=plan.done,
        total=plan.total,
        next=lines.get(plan.next.number) if plan.next else None,
        next_on=day.on if day else None,
        today=day is not None and day.on == followed.today,
        started_on=followed.following.started_on,
        finished=plan.finished,
    )
    return replace(page, weeks=weeks, place=place)


def next_day(plan: Schedule) -> Day | None:
    """The day on which the next session comes; None: none is planned."""
    days = (day for day in (*plan.days, *plan.ahead) if day.state in {"today", "planned"})
    return next(days, None)


def done_steps(plan: Schedule) -> frozenset[int]:
    """Numbers of the steps that are done: those that are not planned any more."""
    if plan.next is None:
        return frozenset(range(plan.total))
    days = (day for day in (*plan.days, *plan.ahead) if day.state in {"today", "planned"})
    left = {plan.next.number, *(day.step.number for day in days if day.step)}
    # What is left is planned in order: of all before the last of them, the others are done.
    return frozenset(range(max(left))) - left


def _marked(week: WeekView, plan: Schedule, done: frozenset[int]) -> WeekView:
    turn = plan.next.number if plan.next else None
    sessions = tuple(
        replace(line, done=line.number in done, next=line.number == turn) for line in week.sessions
    )
    return replace(
        week,
        sessions=sessions,
        current=week.number == plan.week and not plan.finished,
        done=all(line.done for line in sessions),
    )


def _weeks(weeks: Iterable[Week], sessions: Mapping[str, Document]) -> Iterable[WeekView]:
    first = 0
    for number, week in enumerate(weeks, 1):
        lines = (
            _line(first + n, sessions[slug])
            # What is not published cannot be shown; the check of a pack refuses such a week.
            for n, slug in enumerate(week.sessions)
            if slug in sessions
        )
        also = links_of(sessions, week.also)
        yield WeekView(number, week.focus, tuple(lines), also)
        first += len(week.sessions)


def _line(number: int, session: Document) -> SessionLine:
    return SessionLine(
        number=number,
        link=link_to(session),
        minutes=wording.minutes(session.minutes) if session.minutes else "",
        trains=main_muscles(session.facets.all())[:CARD_MUSCLES],
        members_only=session.members_only,
    )


def _length(sessions: Iterable[Document]) -> str:
    found = sorted(each.minutes for each in sessions if each.minutes)
    if not found:
        return ""
    if found[0] == found[-1]:
        return wording.minutes(found[0])
    return _("%(least)s to %(time)s") % {
        "least": number_format(found[0]),
        "time": wording.minutes(found[-1]),
    }


def _trains(sessions: Iterable[Document]) -> tuple[Promise, ...]:
    """Muscles of all sessions, those met first in front."""
    found = (main_muscles(each.facets.all())[:CARD_MUSCLES] for each in sessions)
    return tuple(dict.fromkeys(muscle for muscles in found for muscle in muscles))


def _stills(sessions: Iterable[Document]) -> tuple[str, ...]:
    """One picture of each of the first sessions, all different."""
    names: dict[str, str | None] = {}
    for each in sessions:
        fresh = [name for name in each.facts.get("stills", ()) if name not in names]
        if fresh:
            names[fresh[0]] = each.pack_id
    return tuple(media_url(pack, name) for name, pack in list(names.items())[:4])
