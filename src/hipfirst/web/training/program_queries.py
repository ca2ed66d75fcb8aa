# SPDX-License-Identifier: Apache-2.0
"""The program somebody follows, read from what they follow, logged and are away for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Max

from hipfirst.packs.documents import Program
from hipfirst.planning.catalogue import FLARE_DAY
from hipfirst.planning.program import Course, Trained
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_find
from hipfirst.web.shared.once import once
from hipfirst.web.training.models import Following, Rhythm, Run, RunEvent
from hipfirst.web.training.rhythm import away_of, day_of, moment_of, rhythm_of, weekdays_of

LOOKED_BACK = timedelta(days=400)
"""How far back sessions are read: a streak is not counted beyond, but all that was done of a
program is, however long ago it began.
"""


@dataclass(frozen=True)
class Followed:
    """A program as one person follows it."""

    following: Following
    document: Document
    program: Program
    rhythm: Rhythm
    course: Course
    today: date
    """By the person's own calendar."""


@once
def following_of(*, person: Person) -> Following | None:
    """What the person follows now. One query."""
    return Following.objects.filter(person=person, ended_at=None).first()


def followed_of(*, person: Person, now: datetime) -> Followed | None:
    """None: nothing is followed, or it is no longer published. Six queries at most."""
    following = following_of(person=person)
    document = document_find("program", following.program) if following else None
    if following is None or document is None:
        return None
    program = Program.model_validate(document.body)
    rhythm = rhythm_of(person=person)
    today = day_of(rhythm, now)
    weeks = tuple(week.sessions for week in program.weeks)
    course = Course(
        weeks=weeks,
        started_on=following.started_on,
        weekdays=weekdays_of(rhythm),
        trained=trained_of(
            person=person,
            rhythm=rhythm,
            now=now,
            program=sum(weeks, ()),
            since=moment_of(rhythm, following.started_on, time.min),
        ),
        away=away_of(person=person, rhythm=rhythm, today=today),
    )
    return Followed(following, document, program, rhythm, course, today)


def course_of(*, person: Person, now: datetime) -> Course | None:
    """What `planning.program.schedule` folds; None: no program is followed."""
    followed = followed_of(person=person, now=now)
    return followed.course if followed else None


def followed_sessions(*, person: Person) -> frozenset[str]:
    """Sessions of the program that is followed; none without one. Two queries."""
    following = following_of(person=person)
    document = document_find("program", following.program) if following else None
    weeks = Program.model_validate(document.body).weeks if document else ()
    return frozenset(slug for week in weeks for slug in week.sessions)


def trained_of(
    *,
    person: Person,
    rhythm: Rhythm,
    now: datetime,
    program: Iterable[str],
    since: datetime | None = None,
) -> tuple[Trained, ...]:
    """Every finished run on its day, the first first; what was only tried is none. One query, and
    one more where a clock was ahead. `since`: read as far back as that, if that is further.

    Flare Day counts as played in place of another, unless the program itself holds it.
    """
    runs = Run.objects.filter(person=person, status=Run.Status.FINISHED, preview=False)
    first = min(now - LOOKED_BACK, since or now)
    recent = runs.filter(finished_at__gte=first).order_by("finished_at", "pk")
    rows = list(recent.values_list("pk", "session", "finished_at", "planned"))
    heard = _heard(pk for pk, _slug, finished, _planned in rows if finished and finished > now)
    held = frozenset(program)
    return tuple(
        Trained(
            session=session,
            on=day_of(rhythm, max(planned, min(finished, heard.get(pk, now)))),
            flare=session == FLARE_DAY and session not in held,
        )
        for pk, session, finished, planned in rows
        if finished
    )


def _heard(runs: Iterable[UUID]) -> Mapping[UUID, datetime]:
    """Run -> when its last event arrived: it had come to its end by then."""
    ahead = list(runs)
    if not ahead:
        return {}
    rows = RunEvent.objects.filter(run__in=ahead).order_by().values_list("run")
    return dict(rows.annotate(Max("received_at")))
