# SPDX-License-Identifier: Apache-2.0
"""The state of a run: a fold of its events, the same in Python and in the player.

`read` tells good events from bad ones, each by itself; `fold` puts the good ones in the order of
(seq, device) and walks through them, so the order of arrival and repeats change nothing. The JSON
cases in tests/wire hold this module and player/src/fold.ts together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hipfirst.outcomes.events import (
    EVENT,
    Done,
    Event,
    Finished,
    Flagged,
    Hurt,
    Index,
    Moved,
    Paused,
    Rated,
    RestAdded,
    Resumed,
    RungChanged,
    Score,
    Skipped,
    Slug,
    Started,
    Swapped,
)

Status = Literal["ready", "running", "paused", "finished"]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SlotShape(_Value):
    """As much of a slot as its events may point at."""

    id: Slug
    bouts: Annotated[int, Field(ge=1, le=999)]
    rungs: Annotated[int, Field(ge=1, le=999)]
    """Its rungs and the movements that may stand in for them."""
    start_rung: Index = 0

    @model_validator(mode="after")
    def _start_rung_exists(self) -> Self:
        if self.start_rung >= self.rungs:
            raise ValueError(f"start_rung {self.start_rung} of {self.id}: has {self.rungs} rungs")
        return self


class RunShape(_Value):
    """The slots of a timeline, in order."""

    slots: Annotated[tuple[SlotShape, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        if len({slot.id for slot in self.slots}) != len(self.slots):
            raise ValueError(f"slot ids repeat: {[slot.id for slot in self.slots]}")
        return self


class RunPosition(_Value):
    """Where the run stands."""

    slot: Slug
    bout: Index
    worked: bool
    """The bout was worked through since the run came to it: what is left of it is the rest."""


class BoutState(_Value):
    """The largest report of the work in one bout, and the rest asked for beyond the plan."""

    reps: int = 0
    seconds: float = 0
    complete: bool = False
    rung: int | None = None
    """The rung that was worked; None: nothing reported."""
    rest_added_s: int = 0


class SlotState(_Value):
    id: Slug
    rung: Index
    skipped: bool
    bouts: tuple[BoutState, ...]


class HurtState(_Value):
    """One report of pain, in the order it was made."""

    slot: Slug
    rung: Index
    where: Literal["left", "right", "elsewhere"]
    pain: Score | None


class Rating(_Value):
    pain_left: Score | None
    pain_right: Score | None
    effort: Score | None
    note: str


class RunState(_Value):
    status: Status
    position: RunPosition
    slots: tuple[SlotState, ...]
    hurts: tuple[HurtState, ...]
    flags: tuple[Slug, ...]
    """Signs that were named, each once."""
    rating: Rating | None
    last_seq: int
    """The highest seq seen; 0: no event. A device numbers its next event one above."""


@dataclass(frozen=True)
class Problem:
    """One fault of one event."""

    index: int
    """Place of the event in what was given."""
    id: str
    """The event's id as given; empty where it has none or one that is no text."""
    field: str
    """Name of the field at fault; empty: the event as a whole."""
    message: str


class Reading(NamedTuple):
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]


def read(shape: RunShape, raw: Sequence[object]) -> Reading:
    """Decoded JSON -> the events that are well-formed and fit the run, and what ails the others."""
    events: list[Event] = []
    problems: list[Problem] = []
    for index, item in enumerate(raw):
        event, faults = _read_one(shape, item)
        problems += [Problem(index, _id_of(item), *fault) for fault in faults]
        events += [] if event is None else [event]
    return Reading(tuple(events), tuple(problems))


def misfit(shape: RunShape, event: Event) -> tuple[str, str] | None:
    """(field, message) of what the event points at and the run does not have, or None."""
    slug = getattr(event, "slot", None)
    if slug is None:
        return None
    slot = next((each for each in shape.slots if each.id == slug), None)
    if slot is None:
        return "slot", f"{slug!r} is no slot of this run: {', '.join(s.id for s in shape.slots)}"
    for name, count in (("bout", slot.bouts), ("rung", slot.rungs)):
        given = getattr(event, name, 0)
        if given >= count:
            return name, f"{given} is too high: {slug} has {name}s 0 to {count - 1}"
    return None


def fold(shape: RunShape, events: Iterable[Event]) -> RunState:
    """The state after all events, whatever their order and however often each is given.

    An event that does not fit the run is passed over.
    """
    book = _Book.opened(shape)
    seen = set()
    for event in sorted(events, key=lambda e: (e.seq, e.device.hex, e.id.hex)):
        if event.id not in seen and misfit(shape, event) is None:
            seen.add(event.id)
            book.enter(event)
    return book.state()


def status_after(status: Status, events: Iterable[Event]) -> Status:
    """The status of a run that had this one, after events that follow all it was made of, in
    their order.
    """
    for event in events:
        status = _next_status(status, event)
    return status


