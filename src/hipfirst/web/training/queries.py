# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, get_args
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from pydantic import TypeAdapter

from hipfirst.outcomes.events import Event
from hipfirst.outcomes.run import RunShape, RunState, SlotShape, fold
from hipfirst.outcomes.went import Outcome
from hipfirst.packs.strain import BoutSide
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.request import Felt, LastTime
from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.once import once
from hipfirst.web.training.models import CheckIn, KneeCheck, Run, RunEvent, Timeline

EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])
GOES_ON_FOR = timedelta(days=1)
"""Without a touch for longer, what was begun is not gone on with."""
KEPT_DAYS = 30
"""How long a visitor's knee checks are kept; older ones count for nothing and are purged.

A member's stay until they are erased: the newest counts until the knees are asked again.
"""
TOLD_READ = 200
"""Tellings of how a session felt that are looked through for those of the last run."""
SIDES: tuple[Side, ...] = get_args(Side)
NO_OUTCOMES: Mapping[str, Outcome] = MappingProxyType({})


def run_find(*, person: Person, run_id: UUID) -> Run | None:
    """A run of this person; the body of its timeline is read only when asked for."""
    runs = Run.objects.select_related("timeline").defer("timeline__body")
    return runs.filter(person=person, pk=run_id).first()


@once
def run_unfinished(*, person: Person, session: str) -> Run | None:
    """The newest run of the session, unless it has come to its end or is none of these days.

    Whoever started again has done with the runs before, finished or not. Two queries at most.
    """
    runs = Run.objects.select_related("timeline").defer("timeline__body")
    whole = runs.filter(person=person, session=session, preview=False)
    newest = whole.order_by("-created").first()
    if newest is None or newest.status == Run.Status.FINISHED:
        return None
    return newest if _is_of_now(newest) else None


def preview_unfinished(*, person: Person, sha256: str) -> Run | None:
    """The newest run of that very preview, unless it is at its end or is none of these days."""
    runs = Run.objects.select_related("timeline").defer("timeline__body")
    rows = runs.filter(person=person, preview=True, timeline__sha256=sha256)
    newest = rows.order_by("-created").first()
    if newest is None or newest.status == Run.Status.FINISHED:
        return None
    return newest if _is_of_now(newest) else None


def _is_of_now(run: Run) -> bool:
    """Whether it was begun or touched within a day."""
    since = timezone.now() - GOES_ON_FOR
    return run.created >= since or run.events.filter(received_at__gte=since).exists()


def is_begun(run: Run) -> bool:
    """Whether anything happened in it, as far as is known here."""
    return run.last_seq > 0


def run_standing(
    *, person: Person, check: KneeCheck | None, session: str, sha256: Callable[[], str] = str
) -> Run | None:
    """What was begun of the session and goes on as it was begun; None: a new run is due.

    That is when the person told of the knees since it was planned, in a check, a check-in or
    another run, and the plan of today, whose `sha256` is asked only then, is not the one that the
    run plays. Four queries at most.
    """
    begun = run_unfinished(person=person, session=session)
    return begun if begun and run_fits(run=begun, check=check, sha256=sha256) else None


def run_fits(*, run: Run, check: KneeCheck | None, sha256: Callable[[], str]) -> bool:
    """Whether a run goes on as it was planned: nothing was told since, or today's plan is the same.

    `sha256` is of that, and asked only where something was told. Two queries at most.
    """
    return not _is_overtaken(run, check) or run.timeline.sha256 == sha256()


def _is_overtaken(run: Run, check: KneeCheck | None) -> bool:
    if check and check.created > run.planned:
        return True
    if CheckIn.objects.filter(person=run.person_id, at__gt=run.planned).exists():
        return True
    # What hurt in the run itself has taken its movements out already.
    told = RunEvent.objects.filter(run__person=run.person_id, type="hurt")
    return told.filter(received_at__gt=run.planned).exclude(run=run).exists()


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


def run_log_newest(*, run: Run) -> UUID | None:
    """The device whose event arrived last; None: there is no event. One query."""
    rows = RunEvent.objects.filter(run=run).order_by("-pk")
    return rows.values_list("device", flat=True).first()


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


def kept_since(now: datetime | None = None) -> datetime:
    """A visitor's knee check from before this moment is too old to be kept."""
    return (now or timezone.now()) - timedelta(days=KEPT_DAYS)


@once
def check_newest(*, person: Person) -> KneeCheck | None:
    """What the person last said of the knees. One query."""
    return checks_of(person=person).first()


def check_answered(*, person: Person) -> KneeCheck | None:
    """The last check that was answered to its end: the others say too little to begin with."""
    return checks_of(person=person).exclude(left_now=None).first()


