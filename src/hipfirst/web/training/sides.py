# SPDX-License-Identifier: Apache-2.0
"""The tests of the sides that somebody did: read from the logs of their runs, and from no table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hipfirst.outcomes.events import EVENT, Event
from hipfirst.outcomes.sides import SidesTested, TestAsked, Unit, sides_tested
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.check_ins import ended_at, heard
from hipfirst.web.training.models import Rhythm, Run, RunEvent, Timeline
from hipfirst.web.training.rhythm import day_of, rhythm_of

SELF_TEST = "self-test"
"""Slug of the session whose movements are tests."""
SHOWN = 24
"""Newest tests that are read."""


@dataclass(frozen=True)
class Result:
    """One time the sides were tested."""

    run: UUID
    at: datetime
    on: date
    """The same day by the person's own calendar."""
    tested: SidesTested


def results(person: Person, now: datetime) -> tuple[Result, ...]:
    """Newest first; a run that measured nothing is none. Four queries at most."""
    return results_by(person, rhythm_of(person=person), now, most=SHOWN)


def results_by(person: Person, rhythm: Rhythm, now: datetime, *, most: int) -> tuple[Result, ...]:
    """The newest `most`. Three queries at most, and one where nothing was tested."""
    runs = _runs(person, now, most)
    if not runs:
        return ()
    slots = _slots({run.timeline_id for run in runs})
    logs = _logs(runs)
    found = (_result(run, slots[run.timeline_id], logs, rhythm, now) for run in runs)
    return tuple(each for each in found if each.tested.tests)


def _result(
    run: Run,
    slots: Sequence[TestAsked],
    logs: Mapping[UUID, Sequence[Event]],
    rhythm: Rhythm,
    now: datetime,
) -> Result:
    at = ended_at(run, now)
    return Result(run.pk, at, day_of(rhythm, at), sides_tested(slots, logs.get(run.pk, ())))


def _runs(person: Person, now: datetime, most: int) -> list[Run]:
    runs = Run.objects.filter(person=person, session=SELF_TEST, status=Run.Status.FINISHED)
    newest = heard(runs).order_by("-finished_at", "-pk")[:most]
    return sorted(newest, key=lambda run: ended_at(run, now), reverse=True)


def _slots(timelines: set[int]) -> dict[int, tuple[TestAsked, ...]]:
    rows = Timeline.objects.filter(pk__in=timelines).values_list("pk", "body")
    return {key: tuple(_slot(slot) for slot in body["slots"]) for key, body in rows}


def _slot(slot: Mapping[str, Any]) -> TestAsked:
    rungs = [*slot["rungs"], *slot.get("others", ())]
    work = rungs[slot["start_rung"]]["work"]
    unit = _unit(work)
    return TestAsked(
        id=slot["id"],
        movements=tuple(rung["exercise"] for rung in rungs),
        start_rung=slot["start_rung"],
        bouts=tuple(bout["side"] for bout in slot["bouts"]),
        unit=unit,
        # Of what is counted, the clock is the end, and that ends it for both alike.
        most=work.get("hold_s") if unit == "seconds" else None,
    )


def _unit(work: Mapping[str, Any]) -> Unit | None:
    # A timeline from before there were any has no tests.
    if not work.get("measured"):
        return None
    return "count" if work["kind"] == "count" else "seconds"


def _logs(runs: Sequence[Run]) -> dict[UUID, list[Event]]:
    """What was done in them: nothing else measures."""
    rows = RunEvent.objects.filter(run__in=[run.pk for run in runs], type="done")
    logs: dict[UUID, list[Event]] = {}
    for run, body in rows.values_list("run_id", "body"):
        logs.setdefault(run, []).append(EVENT.validate_python(body))
    return logs