def _next_status(status: Status, event: Event) -> Status:
    match event:
        case Finished():
            return "finished"
        case Moved():
            # Looking ahead while paused leaves the run paused.
            return "paused" if status == "paused" else "running"
        case Started():
            return "running" if status == "ready" else status
        case Paused():
            return status if status == "finished" else "paused"
        case Resumed():
            return status if status == "finished" else "running"
        case _:
            return status


def _read_one(shape: RunShape, item: object) -> tuple[Event | None, list[tuple[str, str]]]:
    try:
        # By way of JSON, because strict JSON is what a player sends: "3" is no number there.
        # Half a surrogate pair is no text; as "?" it fails the rule of the field it stands in.
        text = json.dumps(item, ensure_ascii=False).encode(errors="replace")
        event = EVENT.validate_json(text, strict=True)
    except ValidationError as error:
        return None, [_fault(each["type"], each["loc"], each["msg"]) for each in error.errors()]
    fault = misfit(shape, event)
    return (event, []) if fault is None else (None, [fault])


def _fault(kind: str, location: tuple[Any, ...], message: str) -> tuple[str, str]:
    if kind.startswith("union_tag"):
        return "type", message
    # Pydantic names the member of the union first, then the field.
    return (str(location[1]) if len(location) > 1 else ""), message


def _id_of(item: object) -> str:
    given = item.get("id") if isinstance(item, dict) else None
    return given if isinstance(given, str) and _is_text(given) else ""


def _is_text(given: str) -> bool:
    """Whether it can be sent on: JSON lets half a surrogate pair through, UTF-8 does not."""
    try:
        given.encode()
    except UnicodeEncodeError:
        return False
    return True


@dataclass
class _BoutLine:
    """What the book holds of one bout; `best` orders reports: complete, reps, seconds, rung."""

    best: tuple[bool, int, float, int] | None = None
    rest_added_s: int = 0

    def state(self) -> BoutState:
        if self.best is None:
            return BoutState(rest_added_s=self.rest_added_s)
        complete, reps, seconds, rung = self.best
        return BoutState(
            reps=reps,
            seconds=seconds,
            complete=complete,
            rung=rung,
            rest_added_s=self.rest_added_s,
        )


@dataclass
class _SlotPage:
    rung: int
    lines: list[_BoutLine]
    skipped: bool = False


@dataclass
class _Book:
    """The run while its events are being walked through."""

    pages: dict[str, _SlotPage]
    slot: str
    bout: int = 0
    worked: bool = False
    status: Status = "ready"
    hurts: list[HurtState] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    rating: Rating | None = None
    last_seq: int = field(default=0)

    @classmethod
    def opened(cls, shape: RunShape) -> Self:
        pages = {
            slot.id: _SlotPage(slot.start_rung, [_BoutLine() for _ in range(slot.bouts)])
            for slot in shape.slots
        }
        return cls(pages, slot=shape.slots[0].id)

    def enter(self, event: Event) -> None:
        self.last_seq = max(self.last_seq, event.seq)
        match event:
            case Started() | Resumed() | Paused() | Finished():
                self.status = _next_status(self.status, event)
            case Moved():
                self._move(event)
            case Done():
                self._work(event)
            case RungChanged() | Swapped():
                self.pages[event.slot].rung = event.rung
            case Hurt() | Flagged() | Rated():
                self._tell(event)
            case Skipped():
                self.pages[event.slot].skipped = True
            case RestAdded():
                self.pages[event.slot].lines[event.bout].rest_added_s += event.seconds

    def _tell(self, event: Hurt | Flagged | Rated) -> None:
        match event:
            case Hurt(slot=slot, rung=rung, where=where, pain=pain):
                self.hurts.append(HurtState(slot=slot, rung=rung, where=where, pain=pain))
            case Flagged():
                self.flags += [event.flag] if event.flag not in self.flags else []
            case Rated():
                self.rating = Rating(**event.model_dump(include=set(Rating.model_fields)))

    def _move(self, event: Moved) -> None:
        self.slot, self.bout, self.worked = event.slot, event.bout, False
        self.pages[event.slot].skipped = False
        self.status = _next_status(self.status, event)

    def _work(self, event: Done) -> None:
        page = self.pages[event.slot]
        page.skipped = False
        line = page.lines[event.bout]
        report = (event.complete, event.reps, event.seconds, event.rung)
        line.best = report if line.best is None else max(line.best, report)
        if event.complete and (event.slot, event.bout) == (self.slot, self.bout):
            self.worked = True

    def state(self) -> RunState:
        slots = tuple(
            SlotState(
                id=slug,
                rung=page.rung,
                skipped=page.skipped,
                bouts=tuple(line.state() for line in page.lines),
            )
            for slug, page in self.pages.items()
        )
        position = RunPosition(slot=self.slot, bout=self.bout, worked=self.worked)
        return RunState(
            status=self.status,
            position=position,
            slots=slots,
            hurts=tuple(self.hurts),
            flags=tuple(self.flags),
            rating=self.rating,
            last_seq=self.last_seq,
        )
