# SPDX-License-Identifier: Apache-2.0
"""A session resolved for one person today: everything the player needs, and nothing to plan.

A timeline is stored once per run, immutable, with the hash of its canonical JSON.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hipfirst.packs.vocabulary import Kit, Muscle, Position, Side

Count = Annotated[int, Field(ge=1, le=200)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Sum = Annotated[float, Field(gt=0)]
"""Seconds added up from parts that have their own bounds."""


class Wire(BaseModel):
    """A frozen value that travels as JSON; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Phase(Wire):
    """One stretch of a repetition (or of a hold), in the order of the motion."""

    name: str
    seconds: Seconds
    cue: str = ""


class Work(Wire):
    """What one bout asks for: repetitions of the phases, or one hold."""

    kind: Literal["reps", "hold"]
    reps: Count = 1
    hold_s: Seconds | None = None
    phases: tuple[Phase, ...]
    seconds: Sum
    """How long one bout takes: reps x phases, or way in + hold + way out [s]."""


class Cues(Wire):
    set_up: str
    move: str
    feel: str
    avoid: str
    breathe: str


class MuscleWork(Wire):
    muscle: Muscle
    role: Literal["main", "helps"]
    side: Literal["working", "other", "both"]


class Rung(Wire):
    """One exercise document as it fills this slot."""

    exercise: str
    name: str
    position: Position
    kit: tuple[Kit, ...]
    muscles: tuple[MuscleWork, ...]
    cues: Cues
    cautions: tuple[str, ...]
    work: Work
    shown_side: Side | None
    """The working side of the clip as stored; the player mirrors it for the other."""
    clip_url: str
    still_url: str
    animation_url: str = ""
    """The movement as a moving picture, for browsers that cannot draw the figure; empty: none."""


class Bout(Wire):
    """One set on one side. Times in seconds."""

    set: Count
    side: Literal["left", "right", "both"]
    get_ready_s: Annotated[float, Field(ge=0, le=120)]
    rest_after_s: Annotated[float, Field(ge=0, le=600)]
    switch_after: bool
    """The next bout of this slot is on the other side."""


class Slot(Wire):
    """A place in the session that a rung of an exercise fills."""

    id: str
    block: str
    """Heading of the block this slot stands in."""
    why: str
    sets: Count
    start_rung: Annotated[int, Field(ge=0)]
    rungs: tuple[Rung, ...]
    """Easiest first."""
    bouts: tuple[Bout, ...]
    substitutes: dict[str, str] = {}
    """Skip reason -> exercise slug. Filled by the planner; empty means: simply go on."""


class Timeline(Wire):
    format: Literal[1] = 1
    session: str
    title: str
    language: str
    seconds: Sum
    """Whole session with every start rung, rests and get-ready counts [s]."""
    slots: tuple[Slot, ...]
