# SPDX-License-Identifier: Apache-2.0
"""The events of a run: its log, made by the player, append-only, idempotent by id.

`seq` is a Lamport counter: a device numbers its next event one above the highest `seq` it made or
has seen in this run. So each device counts strictly upwards, and (seq, device) orders all events of
a run without any clock. `at` is the device's clock and is shown, never ordered by.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Index = Annotated[int, Field(ge=0, le=999)]
# Bounds for clocks gone astray: at the ends of the calendar a change of zone has no answer.
At = Annotated[
    AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC))
]


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
    reason: Literal["", "hurts", "too-hard", "too-easy", "no-space", "no-kit", "not-today"] = ""


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
    Started | Moved | Done | RungChanged | Skipped | RestAdded | Paused | Resumed | Finished,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
