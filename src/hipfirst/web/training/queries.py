# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast
from pydantic import TypeAdapter

from hipfirst.outcomes.events import Event
from hipfirst.outcomes.run import RunShape, RunState, SlotShape, fold
from hipfirst.packs.canonical import content_hash
from hipfirst.packs.documents import Exercise, Session
from hipfirst.planning.resolve import resolve
from hipfirst.web.accounts.access import Person
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import file_url, library_stamp
from hipfirst.web.training.models import Run, RunEvent, Timeline

EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[Event])


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


def timeline_of(*, session: Document) -> Resolved:
    """The session as it is played today: its document with all movements it may call upon.

    KeyError or ValueError where they do not make a timeline.
    """
    return _resolved(library_stamp(), session.pk)


# The same for everybody until a document changes; some 200 KB each.
@lru_cache(maxsize=32)
def _resolved(_stamp: str, session: int) -> Resolved:
    rows = Document.objects.filter(kind="exercise", published=True)
    exercises = {row.slug: Exercise.model_validate(row.body) for row in rows}
    assets = {
        row.slug: (file_url(row, "clip"), file_url(row, "still"), file_url(row, "animation"))
        for row in rows
    }
    document = Session.model_validate(Document.objects.get(pk=session).body)
    body = resolve(document, exercises, assets).model_dump(mode="json")
    return Resolved(content_hash(body), body)


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
                rungs=len(slot["rungs"]),
                start_rung=slot["start_rung"],
            )
            for slot in body["slots"]
        )
    )


def run_state(*, run: Run) -> RunState:
    return fold(run_shape(run=run), run_events(run=run))
