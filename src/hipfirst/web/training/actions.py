# SPDX-License-Identifier: Apache-2.0
"""The only writes: start a run, append to its log."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hipfirst.outcomes.events import Event, Finished
from hipfirst.outcomes.run import Problem, RunShape, RunState, fold, read
from hipfirst.packs.canonical import content_hash
from hipfirst.planning.timeline import Timeline as TimelineValue
from hipfirst.web.accounts.access import Person
from hipfirst.web.accounts.models import Visitor
from hipfirst.web.library.models import Document
from hipfirst.web.training.errors import NotPlayable
from hipfirst.web.training.models import Run, RunEvent, Timeline
from hipfirst.web.training.queries import (
    run_events,
    run_events_unseen,
    run_shape,
    run_unfinished,
    timeline_of,
)

_log = logging.getLogger(__name__)
MAX_EVENTS_OF_RUN = 20_000
"""About a hundred times a long session: a bound for the disk, not for people."""


@dataclass
class Receipt:
    """What became of a batch: every event is in one of the three lists."""

    accepted: list[UUID] = field(default_factory=list)
    duplicate: list[UUID] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    unseen: tuple[Event, ...] = ()


@transaction.atomic
def run_start(*, visitor: Visitor, session: Document, again: bool = False) -> Run:
    """The visitor's unfinished run of the session, or a new one (always, if `again`)."""
    # Two presses of the same button wait for each other here.
    Visitor.objects.select_for_update().get(pk=visitor.pk)
    if not again and (unfinished := run_unfinished(person=visitor, session=session.slug)):
        return unfinished
    timeline = timeline_store(timeline=_playable(session))
    run = Run(visitor=visitor, timeline=timeline, session=session.slug, title=session.title)
    run.full_clean()
    run.save(force_insert=True)
    return run


def _playable(session: Document) -> TimelineValue:
    try:
        return timeline_of(session=session)
    except (KeyError, ValueError) as error:
        _log.exception("session %s cannot be resolved; run `hipfirst check`", session.slug)
        message = _("This session cannot be played yet: a part of it is missing on this site.")
        raise NotPlayable(message) from error


def timeline_store(*, timeline: TimelineValue) -> Timeline:
    """The row that holds this timeline, made if there is none."""
    body = timeline.model_dump(mode="json")
    row, _created = Timeline.objects.get_or_create(
        sha256=content_hash(body), defaults={"body": body}
    )
    return row


@transaction.atomic
def events_append(*, run: Run, raw: Sequence[Any], after: int = 0) -> Receipt:
    """Store the good events of a batch, each once, and bring the run's columns up to date.

    Whatever order or number of times events arrive in, the log and the state come out the same.
    """
    run = Run.objects.select_for_update().select_related("timeline").get(pk=run.pk)
    shape = run_shape(run=run)
    receipt, fresh, since_row = _sort_out(run, shape, raw)
    RunEvent.objects.bulk_create(_row(run, event) for event in fresh)
    receipt.accepted = [event.id for event in fresh]
    if fresh:
        _project(run, shape)
    sent = [*receipt.accepted, *receipt.duplicate]
    receipt.unseen = run_events_unseen(run=run, after=after, since_row=since_row, sent=sent)
    return receipt


def _sort_out(
    run: Run, shape: RunShape, raw: Sequence[Any]
) -> tuple[Receipt, list[Event], int | None]:
    """(duplicates and rejections, events to store, last row the sender surely knows)."""
    known = _Known.of(run)
    receipt, fresh = Receipt(), []
    for index, item in enumerate(raw):
        reading = read(shape, [item])
        receipt.rejected += [replace(fault, index=index) for fault in reading.problems[:1]]
        for event in reading.events:
            if event.id in known.ids:
                receipt.duplicate.append(event.id)
            elif message := known.refusal(event):
                receipt.rejected.append(Problem(index, str(event.id), "seq", message))
            else:
                known.add(event)
                fresh.append(event)
    return receipt, fresh, known.horizon(fresh, receipt.duplicate)


@dataclass
class _Known:
    """The log as far as it decides what is new."""

    ids: dict[UUID, int | None]
    """Event -> its row; None for those of this batch."""
    seqs: set[tuple[UUID, int]]
    last_row: dict[UUID, int]
    """Device -> row of its latest event."""

    @classmethod
    def of(cls, run: Run) -> _Known:
        rows = list(run.events.order_by("pk").values_list("pk", "event_id", "device", "seq"))
        return cls(
            ids={event_id: pk for pk, event_id, _device, _seq in rows},
            seqs={(device, seq) for _pk, _id, device, seq in rows},
            last_row={device: pk for pk, _id, device, _seq in rows},
        )

    def refusal(self, event: Event) -> str:
        """Why an event that is new by id cannot be stored; empty if it can."""
        if (event.device, event.seq) in self.seqs:
            return _("%(seq)s was used by this device for another event; count upwards") % {
                "seq": event.seq
            }
        if len(self.seqs) >= MAX_EVENTS_OF_RUN:
            return _("this run is full: it holds %(most)s events") % {"most": MAX_EVENTS_OF_RUN}
        return ""

    def add(self, event: Event) -> None:
        self.ids[event.id] = None
        self.seqs.add((event.device, event.seq))

    def horizon(self, fresh: list[Event], duplicate: list[UUID]) -> int | None:
        """The row up to which the sender has had an answer.

        A duplicate means that an answer was lost: then only what came before it is sure.
        """
        repeated = [row for each in duplicate if (row := self.ids[each]) is not None]
        if repeated:
            return min(repeated)
        own = [self.last_row[e.device] for e in fresh if e.device in self.last_row]
        return max(own, default=None)


def _row(run: Run, event: Event) -> RunEvent:
    return RunEvent(
        run=run,
        event_id=event.id,
        device=event.device,
        seq=event.seq,
        type=event.type,
        body=event.model_dump(mode="json"),
    )


def _project(run: Run, shape: RunShape) -> None:
    events = run_events(run=run)
    state = fold(shape, events)
    bouts = [bout for slot in state.slots for bout in slot.bouts]
    run.status = Run.Status(state.status)
    run.finished_at = _finished_at(state, events)
    run.last_seq = state.last_seq
    run.bouts_done = sum(bout.complete for bout in bouts)
    run.seconds_worked = sum(bout.seconds for bout in bouts)
    run.full_clean(exclude=["visitor", "timeline"])
    run.save(update_fields=["status", "finished_at", "last_seq", "bouts_done", "seconds_worked"])


def _finished_at(state: RunState, events: Sequence[Event]) -> Any:
    if state.status != "finished":
        return None
    return next(event.at for event in reversed(events) if isinstance(event, Finished))


def runs_adopt(giver: Person, taker: Person) -> None:
    Run.objects.filter(visitor=giver).update(visitor=taker)


def runs_erase(person: Person) -> int:
    """Erase the runs with their logs, and the timelines that nobody else plays."""
    timelines = list(Run.objects.filter(visitor=person).values_list("timeline", flat=True))
    erased, _by_model = Run.objects.filter(visitor=person).delete()
    Timeline.objects.filter(pk__in=timelines, runs=None).delete()
    return erased
