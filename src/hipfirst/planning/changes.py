# SPDX-License-Identifier: Apache-2.0
"""Every difference between the session as it is written and the one that is played, with why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hipfirst.packs.documents import Session, SlotPlan
from hipfirst.packs.strain import BoutSide
from hipfirst.planning.allow import Allowed
from hipfirst.planning.choose import Choice, Reason
from hipfirst.planning.red_flags import UNDER_16
from hipfirst.planning.rules import BY_ID, RULES
from hipfirst.planning.rules_checkin import LOGGED
from hipfirst.planning.shorten import COVERED_FROM, covered
from hipfirst.planning.today import BOTH, Place, Today
from hipfirst.planning.words import Sentence, gettext_noop, joined

LOGGED_IDS = frozenset(rule.id for rule in LOGGED)
_SIDED: Mapping[BoutSide, str] = {
    "left": gettext_noop("%(name)s, left side"),
    "right": gettext_noop("%(name)s, right side"),
    "both": "%(name)s",
}
_SETS = gettext_noop("%(name)s, sets: %(sets)s")
_RESTS = gettext_noop("Rests as written")
_SHORT_RESTS = gettext_noop("Shorter rests")
_WORK = gettext_noop("Repetitions and holds as written")
_LESS_WORK = gettext_noop("Fewer repetitions, shorter holds")
_COVERED = gettext_noop("%(why)s Other movements train most of its muscles.")


@dataclass(frozen=True)
class Change:
    """One difference: what was, what is, by which rule and why."""

    rule: str
    because: Sentence
    before: Sentence
    after: Sentence | None
    """None: left out."""
    slot: str = ""
    """Empty: it concerns the whole session."""
    exercises: tuple[str, str] | None = None
    """Slugs before and after, where one movement takes the place of another; "": left out."""
    side: BoutSide = "both"


def session_changes(asked: Session, played: Session, today: Today) -> Iterator[Change]:
    """What concerns the session as a whole."""
    if today.request.age_band == "teen":
        rule = BY_ID["under-16"]
        advice = joined(map(Sentence, UNDER_16.sentences))
        because = rule.why((), today.thresholds, advice=advice)
        title = Sentence("%(title)s", {"title": played.title})
        yield Change(rule.id, because, title, title)
    if played.slug != asked.slug:
        rule = BY_ID["flare"]
        because = rule.why(today.flaring, today.thresholds)
        yield Change(rule.id, because, _name(asked.title), _name(played.title))


def time_changes(
    slots: Mapping[str, SlotPlan], sets: Mapping[str, int], allowed: Allowed
) -> Iterator[Change]:
    """Slots and sets that there is no time for."""
    rule, minutes = BY_ID["minutes"], str(allowed.today.request.minutes)
    why = rule.why((), allowed.today.thresholds, minutes=minutes)
    kept = tuple(slots[name] for name in sets)
    for name, slot in slots.items():
        title = allowed.catalogue.exercises[slot.exercise].name
        if name not in sets:
            is_covered = covered(slot, kept, allowed.catalogue) >= COVERED_FROM
            because = Sentence(_COVERED, {"why": why}) if is_covered else why
            yield Change(rule.id, because, _name(title), None, name, (slot.exercise, ""))
        elif sets[name] < slot.sets:
            yield sets_change(Reason(rule.id, why), title, name, slot.sets, sets[name])


def sets_change(reason: Reason, title: str, slot: str, before: int, after: int) -> Change:
    then, now = (Sentence(_SETS, {"name": title, "sets": str(sets)}) for sets in (before, after))
    return Change(reason.rule, reason.because, then, now, slot)


def fewer_sets(today: Today) -> Reason | None:
    """Why there is one set fewer today, the first rule that says so; None: there is not."""
    for rule in RULES if not today.flare_day else ():
        knees = rule.fewer_sets and rule.step and rule.step(today, Place((), 0, BOTH))
        if knees:
            return Reason(rule.id, rule.why_today(knees, today))
    return None


def movement_changes(slot: SlotPlan, choice: Choice, allowed: Allowed) -> Iterator[Change]:
    """Another movement than the one written: one change for all sides, or one for each."""
    if not choice.rungs:
        yield _left_out(slot, next(iter(choice.why.values())), allowed)
        return
    shared = _shared(slot, choice, allowed)
    told: Mapping[BoutSide, Reason] = choice.why if shared is None else {"both": shared}
    for where, reason in told.items():
        side = where if shared is None else next(iter(choice.at))
        moved = (_before(slot, choice, side), choice.doing(side))
        names = (allowed.catalogue.exercises[slug].name for slug in moved)
        before, after = (Sentence(_SIDED[where], {"name": name}) for name in names)
        yield Change(reason.rule, reason.because, before, after, slot.id, moved, where)


def _before(slot: SlotPlan, choice: Choice, side: BoutSide) -> str:
    """What the session has, or what the side would do by its log where a rule steps down from it.
    Where the log itself leads elsewhere, it leads from what the session has.
    """
    reason, now = choice.why.get(side), choice.doing(side)
    if reason and reason.rule in LOGGED_IDS and now != slot.exercise:
        return slot.exercise
    return choice.usual.get(side, slot.exercise)


def _shared(slot: SlotPlan, choice: Choice, allowed: Allowed) -> Reason | None:
    """The reason of all sides, where all do the same by the same rule."""
    first, *more = choice.why.values() if choice.why else (None,)
    moves = {(_before(slot, choice, side), choice.doing(side)) for side in choice.at}
    if first is None or len(choice.why) < len(choice.at) or len(moves) > 1:
        return None
    if any(reason.rule != first.rule for reason in more):
        return None
    if first.rule in LOGGED_IDS:
        return None if any(reason.because != first.because for reason in more) else first
    knees = tuple(side for side in BOTH if any(side in r.knees for r in (first, *more)))
    if knees in {(), first.knees}:
        return first
    if any(reason.because.text != BY_ID[first.rule].because for reason in (first, *more)):
        return None  # More than one rule speaks, so each side says its own.
    because = BY_ID[first.rule].why_today(knees, allowed.today)
    return Reason(first.rule, because, knees)


def pace_changes(today: Today, *, rests: bool, work: bool) -> Iterator[Change]:
    """Rests, then work, that gave way to the clock."""
    rule = BY_ID["minutes"]
    why = rule.why((), today.thresholds, minutes=str(today.request.minutes))
    if rests:
        yield Change(rule.id, why, Sentence(_RESTS), Sentence(_SHORT_RESTS))
    if work:
        yield Change(rule.id, why, Sentence(_WORK), Sentence(_LESS_WORK))


def _left_out(slot: SlotPlan, reason: Reason, allowed: Allowed) -> Change:
    if not slot.work.is_test:
        rule = BY_ID["nothing-fits"]
        why = rule.why((), allowed.today.thresholds, why=reason.because)
        reason = Reason(rule.id, why)
    title = allowed.catalogue.exercises[slot.exercise].name
    return Change(reason.rule, reason.because, _name(title), None, slot.id, (slot.exercise, ""))


def _name(title: str) -> Sentence:
    return Sentence("%(name)s", {"name": title})
