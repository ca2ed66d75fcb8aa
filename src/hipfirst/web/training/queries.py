# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from pydantic import TypeAdapter

from hipfirst.outcomes.events import Event
from hipfirst.outcomes.run import RunShape, RunState, SlotShape, fold
from hipfirst.planning.request import Felt, LastTime
from hipfirst.web.accounts.access import Person
from hipfirst.web.training.models import KneeCheck, Run, RunEvent, Timeline

EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])
KEPT_DAYS = 30
"""How long a visitor's knee checks are kept; older ones count for nothing and are purged."""


def run_find(*, person: Person, run_id: UUID) -> Run | None:
    """A run of this person; the body of its timeline is read only when asked for."""
    runs = Run.objects.select_related("timeline").defer("timeline__body")
    return runs.filter(visitor=person, pk=run_id).first()


def run_unfinished(*, person: Person, session: str) -> Run | None:
    """The newest run of the session, unless it has come to its end.

    Whoever started again has done with the runs before, finished or not.
    """
    newest = Run.objects.filter(visitor=person, session=session).order_by("-created").first()
    return None if newest is None or newest.status == Run.Status.FINISHED else newest


@dataclass(frozen=True)
class Resolved:
    """A timeline as it is stored."""

    sha256: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Logged:
    """One line of a log: the event and its place in the order of arrival."""

    row: int
    event: Event


def run_log(*, run: Run) -> list[Logged]:
    """The whole log, in the order of arrival. One query, and one pass of the JSON reader."""
    rows = RunEvent.objects.filter(run=run).order_by("pk")
    found = list(rows.values_list("pk", Cast("body", TextField())))
    events = EVENTS.validate_json(f"[{','.join(text for _row, text in found)}]")
    return [Logged(row, event) for (row, _text), event in zip(found, events, strict=True)]


def run_events(*, run: Run, after: int = 0) -> tuple[Event, ...]:
    """The events above a seq, in the order that all devices agree on."""
    return in_order(each.event for each in run_log(run=run) if each.event.seq > after)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda e: (e.seq, e.device.hex, e.id.hex)))


def run_shape(*, run: Run) -> RunShape:
    """What the events of the run may point at."""
    return _shape(run.timeline.sha256)


# A timeline never changes, so what follows from it may be kept.
@lru_cache(maxsize=64)
def _shape(sha256: str) -> RunShape:
    body = Timeline.objects.values_list("body", flat=True).get(sha256=sha256)
    return RunShape(
        slots=tuple(
            SlotShape(
                id=slot["id"],
                bouts=len(slot["bouts"]),
                # A timeline from before there were any has no others.
                rungs=len(slot["rungs"]) + len(slot.get("others", ())),
                start_rung=slot["start_rung"],
            )
            for slot in body["slots"]
        )
    )


def run_state(*, run: Run) -> RunState:
    return fold(run_shape(run=run), run_events(run=run))


def kept_since() -> datetime:
    """A knee check from before this moment is too old to be kept."""
    return timezone.now() - timedelta(days=KEPT_DAYS)


def check_newest(*, person: Person) -> KneeCheck | None:
    """What the person last said of the knees. One query."""
    return _checks(person).first()


def check_answered(*, person: Person) -> KneeCheck | None:
    """The last check that was answered to its end: the others say too little to begin with."""
    return _checks(person).exclude(left_now=None).first()


def _checks(person: Person) -> QuerySet[KneeCheck]:
    kept = KneeCheck.objects.filter(visitor=person, created__gte=kept_since())
    return kept.order_by("-created", "-pk")


def felt_lately(*, person: Person, days: int) -> tuple[Felt, ...]:
    """What hurt a knee in the sessions of the last days, today included. One query."""
    rows = RunEvent.objects.filter(
        run__visitor=person, type="hurt", received_at__gte=_days_before(days)
    )
    found = rows.values_list("run__timeline__sha256", "body", "received_at")
    felt = (_felt(sha256, body, received) for sha256, body, received in found.order_by("pk"))
    return tuple(each for each in felt if each and each.days_ago < days)


def _felt(sha256: str, body: dict[str, Any], received: datetime) -> Felt | None:
    if body["where"] == "elsewhere":
        return None
    movements = _movements(sha256).get(body["slot"], ())
    return Felt(
        exercise=movements[body["rung"]],
        knee=body["where"],
        pain=body["pain"],
        days_ago=_days_ago(body["at"], received),
    )


@lru_cache(maxsize=64)
def _movements(sha256: str) -> dict[str, tuple[str, ...]]:
    """Slot -> the movements that an event's rung counts through."""
    body = Timeline.objects.values_list("body", flat=True).get(sha256=sha256)
    return {
        slot["id"]: tuple(rung["exercise"] for rung in (*slot["rungs"], *slot.get("others", ())))
        for slot in body["slots"]
    }


def last_time(*, person: Person, session: str) -> LastTime | None:
    """How the newest finished run of the session was rated; None: it was not. Two queries."""
    runs = Run.objects.filter(visitor=person, session=session, status=Run.Status.FINISHED)
    newest = runs.order_by("-created").values_list("pk", flat=True).first()
    rated = RunEvent.objects.filter(run=newest, type="rated").order_by("-seq", "-device")
    if newest is None or (event := rated.first()) is None:
        return None
    return LastTime(
        pain_left=event.body["pain_left"],
        pain_right=event.body["pain_right"],
        effort=event.body["effort"],
        days_ago=_days_ago(event.body["at"], event.received_at),
    )


def _days_ago(at: str, received: datetime) -> int:
    """Calendar days from an event to today. A device's clock that is ahead counts as our own."""
    happened = min(datetime.fromisoformat(at), received)
    return max(0, (timezone.localdate() - timezone.localdate(happened)).days)


def _days_before(days: int) -> datetime:
    return timezone.now() - timedelta(days=days + 1)
