# SPDX-License-Identifier: Apache-2.0
"""Appending to the log of a run: whatever arrives, how often and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.outcomes.events import Event, Finished, Flagged
from hipfirst.outcomes.run import Problem, RunShape, Status, fold, read, status_after
from hipfirst.planning.red_flags import BY_SLUG
from hipfirst.web.accounts.queries import person_lock
from hipfirst.web.training.errors import RunGone
from hipfirst.web.training.models import KneeCheck, Run, RunEvent
from hipfirst.web.training.queries import (
    Logged,
    check_newest,
    in_order,
    run_log,
    run_log_newest,
    run_shape,
)
from hipfirst.web.training.questions import IN_SESSION

MAX_EVENTS_OF_RUN = 5_000
"""About twenty times a long session: a bound for the disk, not for people."""
Indexed = list[tuple[int, Event]]
"""Events with their places in the batch."""


@dataclass
class Receipt:
    """What became of a batch: every event is in one of the three lists."""

    accepted: list[UUID] = field(default_factory=list)
    duplicate: list[UUID] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    unseen: tuple[Event, ...] = ()


@transaction.atomic
def events_append(*, run: Run, raw: Sequence[Any], after: int = 0) -> Receipt:
    """Store the good events of a batch, each once, and bring the run's columns up to date.

    Whatever order or number of times events arrive in, the log and the state come out the same.
    Raises RunGone.
    """
    shape, rejected = run_shape(run=run), list[Problem]()
    events = _read(shape, raw, rejected)
    if _signs(event for _index, event in events):
        _person_locked(run)
    run = _locked(run)
    if _goes_on(run, events, after):
        with suppress(IntegrityError), transaction.atomic():
            return _append(run, shape, events, Receipt(rejected=[*rejected]), after, log=None)
    # The whole log says which events are known, and what the sender has not seen.
    return _append(run, shape, events, Receipt(rejected=rejected), after, log=run_log(run=run))


def _append(  # noqa: PLR0913 the parts of one batch
    run: Run,
    shape: RunShape,
    events: Indexed,
    receipt: Receipt,
    after: int,
    *,
    log: Sequence[Logged] | None,
) -> Receipt:
    """`log`: None where the batch goes on from its end. IntegrityError: so it does not."""
    fresh = _sort_out(log or (), events, receipt)
    if fresh:
        RunEvent.objects.bulk_create(_row(run, event) for event in fresh)
        known = None if log is None else [each.event for each in log]
        _project(run, shape, known, in_order(fresh))
        _signs_keep(run, fresh)
    receipt.rejected.sort(key=lambda problem: problem.index)
    receipt.accepted = [event.id for event in fresh]
    receipt.unseen = _unseen(log or (), receipt, {event.device for event in fresh}, after)
    return receipt


def _person_locked(run: Run) -> None:
    """What is noted about the person needs their row at the end, and whoever adopts or erases them
    holds it before any run: two that take turns the other way round wait for each other for ever.
    """
    if person_lock(person_id=run.person_id) is None:
        # Adopted meanwhile, which happens once at most; or erased, and there is no run either.
        taker = Run.objects.filter(pk=run.pk).values_list("person", flat=True).first()
        if taker:
            person_lock(person_id=taker)


def _locked(run: Run) -> Run:
    # Only the run: others who play the same timeline do not wait.
    rows = Run.objects.select_for_update(of=("self",)).filter(pk=run.pk)
    found = rows.only("status", "finished_at", "last_seq", "person", "planned").first()
    if found is None:
        raise RunGone(_("There is no such thing, or it is not yours."))
    # What never changes was read before.
    found.timeline = run.timeline
    return found


def _read(shape: RunShape, raw: Sequence[Any], rejected: list[Problem]) -> Indexed:
    """The events that can be read; of the others `rejected` is told why."""
    events: Indexed = []
    for index, item in enumerate(raw):
        reading = read(shape, [item])
        rejected += [replace(fault, index=index) for fault in reading.problems[:1]]
        events += [(index, event) for event in reading.events]
    return events


def _goes_on(run: Run, events: Indexed, after: int) -> bool:
    """Whether a batch comes after all of the log, from the device that wrote last and saw it all.

    So it is nearly always. Then the state goes on from where it was, and the log need not be read,
    unless an event has an id of the log, which the database refuses.
    """
    devices = {event.device for _index, event in events}
    seqs = [event.seq for _index, event in events]
    if len(devices) != 1 or run.last_seq > after or min(seqs) <= run.last_seq:
        return False
    # A device counts upwards: below this number its events are not too many.
    if max(seqs) > MAX_EVENTS_OF_RUN:
        return False
    return run_log_newest(run=run) in {None, *devices}


def _sort_out(log: Sequence[Logged], events: Indexed, receipt: Receipt) -> list[Event]:
    """The events to store; the receipt is told of the others."""
    ids = {each.event.id for each in log}
    seqs = {(each.event.device, each.event.seq) for each in log}
    fresh: list[Event] = []
    for index, event in events:
        if event.id in ids:
            receipt.duplicate.append(event.id)
        elif message := _refusal(event, seqs):
            receipt.rejected.append(Problem(index, str(event.id), "seq", message))
        else:
            ids.add(event.id)
            seqs.add((event.device, event.seq))
            fresh.append(event)
    return fresh


def _refusal(event: Event, seqs: Collection[tuple[UUID, int]]) -> str:
    """Why an event that is new by id cannot be stored; empty if it can."""
    if (event.device, event.seq) in seqs:
        return _("%(seq)s was used by this device for another event; count upwards") % {
            "seq": event.seq
        }
    if len(seqs) >= MAX_EVENTS_OF_RUN:
        return _("this run is full: it holds %(most)s events") % {"most": MAX_EVENTS_OF_RUN}
    return ""


def _unseen(
    log: Sequence[Logged], receipt: Receipt, devices: Collection[UUID], after: int
) -> tuple[Event, ...]:
    """What the sender lacks: later by seq, or arrived since it last had an answer.

    The second half finds what a device that was offline numbered low. A duplicate means that an
    answer was lost: then only what came before the first of them is sure to be known.
    """
    repeated = set(receipt.duplicate)
    lost = [each.row for each in log if each.event.id in repeated]
    own = [each.row for each in log if each.event.device in devices]
    horizon = min(lost) if lost else max(own) if own else None
    return in_order(
        each.event
        for each in log
        if each.event.id not in repeated
        and (each.event.seq > after or (horizon is not None and each.row > horizon))
    )


def _row(run: Run, event: Event) -> RunEvent:
    return RunEvent(
        run=run,
        event_id=event.id,
        device=event.device,
        seq=event.seq,
        type=event.type,
        body=event.model_dump(mode="json"),
    )


def _project(
    run: Run, shape: RunShape, known: Sequence[Event] | None, fresh: Sequence[Event]
) -> None:
    """The run's columns. `known`: the log so far; None where all that is fresh comes after it."""
    if known is None:
        status, events = status_after(cast("Status", run.status), fresh), fresh
    else:
        events = in_order([*known, *fresh])
        status = fold(shape, events).status
    run.finished_at = _finished_at(run, events, fresh) if status == "finished" else None
    run.status = Run.Status(status)
    run.last_seq = max(run.last_seq, events[-1].seq)
    run.save(update_fields=["status", "finished_at", "last_seq"])


def _finished_at(run: Run, events: Sequence[Event], fresh: Sequence[Event]) -> datetime | None:
    """When the run came to its end, as its device says: not before it was planned, nor after we
    heard of it. A clock that is far off would hide the session among those of other years.
    """
    newest = next((event for event in reversed(events) if isinstance(event, Finished)), None)
    if newest is None or all(event.id != newest.id for event in fresh):
        return run.finished_at
    return max(run.planned, min(newest.at, timezone.now()))


def _signs_keep(run: Run, events: Sequence[Event]) -> None:
    """A sign named in a session stops as one in the knee check does, until that is answered anew.

    Also where it comes late: clocks may be wrong, and being asked twice harms nobody.
    """
    named = _signs(events)
    if not named:
        return
    newest = check_newest(person=run.person)
    check = KneeCheck(
        person=run.person,
        consent=IN_SESSION,
        age_band=newest.age_band if newest else "",
        red_flags=named,
    )
    check.full_clean()
    check.save(force_insert=True)


def _signs(events: Iterable[Event]) -> list[str]:
    """Slugs of the signs that somebody named, each once."""
    named = (event.flag for event in events if isinstance(event, Flagged))
    return [flag for flag in dict.fromkeys(named) if flag in BY_SLUG]
