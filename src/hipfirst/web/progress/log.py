# SPDX-License-Identifier: Apache-2.0
"""What the logs of finished sessions hold: bouts that were worked, and what hurt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Max

from hipfirst.outcomes.strength import Gained, Worked, gained_of
from hipfirst.packs.strain import BoutSide
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.models import Rhythm, Run, RunEvent, Timeline
from hipfirst.web.training.rhythm import day_of
from hipfirst.web.training.sides import SELF_TEST

READ_AT_MOST = 120
"""Newest sessions that are read: three a week for three quarters of a year."""
_REMEMBERED = 500
_LOGS_REMEMBERED = 32


@dataclass(frozen=True)
class Movement:
    """A movement as a timeline holds it."""

    slug: str
    name: str
    sided: bool
    held: bool


@dataclass(frozen=True)
class Shape:
    """As much of a timeline as its log is read with."""

    movements: Mapping[str, tuple[Movement, ...]]
    """Slot -> what its rungs count through."""
    sides: Mapping[str, tuple[BoutSide, ...]]
    """Slot -> the side of each bout."""
    harder: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Hurt:
    on: date
    movement: str
    """Its name."""
    where: str
    """left, right or elsewhere."""
    pain: int | None


@dataclass(frozen=True)
class Session:
    """One finished session."""

    on: date
    title: str
    sets: int
    """Bouts that were done to their end."""
    worked: tuple[Worked, ...]
    hurts: tuple[Hurt, ...]


@dataclass(frozen=True)
class Log:
    sessions: tuple[Session, ...]
    """Oldest first."""
    names: Mapping[str, str]
    """Movement -> its name."""
    harder: Mapping[str, frozenset[str]]

    @cached_property
    def gained(self) -> tuple[Gained, ...]:
        """Every ladder and side that was worked on two days, the newest first."""
        worked = (each for session in self.sessions for each in session.worked)
        return gained_of(worked, self.harder)


def log_of(*, person: Person, rhythm: Rhythm, since: datetime, now: datetime) -> Log:
    """The finished sessions since a moment. Three queries at most."""
    runs = Run.objects.filter(person=person, status=Run.Status.FINISHED, preview=False)
    recent = runs.filter(finished_at__gte=since).order_by("-finished_at", "-pk")
    whole = recent.select_related("timeline").defer("timeline__body")
    rows = list(reversed(whole.annotate(newest_event=Max("events__pk"))[:READ_AT_MOST]))
    if not rows:
        return Log((), {}, {})
    days = {run.pk: _day(run, rhythm, now) for run in rows}
    key = tuple((run.pk, run.newest_event or 0, days[run.pk]) for run in rows)
    log = _logs.get(key)
    if log is None:
        log = _read(rows, days)
        _keep(key, log)
    return log


Key = tuple[tuple[UUID, int, date], ...]
"""Each run, its newest event and its day. The second changes with whatever arrives, however late;
the third with the person's zone.
"""
_logs: dict[Key, Log] = {}


def _keep(key: Key, log: Log) -> None:
    while len(_logs) >= _LOGS_REMEMBERED:
        # Another thread may have done it.
        _logs.pop(next(iter(_logs)), None)
    _logs[key] = log


def _read(rows: Sequence[Run], days: Mapping[UUID, date]) -> Log:
    """Two queries at most."""
    shapes = _shapes({run.timeline.sha256 for run in rows})
    events = _events(rows)
    sessions = tuple(
        _session(run, shapes[run.timeline.sha256], events.get(run.pk.hex, ()), days[run.pk])
        for run in rows
    )
    every = [shapes[run.timeline.sha256] for run in rows]
    return Log(sessions, _names(every), _harder(every))


def _day(run: Run, rhythm: Rhythm, now: datetime) -> date:
    ended = min(run.finished_at or now, now)
    return day_of(rhythm, max(run.planned, ended))


def _session(run: Run, shape: Shape, events: Sequence[dict[str, Any]], on: date) -> Session:
    worked = tuple(_worked(shape, events, on))
    return Session(
        on=on,
        title=run.title,
        sets=len(worked),
        # A test is compared with tests, and by itself.
        worked=() if run.session == SELF_TEST else worked,
        hurts=tuple(_hurts(shape, events, on)),
    )


def _worked(shape: Shape, events: Iterable[dict[str, Any]], on: date) -> Iterator[Worked]:
    """Each bout once: of several reports of it the largest counts."""
    best: dict[tuple[str, int], tuple[int, float, int]] = {}
    for body in events:
        if body["type"] == "done" and body["complete"]:
            place = body["slot"], body["bout"]
            told = body["reps"], body["seconds"], body["rung"]
            best[place] = max(best.get(place, told), told)
    for (slot, bout), (reps, seconds, rung) in best.items():
        movement = shape.movements[slot][rung]
        yield Worked(
            on=on,
            movement=movement.slug,
            side=shape.sides[slot][bout] if movement.sided else "both",
            amount=seconds if movement.held else reps,
            held=movement.held,
        )


def _hurts(shape: Shape, events: Iterable[dict[str, Any]], on: date) -> Iterator[Hurt]:
    for body in events:
        if body["type"] == "hurt":
            name = shape.movements[body["slot"]][body["rung"]].name
            yield Hurt(on, name, body["where"], body.get("pain"))


def _events(runs: Sequence[Run]) -> dict[str, list[dict[str, Any]]]:
    """By the hex of a run's id, in the order of their numbers. One query."""
    rows = RunEvent.objects.filter(run__in=[run.pk for run in runs], type__in=["done", "hurt"])
    found: dict[str, list[dict[str, Any]]] = {}
    for run, body in rows.order_by("seq", "device").values_list("run_id", "body"):
        found.setdefault(run.hex, []).append(body)
    return found


_known: dict[str, Shape] = {}


def _shapes(timelines: set[str]) -> Mapping[str, Shape]:
    """Each timeline never changes, so what was read is kept. One query at most."""
    found = {key: shape for key in timelines if (shape := _known.get(key))}
    if unread := timelines - found.keys():
        rows = Timeline.objects.filter(sha256__in=unread).values_list("sha256", "body")
        found |= {key: _shape(body) for key, body in rows}
        if len(_known) > _REMEMBERED:
            _known.clear()
        _known.update(found)
    return found


def _shape(body: Mapping[str, Any]) -> Shape:
    slots = body["slots"]
    return Shape(
        movements={
            slot["id"]: tuple(map(_movement, (*slot["rungs"], *slot.get("others", ()))))
            for slot in slots
        },
        sides={slot["id"]: tuple(bout["side"] for bout in slot["bouts"]) for slot in slots},
        harder={key: tuple(value) for key, value in body.get("harder", {}).items()},
    )


def _movement(rung: Mapping[str, Any]) -> Movement:
    return Movement(
        slug=rung["exercise"],
        name=rung["name"],
        sided=rung.get("shown_side") is not None,
        held=rung["work"]["kind"] == "hold",
    )


def _names(shapes: Iterable[Shape]) -> dict[str, str]:
    return {
        movement.slug: movement.name
        for shape in shapes
        for movements in shape.movements.values()
        for movement in movements
    }


def _harder(shapes: Iterable[Shape]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for shape in shapes:
        for slug, harder in shape.harder.items():
            found.setdefault(slug, set()).update(harder)
    return {slug: frozenset(harder) for slug, harder in found.items()}
