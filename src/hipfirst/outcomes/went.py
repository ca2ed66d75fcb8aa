# SPDX-License-Identifier: Apache-2.0
"""How each movement of a run went, on each side by itself, as its log has it.

Pure: what a timeline asked for and the events of one run. A movement that was not begun says
nothing, unless somebody told that it was too hard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hipfirst.outcomes.events import Done, Event, Hurt, Moved, RungChanged, Skipped, Swapped
from hipfirst.outcomes.run import Rating, RunShape, RunState, SlotShape, SlotState, fold
from hipfirst.packs.strain import BoutSide

HowItWent = Literal["easy", "well", "short", "too-hard", "hurt"]
_WORST_FIRST: tuple[HowItWent, ...] = ("hurt", "too-hard", "short", "well", "easy")
Line = tuple[str, BoutSide, str]
"""A movement on one side in one slot."""


@dataclass(frozen=True)
class MovementAsked:
    exercise: str
    sided: bool
    """It works one side at a time; otherwise every bout of it is of both."""


@dataclass(frozen=True)
class BoutAsked:
    side: BoutSide
    easier_by: int = 0
    """Rungs below the slot's at which this bout is done."""


@dataclass(frozen=True)
class SlotAsked:
    """A slot of a timeline, as far as it matters here."""

    id: str
    movements: tuple[MovementAsked, ...]
    """Its rungs, easiest first, then what may stand in for them."""
    rungs: int
    """How many of them are rungs."""
    start_rung: int
    bouts: tuple[BoutAsked, ...]

    def line(self, rung: int, side: BoutSide) -> Line:
        movement = self.movements[rung]
        return movement.exercise, side if movement.sided else "both", self.id

    def played(self, rung: int, bout: BoutAsked) -> int:
        """With which movement a bout is done while the slot stands at `rung`."""
        # What stands in for the rungs is the same for both knees.
        return max(0, rung - bout.easier_by) if rung < self.rungs else rung


@dataclass(frozen=True)
class Went:
    exercise: str
    side: BoutSide
    slot: str
    went: HowItWent