def checks_of(*, person: Person, now: datetime | None = None) -> QuerySet[KneeCheck]:
    """Newest first; a visitor's older ones count for nothing."""
    kept = Q(created__gte=kept_since(now)) | Q(person__account__isnull=False)
    return KneeCheck.objects.filter(kept, person=person).order_by("-created", "-pk")


def felt_lately(*, person: Person, days: int) -> tuple[Felt, ...]:
    """What hurt a knee in the sessions of the last days, today included. One query."""
    rows = RunEvent.objects.filter(
        run__person=person, type="hurt", received_at__gte=_days_before(days)
    )
    found = rows.values_list("run__timeline__sha256", "body", "received_at", "run__planned")
    felt = (_felt(sha256, body, *bounds) for sha256, body, *bounds in found.order_by("pk"))
    return tuple(each for each in felt if each and each.days_ago < days)


def _felt(sha256: str, body: dict[str, Any], received: datetime, planned: datetime) -> Felt | None:
    if body["where"] == "elsewhere":
        return None
    movements = _movements(sha256).get(body["slot"], ())
    return Felt(
        exercise=movements[body["rung"]],
        knee=body["where"],
        pain=body["pain"],
        days_ago=_days_ago(_happened(body["at"], received, planned)),
    )


@lru_cache(maxsize=64)
def _movements(sha256: str) -> dict[str, tuple[str, ...]]:
    """Slot -> the movements that an event's rung counts through."""
    body = Timeline.objects.values_list("body", flat=True).get(sha256=sha256)
    return {
        slot["id"]: tuple(rung["exercise"] for rung in (*slot["rungs"], *slot.get("others", ())))
        for slot in body["slots"]
    }


def last_time(
    *, person: Person, session: str, outcomes: Mapping[str, Outcome] = NO_OUTCOMES
) -> LastTime | None:
    """How the session felt last, of all its finished runs; None: nobody told. One query.

    `outcomes` of runs, by the hex of their ids, say what was done in it.

    Of each knee the worst, told on the way or at the end: a mild rating takes no report back. A
    run that was played offline may arrive after a later one.
    """
    rows = RunEvent.objects.filter(
        Q(type="rated") | Q(type="hurt", body__where__in=SIDES),
        run__person=person,
        run__session=session,
        run__preview=False,
        run__status=Run.Status.FINISHED,
    )
    # Nothing happens after it arrived: what is newest is among those that arrived last.
    newest = rows.order_by("-received_at", "-pk")[:TOLD_READ].select_related("run")
    told_of: dict[UUID, list[RunEvent]] = {}
    # Within a run the last rating counts, whenever its device says that it was.
    for row in sorted(newest, key=lambda row: (row.seq, row.device.hex)):
        told_of.setdefault(row.run_id, []).append(row)
    if not told_of:
        return None
    told = max(told_of.values(), key=lambda rows: (_when(_told_last(rows)), _told_last(rows).pk))
    last = _told_last(told)
    rating: dict[str, Any] = last.body if last.type == "rated" else {}
    return LastTime(
        pain_left=_worst("left", told, rating),
        pain_right=_worst("right", told, rating),
        effort=rating.get("effort"),
        days_ago=_days_ago(_when(last)),
        did=_did(outcomes.get(last.run_id.hex)),
    )


def _did(said: Outcome | None) -> frozenset[tuple[str, BoutSide]]:
    """The slots, and sides of them, that were done to their end; none of what went badly."""
    went = said.movements if said else ()
    badly = {each.slot for each in went if each.went not in {"easy", "well"}}
    return frozenset((each.slot, each.side) for each in went if each.slot not in badly)


def _told_last(rows: list[RunEvent]) -> RunEvent:
    """The rating that counts; of a run that nobody rated, the report that does."""
    return next((row for row in reversed(rows) if row.type == "rated"), rows[-1])


def _worst(knee: Side, told: list[RunEvent], rating: dict[str, Any]) -> int | None:
    hurt = (row.body["pain"] for row in told if row.type == "hurt" and row.body["where"] == knee)
    pains = (rating.get(f"pain_{knee}"), *hurt)
    return max((pain for pain in pains if pain is not None), default=None)


def _when(row: RunEvent) -> datetime:
    return _happened(row.body["at"], row.received_at, row.run.planned)


def _happened(at: str, received: datetime, planned: datetime) -> datetime:
    """When an event was, in the zone of its device.

    A clock that is ahead counts as our own; one that is behind, as no earlier than the plan.
    """
    said = datetime.fromisoformat(at)
    return max(min(said, received), planned).astimezone(said.tzinfo)


def _days_ago(happened: datetime) -> int:
    """Calendar days from that moment to now, by the days of the place it was in."""
    today = timezone.now().astimezone(happened.tzinfo).date()
    return max(0, (today - happened.date()).days)


def _days_before(days: int) -> datetime:
    return timezone.now() - timedelta(days=days + 1)
