# SPDX-License-Identifier: Apache-2.0
"""A session fitted into the minutes there are: fewer sets first, then fewer slots.

Looks at the session as it is written and never at pain, so sore knees lose no slot to the clock
that calm ones keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hipfirst.packs.documents import SlotPlan
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.bouts import Body, Dose, after, bouts, seconds_of
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.choose import sides_of, slot_seconds


def written_seconds(
    slots: tuple[SlotPlan, ...], catalogue: Catalogue, weaker: Side | None
) -> float:
    """How long these slots take as they are written [s]."""
    total, body = 0.0, Body()
    for n, slot in enumerate(slots, 1):
        dose = Dose(slot.sets, slot.rest_s)
        made, body = _one(slot, catalogue, weaker, dose, body)
        took = made - (slot.rest_s if n == len(slots) else 0.0)
        total += took
    return total


def shortened(
    slots: tuple[SlotPlan, ...], catalogue: Catalogue, weaker: Side | None, most_s: float
) -> dict[str, int]:
    """Slot id -> its sets; slots that are missing go. All as written when that fits `most_s`."""
    sets = {slot.id: slot.sets for slot in slots}
    if written_seconds(slots, catalogue, weaker) <= most_s:
        return sets
    while max(sets.values()) > 1 and _estimate(slots, sets, catalogue, weaker) > most_s:
        most = max(sets.values())
        latest = [slot.id for slot in slots if sets[slot.id] == most][-1]
        sets[latest] -= 1
    while len(sets) > 1 and _estimate(slots, sets, catalogue, weaker) > most_s:
        kept = tuple(slot for slot in slots if slot.id in sets)
        del sets[_most_covered(kept, catalogue)]
    return sets


def cover(slot: SlotPlan, kept: tuple[SlotPlan, ...], catalogue: Catalogue) -> str:
    """Of the slots that are kept, the exercise that trains most of what `slot` trains."""
    best = max(kept, key=lambda other: catalogue.shared(slot.exercise, other.exercise))
    return best.exercise


def _estimate(
    slots: tuple[SlotPlan, ...], sets: Mapping[str, int], catalogue: Catalogue, weaker: Side | None
) -> float:
    """An upper bound: every slot as if it began in another position [s]."""
    return sum(
        _one(slot, catalogue, weaker, Dose(sets[slot.id], slot.rest_s), Body())[0]
        for slot in slots
        if slot.id in sets
    )


def _one(
    slot: SlotPlan, catalogue: Catalogue, weaker: Side | None, dose: Dose, body: Body
) -> tuple[float, Body]:
    """How long a slot takes [s], and how the person is placed then."""
    exercise = catalogue.exercises[slot.exercise]
    doing = dict.fromkeys(sides_of(slot, weaker), exercise)
    work_s = dict.fromkeys(doing, slot_seconds(slot, catalogue))
    made = bouts(dose, doing, body, last=False)
    return sum(seconds_of(made, work_s)), after(dose, doing, body)


def _most_covered(slots: tuple[SlotPlan, ...], catalogue: Catalogue) -> str:
    """The slot whose main muscles the others train most; the longer, then the later of equals."""

    def covered(n: int) -> Iterator[int]:
        others = [catalogue.main[slot.exercise] for slot in (*slots[:n], *slots[n + 1 :])]
        for muscle in catalogue.main[slots[n].exercise]:
            yield sum(muscle in main for main in others)

    def rank(n: int) -> tuple[int, float, float, int]:
        counts = tuple(covered(n)) or (len(slots),)
        return (min(counts), sum(counts) / len(counts), slot_seconds(slots[n], catalogue), n)

    return slots[max(range(len(slots)), key=rank)].id