@dataclass(frozen=True)
class Felt:
    """The worst pain of each knee during the run, reported or rated; None: not told."""

    left: int | None = None
    right: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run says to the next one."""

    movements: tuple[Went, ...] = ()
    felt: Felt = Felt()


def outcome(
    slots: Sequence[SlotAsked], events: Iterable[Event], *, amber: int, easy_effort: int
) -> Outcome:
    """`amber`: pain from which a movement hurt; `easy_effort`: effort up to which a run was easy.

    Events in any order and however often; one that does not fit the slots is passed over.
    """
    if not slots:
        return Outcome()
    once = {event.id: event for event in events}
    log = sorted(once.values(), key=lambda e: (e.seq, e.device.hex, e.id.hex))
    shape = RunShape(slots=tuple(_shape(slot) for slot in slots))
    state = fold(shape, log)
    by_id = {slot.id: slot for slot in slots}
    told = _told(by_id, log)
    found: dict[Line, set[HowItWent]] = {}
    for slot, after in zip(slots, state.slots, strict=True):
        for line, went in _worked(slot, after, state.rating, amber, easy_effort):
            found.setdefault(line, set()).add(went)
        for line in told.stepped_down.get(slot.id, ()):
            # Somebody who tried an easier one and came back found it was not too hard.
            if line in found and _worked_lower(slot, after, line):
                found[line].add("too-hard")
    for line in told.too_hard:
        found.setdefault(line, set()).add("too-hard")
    # Who says that it hurts is asked which knee; where nothing was answered, it hurt at hand.
    answered = {hurt.slot for hurt in state.hurts}
    at_hand = (line for line in told.hurts if line[2] not in answered)
    for line in (*_hurt(by_id, log, amber), *at_hand):
        found.setdefault(line, set()).add("hurt")
    return Outcome(tuple(Went(*line, _worst(went)) for line, went in found.items()), _felt(state))


def _shape(slot: SlotAsked) -> SlotShape:
    return SlotShape(
        id=slot.id,
        bouts=len(slot.bouts),
        rungs=len(slot.movements),
        start_rung=slot.start_rung,
    )


def _worst(went: set[HowItWent]) -> HowItWent:
    return next(each for each in _WORST_FIRST if each in went)


def _worked(
    slot: SlotAsked, after: SlotState, rating: Rating | None, amber: int, easy_effort: int
) -> Iterator[tuple[Line, HowItWent]]:
    """What was worked of a slot: on each side, each movement of it."""
    for side in dict.fromkeys(bout.side for bout in slot.bouts):
        mine = [n for n, bout in enumerate(slot.bouts) if bout.side == side]
        lines = [
            (slot.line(rung, side), after.bouts[n].complete)
            for n in mine
            if (rung := after.bouts[n].rung) is not None
        ]
        for line in dict.fromkeys(line for line, _complete in lines):
            whole = all(complete for each, complete in lines if each == line)
            # What was left undone is asked of the movement that was worked last.
            left = len(lines) < len(mine) and line == lines[-1][0]
            if left or not whole:
                yield line, "short"
            else:
                yield line, "easy" if _is_easy(line, rating, amber, easy_effort) else "well"


def _is_easy(line: Line, rating: Rating | None, amber: int, easy_effort: int) -> bool:
    """The run cost little effort, and told of no sore knee on that side."""
    if rating is None or rating.effort is None or rating.effort > easy_effort:
        return False
    pains = {"left": rating.pain_left, "right": rating.pain_right}
    sides = ("left", "right") if line[1] == "both" else (line[1],)
    told = [pain for side in sides if (pain := pains[side]) is not None]
    return bool(told) and max(told) < amber


@dataclass
class _Told:
    """What somebody made easier, or left, and why."""

    too_hard: list[Line] = field(default_factory=list)
    hurts: list[Line] = field(default_factory=list)
    stepped_down: dict[str, list[Line]] = field(default_factory=dict)

    def because(self, reason: str, lines: list[Line]) -> None:
        self.too_hard += lines if reason == "too-hard" else []
        self.hurts += lines if reason == "hurts" else []


def _told(slots: Mapping[str, SlotAsked], log: Iterable[Event]) -> _Told:
    told = _Told()
    rungs = {slot.id: slot.start_rung for slot in slots.values()}
    at: tuple[str, int] | None = None
    for event in log:
        slot = slots.get(getattr(event, "slot", ""))
        if slot is None or not _fits(slot, event):
            continue
        lines = _at_hand(slot, rungs[slot.id], at)
        match event:
            case Moved():
                at = event.slot, event.bout
            case Skipped():
                told.because(event.reason, lines)
            case Swapped():
                told.because(event.reason, lines)
                rungs[slot.id] = event.rung
            case RungChanged():
                if event.rung < rungs[slot.id] < slot.rungs:
                    told.stepped_down.setdefault(slot.id, []).extend(lines)
                rungs[slot.id] = event.rung
    return told


def _fits(slot: SlotAsked, event: Event) -> bool:
    rung, bout = getattr(event, "rung", 0), getattr(event, "bout", 0)
    return rung < len(slot.movements) and bout < len(slot.bouts)


def _at_hand(slot: SlotAsked, rung: int, at: tuple[str, int] | None) -> list[Line]:
    """The bout at hand where it is one of the slot, else all of them."""
    bouts = [slot.bouts[at[1]]] if at and at[0] == slot.id else slot.bouts
    return [slot.line(slot.played(rung, bout), bout.side) for bout in bouts]


def _worked_lower(slot: SlotAsked, after: SlotState, line: Line) -> bool:
    """Whether a bout of that side was worked on a rung below."""
    exercise, side, _ = line
    own = next(n for n, movement in enumerate(slot.movements) if movement.exercise == exercise)
    return any(
        reported.rung is not None and reported.rung < own and side in {bout.side, "both"}
        for bout, reported in zip(slot.bouts, after.bouts, strict=True)
    )


def _hurt(slots: Mapping[str, SlotAsked], log: Iterable[Event], amber: int) -> Iterator[Line]:
    """What hurt, on the side of the knee and on the side that was worked: a knee that only carried
    the work of the other side hurts because of that work.
    """
    stood: dict[str, BoutAsked] = {}
    worked: dict[str, BoutAsked] = {}
    for event in log:
        slot = slots.get(getattr(event, "slot", ""))
        if slot is None or not _fits(slot, event):
            continue
        match event:
            case Moved():
                stood[slot.id] = slot.bouts[event.bout]
            case Done():
                worked[slot.id] = slot.bouts[event.bout]
            case Hurt(where="left" | "right" as knee, pain=int(pain)) if pain >= amber:
                # Come to the next bout, but not begun with it: either of the two may be meant.
                at_hand = (each[slot.id] for each in (stood, worked) if slot.id in each)
                for side in (knee, *(bout.side for bout in at_hand)):
                    yield slot.line(event.rung, side)


def _felt(state: RunState) -> Felt:
    rating = state.rating
    return Felt(
        left=_most(state, "left", rating.pain_left if rating else None),
        right=_most(state, "right", rating.pain_right if rating else None),
    )


def _most(state: RunState, side: BoutSide, rated: int | None) -> int | None:
    hurts = [each.pain for each in state.hurts if each.where == side and each.pain is not None]
    return max([*hurts, *([] if rated is None else [rated])], default=None)
