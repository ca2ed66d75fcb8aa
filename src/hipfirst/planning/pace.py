# SPDX-License-Identifier: Apache-2.0
"""The chosen slots in time: bouts in order, and no more minutes than there are.

Movements that stand in may need another position, and so more time to get ready. Where that makes
a session too long, rests give way first, then the work; never a rung, a set or a slot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from hipfirst.packs.documents import SlotPlan, WorkPlan
from hipfirst.packs.strain import BoutSide
from hipfirst.packs.vocabulary import Reason
from hipfirst.planning.bouts import Body, Dose, after, bouts, seconds_of
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.choose import Choice
from hipfirst.planning.dose import fitted, seconds
from hipfirst.planning.timeline import Bout

_TENTH = 10


@dataclass(frozen=True)
class PlannedSlot:
    """A slot as it is played today."""

    block: str
    plan: SlotPlan
    """As the session has it."""
    choice: Choice
    dose: Dose
    works: Mapping[str, WorkPlan]
    """Work of each rung."""
    offer: Callable[[], Mapping[Reason, str]] = field(compare=False, repr=False)
    """What is offered instead; only who plays the session, or takes it along, needs to know."""
    bouts: tuple[Bout, ...] = ()
    work_s: Mapping[BoutSide, float] = field(default_factory=dict)
    """How long one set takes on each side [s]."""

    @property
    def start(self) -> int:
        """The rung of the slot: the higher one of both sides."""
        return max(self.choice.at.values())

    @cached_property
    def substitutes(self) -> Mapping[Reason, str]:
        """Reason to skip what is played -> the movement that is offered instead."""
        return self.offer()

    @property
    def others(self) -> tuple[str, ...]:
        """Movements that may stand in and are no rungs of the slot."""
        found = dict.fromkeys(self.substitutes.values())
        return tuple(slug for slug in found if slug not in self.choice.rungs)


Slots = tuple[PlannedSlot, ...]


class Paced(NamedTuple):
    """Slots with their bouts, the seconds of all, and what gave way to the clock."""

    slots: Slots
    seconds: float
    rests: bool = False
    work: bool = False


def paced(slots: Slots, catalogue: Catalogue, most_s: float | None) -> Paced:
    """The slots in time, within `most_s` [s] as far as work can be made shorter."""
    made = _placed(slots, catalogue)
    if most_s is None or made.seconds <= most_s:
        return made
    resting = sum(bout.rest_after_s for slot in made.slots for bout in slot.bouts)
    part = max(0.0, 1 - (made.seconds - most_s) / resting) if resting else 0.0
    rested = tuple(_rested(slot, part) for slot in slots)
    made = _placed(rested, catalogue)
    return _lightened(rested, made._replace(rests=resting > 0), catalogue, most_s)


def _lightened(slots: Slots, made: Paced, catalogue: Catalogue, most_s: float) -> Paced:
    while made.seconds > most_s:
        lighter = tuple(_lighter(slot, catalogue) for slot in slots)
        if lighter == slots:
            return made
        slots = lighter
        made = _placed(slots, catalogue)._replace(rests=made.rests, work=True)
    return made


def _placed(slots: Slots, catalogue: Catalogue) -> Paced:
    total, body, made = 0.0, Body(), list[PlannedSlot]()
    for n, slot in enumerate(slots, 1):
        at = slot.choice.at
        doing = {side: catalogue.exercises[slot.choice.doing(side)] for side in at}
        easier = {side: slot.start - rung for side, rung in at.items()}
        found = bouts(slot.dose, doing, body, last=n == len(slots), easier_by=easier)
        work_s = {side: seconds(each, slot.works[each.slug]) for side, each in doing.items()}
        total += sum(seconds_of(found, work_s))
        body = after(slot.dose, doing, body)
        made.append(replace(slot, bouts=found, work_s=work_s))
    return Paced(tuple(made), round(total, 3))


def _rested(slot: PlannedSlot, part: float) -> PlannedSlot:
    """The slot with only this part of its rests, in whole seconds."""
    return replace(slot, dose=replace(slot.dose, rest_s=float(int(slot.dose.rest_s * part))))


def _lighter(slot: PlannedSlot, catalogue: Catalogue) -> PlannedSlot:
    """A repetition less, or a tenth of a hold, of what is played; never nothing."""
    works = dict(slot.works)
    for slug in {slot.choice.doing(side) for side in slot.choice.at}:
        exercise, now = catalogue.exercises[slug], works[slug]
        less = seconds(exercise, now) * (1 - 1 / (now.reps or _TENTH))
        works[slug] = fitted(exercise, now, less) or now
    return replace(slot, works=works)
