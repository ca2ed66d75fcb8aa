# SPDX-License-Identifier: Apache-2.0
"""A session fitted into the minutes there are: fewer sets first, then fewer slots.

Looks at the session as it is written and never at pain, so sore knees lose no slot to the clock
that calm ones keep.
"""

from __future__ import annotations

from collections.abc import Mapping

from hipfirst.packs.documents import SlotPlan
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.bouts import Body, Dose, after, bouts, seconds_of
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.choose import sides_of, slot_seconds

WORTH: Mapping[str, float] = {
    "gluteus-medius": 4,
    "gluteus-maximus": 4,
    "deep-rotators": 3,
    "piriformis": 3,
    "iliopsoas": 3,
    "adductors": 3,
    "gluteus-minimus": 2,
}
"""What training a muscle is worth where there is no time for all; any other muscle: 1. The big
movers of the hip first, because the trials behind this site trained them.
"""
AGAIN = 0.2
"""Share of that worth for a muscle that is trained already."""
COVERED_FROM = 0.5
"""Share of main muscles from which another movement is said to train them, too."""


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
    if _estimate(slots, sets, catalogue, weaker) <= most_s:
        return sets
    kept = _worth_most(slots, sets, catalogue, weaker, most_s)
    return {name: count for name, count in sets.items() if name in kept}


def covered(slot: SlotPlan, kept: tuple[SlotPlan, ...], catalogue: Catalogue) -> float:
    """How much of what `slot` trains one of the slots that are kept trains, too, 0 to 1."""
    return max(catalogue.shared(slot.exercise, other.exercise)[0] for other in kept)


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


def _worth_most(
    slots: tuple[SlotPlan, ...],
    sets: Mapping[str, int],
    catalogue: Catalogue,
    weaker: Side | None,
    most_s: float,
) -> frozenset[str]:
    """The slots that train most hip muscles for their time, chosen one after the other.

    What a chosen slot trains counts little for the next; an extra for the weaker side comes last.
    """
    cost = {slot.id: _estimate((slot,), sets, catalogue, weaker) for slot in slots}
    kept, trained = set[str](), set[str]()
    left_s = most_s

    def rank(slot: SlotPlan) -> tuple[bool, float]:
        main = catalogue.main[slot.exercise]
        worth = sum(WORTH.get(m, 1) * (AGAIN if m in trained else 1) for m in main)
        return (slot.sides != "weaker", worth / cost[slot.id])

    while fitting := [s for s in slots if s.id not in kept and (cost[s.id] <= left_s or not kept)]:
        best = max(fitting, key=rank)
        kept.add(best.id)
        trained |= catalogue.main[best.exercise]
        left_s -= cost[best.id]
    return frozenset(kept)
