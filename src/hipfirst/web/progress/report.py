# SPDX-License-Identifier: Apache-2.0
"""What a page for a professional holds: facts as they were when it was made, ready to be kept.

It is drawn anew whenever it is opened, in the language of whoever made it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar, Literal, get_args

from django.db.models import Min
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from hipfirst.packs.vocabulary import Side
from hipfirst.web.accounts.models import Person
from hipfirst.web.accounts.queries import account_of
from hipfirst.web.progress.log import Hurt, Log, log_of
from hipfirst.web.progress.page import Training, training_of, week_sentence
from hipfirst.web.progress.queries import (
    SIDES,
    AfterTold,
    Told,
    afters_told,
    asked_at,
    check_of,
    swellings_told,
    weeks_told,
)
from hipfirst.web.progress.rungs import rungs_of
from hipfirst.web.progress.sides import tests_of
from hipfirst.web.training.knees import signs_of
from hipfirst.web.training.models import CheckIn
from hipfirst.web.training.queries import KEPT_DAYS
from hipfirst.web.training.rhythm import day_of, rhythm_of

AfterKind = Literal["hour", "morning"]
AFTER_KINDS: tuple[AfterKind, ...] = get_args(AfterKind)
Part = Literal["knees", "done", "hurts", "tests", "signs"]
PARTS: tuple[Part, ...] = ("knees", "done", "hurts", "tests", "signs")
WEEKS_BACK = (4, 8, 12, 26)
LINK_DAYS = (7, 14, 30)
MAX_NAME = 80
MAX_QUESTIONS = 1000
MAX_LINES = 15
"""Of questions."""
# One sheet of paper: what is newest or most stays on it, and how much more there is is said.
MOVEMENTS, GAINS, HURTS, WEEKS, SWELLINGS = 6, 6, 8, 6, 4


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ToldLine(_Line):
    day: date
    left: int
    right: int
    activity: str = ""
    hard: int | None = None
    checked: bool = False
    """The pain was told in a knee check, and not in a check-in."""

    def told(self) -> Told:
        return Told(self.day, self.left, self.right, self.activity, self.hard, self.checked)


class AfterLine(_Line):
    """The worst that was told of one knee an hour after a session, or the next morning."""

    knee: Side
    kind: AfterKind
    pain: int
    day: date
    """Of several with as much pain the newest."""


class HurtLine(_Line):
    on: date
    movement: str
    where: Literal["left", "right", "elsewhere"]
    pain: int | None


class Pair(_Line):
    """A name and what is said of it."""

    name: str
    says: str


class DoneLines(_Line):
    sessions: int
    sets: int | None = None
    """Those that were done to their end; None: the page was made before they were counted."""
    minutes: int | None = None
    """As they were planned, on pages of before: it is no longer said, as sets may be left out."""
    weeks: tuple[Pair, ...]
    earlier: int = 0
    """Sessions before these weeks."""
    movements: tuple[Pair, ...]
    movements_more: int = 0
    gains: tuple[Pair, ...]
    gains_more: int = 0
    """Ladders that changed, too, and found no room."""


class SignLines(_Line):
    asked_on: date | None
    """None: never asked."""
    named: tuple[str, ...] = ()
    swollen: tuple[date, ...] = ()
    swollen_more: int = 0
    """Earlier days that found no room."""


class TestLines(_Line):
    """The newest tests of the sides."""

    __test__: ClassVar = False

    on: date | None
    """None: never tested."""
    first_on: date | None = None
    weaker: str = ""
    tests: tuple[Pair, ...] = ()


class Body(_Line):
    format: Literal[1] = 1
    language: str
    made_on: date
    since: date
    name: Annotated[str, Field(max_length=MAX_NAME)] = ""
    told: tuple[ToldLine, ...] | None = None
    """None: left out, as below."""
    after: tuple[AfterLine, ...] = ()
    """Beside what was told of weeks; none: nothing was told after a session."""
    done: DoneLines | None = None
    hurts: tuple[HurtLine, ...] | None = None
    hurts_more: int = 0
    """Reports of pain that found no room."""
    tests: TestLines | None = None
    signs: SignLines | None = None
    questions: Annotated[str, Field(max_length=MAX_QUESTIONS)] = ""

    @property
    def days_told(self) -> tuple[date, ...]:
        """Of the check-ins that stand on it."""
        swollen = self.signs.swollen if self.signs else ()
        rows = (row.day for row in self.told or () if row.activity or not row.checked)
        return (*rows, *(each.day for each in self.after), *swollen)

    @property
    def days_checked(self) -> tuple[date, ...]:
        """Of the knee checks whose worst of the week stands on it."""
        return tuple(row.day for row in self.told or () if row.checked)

    @property
    def holds_check_ins(self) -> bool:
        return bool(self.days_told)

    @property
    def holds_checks(self) -> bool:
        """Whether answers of a knee check stand on it: about signs, or the worst of a week."""
        asked = self.signs is not None and self.signs.asked_on is not None
        return asked or bool(self.days_checked)


class Wish(_Line):
    """What somebody chose to show."""

    parts: frozenset[Part]
    weeks: int
    name: str = ""
    questions: str = ""


def body_of(*, person: Person, wish: Wish, now: datetime) -> Body:
    """The page as it is now."""
    training = training_of(person=person, now=now)
    since = training.today - timedelta(weeks=wish.weeks)
    log = log_of(
        person=person, rhythm=training.rhythm, since=now - timedelta(weeks=wish.weeks), now=now
    )
    hurts = [hurt for session in log.sessions for hurt in session.hurts]
    return Body(
        language=get_language() or "en",
        made_on=training.today,
        since=since,
        name=wish.name,
        told=_told(person, training, since) if "knees" in wish.parts else None,
        after=_after(person, training, since) if "knees" in wish.parts else (),
        done=_done(training, log, wish.weeks) if "done" in wish.parts else None,
        hurts=_hurts(hurts) if "hurts" in wish.parts else None,
        hurts_more=max(0, len(hurts) - HURTS) if "hurts" in wish.parts else 0,
        tests=_tests(person, training, now) if "tests" in wish.parts else None,
        signs=_signs(person, training, since) if "signs" in wish.parts else None,
        questions=wish.questions,
    )


def oldest_told(*, person: Person, body: Body) -> datetime | None:
    """When the oldest of what stands on the page was told; None: nothing was. Four queries."""
    rows = CheckIn.objects.filter(person=person, day__in=body.days_told)
    check = check_of(person=person) if body.signs else None
    rhythm, days = rhythm_of(person=person), body.days_checked
    checked = (at for at in asked_at(person=person) if day_of(rhythm, at) in days)
    moments = [rows.aggregate(at=Min("at"))["at"], check and check.created, *checked]
    return min(filter(None, moments), default=None)


def _told_since(person: Person, since: date, today: date) -> date:
    """What a visitor told is on a page only while it is kept: its last day is left out."""
    return since if account_of(person=person) else max(since, today - timedelta(KEPT_DAYS - 1))


def _told(person: Person, training: Training, since: date) -> tuple[ToldLine, ...]:
    first = _told_since(person, since, training.today)
    return tuple(
        ToldLine.model_validate(asdict(row))
        for row in weeks_told(person=person)
        if row.day >= first
    )


def _after(person: Person, training: Training, since: date) -> tuple[AfterLine, ...]:
    """For each knee the worst of each kind."""
    first = _told_since(person, since, training.today)
    told = afters_told(person=person, since=first)
    return tuple(
        AfterLine(knee=side, kind=kind, pain=worst.pain(side), day=worst.day)
        for side in SIDES
        for kind in AFTER_KINDS
        for worst in _worst([each for each in told if each.kind == kind], side)
    )


def _worst(told: Sequence[AfterTold], side: Side) -> tuple[AfterTold, ...]:
    """None where nothing was told."""
    worst = max(told, key=lambda each: (each.pain(side), each.day), default=None)
    return (worst,) if worst else ()


def _done(training: Training, log: Log, weeks: int) -> DoneLines:
    rows = training.weeks(min(weeks, WEEKS))
    shown = sum(row.counted + row.extras for row in rows)
    movements, gains = _movements(log), [each for each in rungs_of(log) if each.changed]
    return DoneLines(
        sessions=len(log.sessions),
        sets=sum(session.sets for session in log.sessions),
        weeks=tuple(Pair(name=row.monday.isoformat(), says=week_sentence(row)) for row in rows),
        earlier=max(0, len(log.sessions) - shown),
        movements=movements[:MOVEMENTS],
        movements_more=len(movements[MOVEMENTS:]),
        gains=tuple(
            Pair(name=side.side, says=side.says) for each in gains[:GAINS] for side in each.said
        ),
        gains_more=len(gains[GAINS:]),
    )


def _movements(log: Log) -> tuple[Pair, ...]:
    """Those of the most sessions first."""
    counts = Counter(
        slug for session in log.sessions for slug in {each.movement for each in session.worked}
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Pair(name=log.names[slug], says=str(count)) for slug, count in ordered)


def _hurts(hurts: Sequence[Hurt]) -> tuple[HurtLine, ...]:
    """The newest first."""
    newest: Iterable[Hurt] = sorted(hurts, key=lambda hurt: hurt.on, reverse=True)[:HURTS]
    return tuple(
        HurtLine.model_validate(
            {"on": hurt.on, "movement": hurt.movement, "where": hurt.where, "pain": hurt.pain}
        )
        for hurt in newest
    )


def _tests(person: Person, training: Training, now: datetime) -> TestLines:
    found = tests_of(person=person, rhythm=training.rhythm, now=now)
    if found is None:
        return TestLines(on=None)
    return TestLines(
        on=found.on,
        first_on=found.first_on,
        weaker=found.weaker,
        tests=tuple(Pair(name=each.name, says=each.says) for each in found.tests),
    )


def _signs(person: Person, training: Training, since: date) -> SignLines:
    check = check_of(person=person)
    told = _told_since(person, since, training.today)
    swollen = swellings_told(person=person, since=told)
    return SignLines(
        asked_on=day_of(training.rhythm, check.created) if check else None,
        named=tuple(flag.said(_).question for flag in signs_of(check)) if check else (),
        swollen=swollen[:SWELLINGS],
        swollen_more=len(swollen[SWELLINGS:]),
    )
