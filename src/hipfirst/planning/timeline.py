# SPDX-License-Identifier: Apache-2.0
"""A session resolved for one person today: everything the player needs, and nothing to plan.

A timeline is stored once per run, immutable, with the hash of its canonical JSON.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hipfirst.packs.vocabulary import CueName, Kit, Muscle, Position, Reason, Side

Count = Annotated[int, Field(ge=1, le=200)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Score = Annotated[int, Field(ge=0, le=10)]
"""Pain or effort, 0 to 10."""
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
    """What one bout asks for: repetitions of the phases, one hold, or as many repetitions as go
    in some time.
    """

    kind: Literal["reps", "hold", "count"]
    reps: Count = 1
    hold_s: Seconds | None = None
    phases: tuple[Phase, ...]
    seconds: Sum
    """How long one bout takes: reps x phases, way in + hold + way out, or the time to count in
    [s].
    """
    measured: bool = False
    """A test: what was held [s] or counted is a result, told when the bout is done."""


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
    audio: dict[CueName, str] = {}
    """Addresses of recorded cues; a cue without one is spoken by the device."""


class Bout(Wire):
    """One set on one side. Times in seconds."""

    set: Count
    side: Literal["left", "right", "both"]
    get_ready_s: Annotated[float, Field(ge=0, le=120)]
    rest_after_s: Annotated[float, Field(ge=0, le=600)]
    switch_after: bool
    """The next bout of this slot is on the other side."""
    easier_by: Annotated[int, Field(ge=0, le=20)] = 0
    """Rungs below the slot's at which this bout is done: one knee is not the other."""


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
    others: tuple[Rung, ...] = ()
    """Movements that may stand in. An event's rung counts on into them after the rungs."""
    bouts: tuple[Bout, ...]
    substitutes: dict[Reason, str] = {}
    """Why it is skipped -> the movement offered instead, one of `rungs` or `others`."""
    because: tuple[str, ...] = ()
    """Why this slot is not as the session has it, in sentences; empty: it is."""


class ChangeNote(Wire):
    """One difference from the written session: what, by which rule, and why in a sentence."""

    slot: str = ""
    """Empty: it concerns the whole session."""
    before: str
    after: str
    """Empty: left out."""
    rule: str
    because: str


class HurtRules(Wire):
    """What the player does when a knee hurts in a movement [pain 0 to 10]."""

    step_down_from: Score = 3
    """From here on an easier rung takes its place; below, the person chooses."""
    stop_from: Score = 5
    """From here on the movement and its harder rungs are out for today and tomorrow."""


class Outlook(Wire):
    """What the next session takes from how this one felt. The first row that fits counts."""

    rule: str
    pain_from: Score = 0
    pain_to: Score = 10
    """Bounds of the higher pain of the two knees during the session; both belong to the row."""
    effort_from: Score = 0
    effort_to: Score = 10
    text: str


class Timeline(Wire):
    format: Literal[1] = 1
    session: str
    title: str
    language: str
    seconds: Sum
    """Whole session with every start rung, rests and get-ready counts [s]."""
    slots: tuple[Slot, ...]
    preview_of: Annotated[int, Field(ge=0, le=200)] = 0
    """Slots of the whole session, of which these are the first; 0: it is whole."""
    instead_of: str = ""
    """Title of the session that was asked for, where this one takes its place today."""
    changes: tuple[ChangeNote, ...] = ()
    hurts: HurtRules = HurtRules()
    harder: dict[str, tuple[str, ...]] = {}
    """Movement -> every harder one on its ladder that this timeline holds."""
    outlook: tuple[Outlook, ...] = ()
