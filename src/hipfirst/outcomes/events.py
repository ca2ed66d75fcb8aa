# SPDX-License-Identifier: Apache-2.0
"""The events of a run: its log, made by the player, append-only, idempotent by id.

`seq` is a Lamport counter: a device numbers its next event one above the highest `seq` it made or
has seen in this run. So each device counts strictly upwards, and (seq, device) orders all events of
a run without any clock. `at` is the device's clock and is shown, never ordered by.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    model_validator,
)

from hipfirst.packs.vocabulary import Reason

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Index = Annotated[int, Field(ge=0, le=999)]
Score = Annotated[int, Field(ge=0, le=10)]
"""Pain or effort, 0 to 10."""
# Bounds for clocks gone astray: at the ends of the calendar a change of zone has no answer.
At = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


def _without_nul(text: str) -> str:
    """Not every database keeps this character in text, and nobody meant to write it."""
    return text.replace("\0", "")


class Envelope(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    id: UUID
    device: UUID
    seq: Annotated[int, Field(ge=1, le=2**31 - 1)]
    at: At


class Started(Envelope):
    """The run was opened on this device for the first time."""

    type: Literal["started"]


class Moved(Envelope):
    """The run stands at this bout now, by whatever way it came there."""

    type: Literal["moved"]
    slot: Slug
    bout: Index
    via: Literal["auto", "next", "back", "jump"]


class Done(Envelope):
    """Work done in a bout; of several reports for one bout the largest counts."""

    type: Literal["done"]
    slot: Slug
    bout: Index
    rung: Index
    reps: Annotated[int, Field(ge=0, le=999)]
    seconds: Annotated[float, Field(ge=0, le=7200)]
    complete: bool


class RungChanged(Envelope):
    type: Literal["rung-changed"]
    slot: Slug
    rung: Index


class Skipped(Envelope):
    """The rest of a slot was skipped; `reason` is empty where none was asked."""

    type: Literal["skipped"]
    slot: Slug
    # One literal, so that a reason that is none is told once.
    reason: Literal["", Reason] = ""


class Swapped(Envelope):
    """Another rung or movement took the slot, for a reason."""

    type: Literal["swapped"]
    slot: Slug
    rung: Index
    reason: Reason


class Hurt(Envelope):
    """A movement hurt. What follows from it is logged beside it, as rungs, swaps and skips."""

    type: Literal["hurt"]
    slot: Slug
    rung: Index
    """The movement that hurt."""
    where: Literal["left", "right", "elsewhere"]
    """Which knee, or no knee at all."""
    pain: Score | None = None
    """Unknown only away from the knees, where no pain rule holds."""

    @model_validator(mode="after")
    def _a_knee_has_a_number(self) -> Self:
        if self.where != "elsewhere" and self.pain is None:
            raise ValueError("pain in a knee needs a number from 0 to 10")
        return self


class Flagged(Envelope):
    """A sign was named that a professional should look at; no session begins until it is asked
    again.
    """

    type: Literal["flagged"]
    flag: Slug


class Rated(Envelope):
    """How the session felt, told at its end; the last telling counts."""

    type: Literal["rated"]
    pain_left: Score | None = None
    """Worst pain of the knee during the session; None: not told."""
    pain_right: Score | None = None
    effort: Score | None = None
    """Borg's CR10 scale: 0 nothing at all, 10 extremely hard."""
    note: Annotated[str, Field(max_length=500), AfterValidator(_without_nul)] = ""


class RestAdded(Envelope):
    type: Literal["rest-added"]
    slot: Slug
    bout: Index
    seconds: Annotated[int, Field(ge=1, le=600)]


class Paused(Envelope):
    type: Literal["paused"]


class Resumed(Envelope):
    type: Literal["resumed"]


class Finished(Envelope):
    """The end was reached or chosen; a later Moved opens the run again."""

    type: Literal["finished"]


Event = Annotated[
    Started
    | Moved
    | Done
    | RungChanged
    | Skipped
    | Swapped
    | Hurt
    | Flagged
    | Rated
    | RestAdded
    | Paused
    | Resumed
    | Finished,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
