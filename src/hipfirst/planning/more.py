# SPDX-License-Identifier: Apache-2.0
"""More of the same where no harder rung is left: repetitions, or seconds of a hold.

A gain is what the log of a movement earned at its rung (`progression`). Its time comes out of the
rests of the slot, of which half stay, so a session takes no longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from hipfirst.packs.documents import WorkPlan
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.changes import Change
from hipfirst.planning.dose import seconds
from hipfirst.planning.pace import PlannedSlot, Slots
from hipfirst.planning.progression import GAINS
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.today import Today
from hipfirst.planning.words import Sentence, gettext_noop

REPS = 2
"""Repetitions of one gain."""
HOLD_S = 5.0
"""Seconds of one gain."""
REST_PART = 0.5
"""So much of the written rest stays at least."""
_REPS = gettext_noop("%(name)s, repetitions: %(count)s")
_HOLD = gettext_noop("%(name)s, seconds: %(count)s")


def with_more(slots: Slots, catalogue: Catalogue) -> Slots:
    """Slots in time with what their logs earned, in no more time than they take."""
    return tuple(_with_gains(slot, catalogue) for slot in slots)


def _with_gains(slot: PlannedSlot, catalogue: Catalogue) -> PlannedSlot:
    for slug, gains in _earned(slot).items():
        exercise, count = catalogue.exercises[slug], _bouts(slot, slug)
        for _ in range(gains):
            now = slot.works[slug]
            more = _more(now)
            cost_s = count * (seconds(exercise, more) - seconds(exercise, now))
            rest_s = slot.dose.rest_s - ceil(cost_s / max(1, _rests(slot)))
            if rest_s < slot.plan.rest_s * REST_PART:
                break
            works, dose = {**slot.works, slug: more}, replace(slot.dose, rest_s=rest_s)
            slot = replace(slot, works=works, dose=dose)
    return slot


def _rests(slot: PlannedSlot) -> int:
    return sum(bout.rest_after_s > 0 for bout in slot.bouts)


def more_changes(
    before: Slots, after: Slots, today: Today, catalogue: Catalogue
) -> Iterator[Change]:
    """What was added, one change for each movement."""
    rule = BY_ID["progress-more"]
    for then, now in zip(before, after, strict=True):
        for slug, work in now.works.items():
            if work != then.works[slug]:
                name = catalogue.exercises[slug].name
                told = _said(then.works[slug], name), _said(work, name)
                why = rule.why((), today.thresholds)
                yield Change(rule.id, why, *told, slot=now.plan.id)


def _earned(slot: PlannedSlot) -> dict[str, int]:
    """Movement -> gains of it, where every side that does it has earned them."""
    found: dict[str, int] = {}
    for side in slot.choice.at:
        slug, gains = slot.choice.doing(side), slot.choice.more.get(side, 0)
        found[slug] = min(found.get(slug, GAINS), gains)
    return {slug: gains for slug, gains in found.items() if gains and not slot.works[slug].is_test}


def _bouts(slot: PlannedSlot, slug: str) -> int:
    return slot.dose.sets * sum(slot.choice.doing(side) == slug for side in slot.choice.at)


def _more(work: WorkPlan) -> WorkPlan:
    if work.hold_s is not None:
        return work.model_copy(update={"hold_s": work.hold_s + HOLD_S})
    return work.model_copy(update={"reps": (work.reps or 1) + REPS})


def _said(work: WorkPlan, name: str) -> Sentence:
    if work.hold_s is not None:
        return Sentence(_HOLD, {"name": name, "count": f"{work.hold_s:g}"})
    return Sentence(_REPS, {"name": name, "count": str(work.reps)})
