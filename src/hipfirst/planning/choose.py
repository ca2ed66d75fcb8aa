# SPDX-License-Identifier: Apache-2.0
"""What fills a slot today: a rung on each side, another movement, or nothing, and why.

Calmer knees have every movement that sore ones have, and aim no lower. So the hardest rung that is
allowed, and another movement no harder than the easiest rung where there is none, never give an
easier session for less pain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hipfirst.packs.documents import SlotPlan, WorkPlan
from hipfirst.packs.slots import fits_sides, rungs_of, work_of
from hipfirst.packs.strain import BoutSide
from hipfirst.packs.vocabulary import Side
from hipfirst.planning.aim import Aim, aim, loading
from hipfirst.planning.allow import Allowed, Ban, Sides
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.dose import fitted, seconds
from hipfirst.planning.rules import BY_ID
from hipfirst.planning.today import BOTH, Knees, Place, named
from hipfirst.planning.words import Sentence, gettext_noop, joined

_AMBER = gettext_noop("%(knee)s: amber today, and this test asks much of it.")
FULL = 2
"""Slots that one movement fills at most, where anything else is free."""
Used = Mapping[str, int]
"""Movement -> the slots of the session that it fills."""


class Able(NamedTuple):
    """A movement that may stand in for another one."""

    slug: str
    main: float
    """The share of main muscles that both train, 0 to 1."""
    late: tuple[bool, bool]
    """Whatever it shares, it comes late: it aims at something else, or one has to get down."""


@dataclass(frozen=True)
class Reason:
    """The rule behind a decision, in a sentence."""

    rule: str
    because: Sentence
    knees: Knees = ()


@dataclass(frozen=True)
class Choice:
    """What fills a slot."""

    rungs: tuple[str, ...]
    """Rungs of which no side is led to one that it may not do, easiest first; none: left out."""
    at: Mapping[BoutSide, int] = field(default_factory=dict)
    """The rung of each side."""
    why: Mapping[BoutSide, Reason] = field(default_factory=dict)
    """Why a side does not do what the session has."""
    held: bool = False
    """Nothing harder is offered."""
    usual: Mapping[BoutSide, str] = field(default_factory=dict)
    """What a side would do by its log; a side without a log has none."""
    more: Mapping[BoutSide, int] = field(default_factory=dict)
    """Gains of repetitions or seconds that a side earned at its rung."""

    def doing(self, side: BoutSide) -> str:
        return self.rungs[self.at[side]]


def sides_of(slot: SlotPlan, weaker: Side | None) -> Sides:
    """The sides that a slot is done on, left before right."""
    if slot.sides == "both":
        return ("both",)
    if slot.sides == "weaker" and weaker is not None:
        return (weaker,)
    return ("left", "right")


def fill(slot: SlotPlan, allowed: Allowed, used: Used) -> Choice:
    """What fills `slot`. Movements `used` elsewhere in the session come late."""
    catalogue, today = allowed.catalogue, allowed.today
    sides = sides_of(slot, today.request.weaker)
    if slot.work.is_test:
        return _test(slot, allowed, sides)
    rungs = _steps(slot, catalogue)
    start = rungs.index(slot.exercise)
    aims = {side: aim(today, catalogue, slot, Place(rungs, start, BOTH), side) for side in sides}
    found = {side: _at(allowed, rungs, start, aims[side], side) for side in sides}
    own = {side: rung for side, rung in found.items() if rung is not None}
    if len(own) < len(found):
        return _instead(slot, rungs, aims, allowed, used)
    led = _together(allowed, rungs, own)
    at = own | led
    held = any(each.held for each in aims.values())
    kept = _kept(allowed, rungs, at, min(each.most for each in aims.values()))
    why = {
        side: _reason(allowed, rungs, aims[side], rung, side)
        for side, rung in own.items()
        if (rung != start or rung < aims[side].base) and side not in led
    }
    # A side that only comes along does so for the other's reason.
    why |= {side: reason for side in led for reason in why.values()}
    places = {side: kept.index(n) for side, n in at.items()}
    usual = {side: rungs[each.base] for side, each in aims.items() if each.base != start}
    more = {side: aims[side].more.get(rung, 0) for side, rung in at.items()}
    return Choice(tuple(rungs[n] for n in kept), places, why, held, usual, more)


def freshest(able: Iterable[Able], used: Used) -> list[Able]:
    """Of those able to stand in, the ones that train a main muscle of what is replaced, the best
    first; what is played elsewhere in the session counts half, and in `FULL` slots comes late.
    """
    shared = [each for each in able if each.main > 0]
    shared.sort(key=lambda each: -each.main / (2 if used.get(each.slug) else 1))
    shared.sort(key=lambda each: (each.late, used.get(each.slug, 0) >= FULL))
    return shared


def nearest(slug: str, fresh: list[Able], used: Used, catalogue: Catalogue) -> list[Able]:
    """The same in turn, with easier rungs of the ladder of `slug` before what else is as early."""
    below = catalogue.easier(slug, (each.slug for each in fresh))
    place = {other: n for n, other in enumerate(below)}

    def rank(each: Able) -> tuple[tuple[bool, bool], bool, int]:
        return (each.late, used.get(each.slug, 0) >= FULL, place.get(each.slug, len(place)))

    return sorted(fresh, key=rank)


def standing_in(slot: SlotPlan, slug: str, allowed: Allowed, sides: Sides) -> Iterator[Able]:
    """Movements that could take the place of `slug` today, most alike first."""
    catalogue, longest_s = allowed.catalogue, slot_seconds(slot, allowed.catalogue)
    for other in catalogue.alike[slug]:
        exercise = catalogue.exercises[other.slug]
        if (
            allowed.free(other.slug, sides)
            and fits_sides(exercise, slot)
            and catalogue.filling(other.slug, longest_s) is not None
        ):
            down = allowed.today.off_floor and not catalogue.upright(other.slug)
            late = (catalogue.aims_elsewhere(slug, other.slug), down)
            yield Able(other.slug, other.main, late)


def slot_seconds(slot: SlotPlan, catalogue: Catalogue) -> float:
    """How long one bout takes as the session has it [s]."""
    return seconds(catalogue.exercises[slot.exercise], work_of(slot.exercise, slot))


def work_in(slot: SlotPlan, slug: str, catalogue: Catalogue) -> WorkPlan:
    """What `slug` does in `slot`: what the session says, else as much as fits its time."""
    exercise, longest_s = catalogue.exercises[slug], slot_seconds(slot, catalogue)
    said = work_of(slug, slot)
    if slug == slot.exercise or slug in slot.work_for:
        return said
    if slug in rungs_of(slot, catalogue.exercises):
        return fitted(exercise, said, longest_s) or catalogue.filling(slug, longest_s) or said
    return catalogue.filling(slug, longest_s) or said


def _together(
    allowed: Allowed, rungs: tuple[str, ...], found: Mapping[BoutSide, int]
) -> dict[BoutSide, int]:
    """Sides that come along where the other is down among movements that work both sides alike.

    Such a movement asks something of the sore knee on either turn, and nobody turns over for its
    second half. From the highest of them downwards, so that a calmer side never lowers the other.
    """
    shared = [n for n, slug in enumerate(rungs) if allowed.catalogue.strains[slug].side == "both"]
    low = min(found.values())
    if low > max(shared, default=-1):
        return {}
    led = {side: _hardest(allowed, rungs, low, side) for side, n in found.items() if n > low}
    return {side: rung for side, rung in led.items() if rung is not None}


def _kept(
    allowed: Allowed, rungs: tuple[str, ...], at: Mapping[BoutSide, int], most: int
) -> list[int]:
    """The rungs that can be chosen in the player, as places in `rungs`: those that sides stand at,
    and the others, above only up to `most`, that lead no side to one that it may not do.

    All sides go up and down together, each by as many rungs below the highest as it stands now.
    """

    def free(n: int, side: BoutSide) -> bool:
        return allowed.ban(rungs[n], side) is None

    top, stood = max(at.values()), set(at.values())
    kept = [
        n
        for n in range(top + 1)
        if n in stood or all(free(n, side) for side, stands in at.items() if n < stands)
    ]
    below = {side: kept.index(top) - kept.index(stands) for side, stands in at.items()}
    for n in range(top + 1, min(most + 1, len(rungs))):
        higher = [*kept, n]
        if all(free(higher[-1 - less], side) for side, less in below.items()):
            kept = higher
    return kept


def _steps(slot: SlotPlan, catalogue: Catalogue) -> tuple[str, ...]:
    """The rungs of `slot`. From two feet, one that stands on one leg is no step down."""
    rungs = rungs_of(slot, catalogue.exercises)
    start = rungs.index(slot.exercise)
    written = catalogue.strains[slot.exercise]
    two_feet = written.left.stance_bend_deg > 0 and written.right.stance_bend_deg > 0
    if written.single_leg or not two_feet:
        return rungs
    return tuple(
        slug for n, slug in enumerate(rungs) if n >= start or not catalogue.strains[slug].single_leg
    )


def _at(
    allowed: Allowed, rungs: tuple[str, ...], start: int, aim: Aim, side: BoutSide
) -> int | None:
    """The hardest rung up to the one aimed at that is allowed; None: another movement.

    Where nothing below the written movement may be done whatever the knees say, it stays itself:
    calmer knees then have no easier rung either. What hurt too much lately is a reason to leave.
    """
    found = _hardest(allowed, rungs, aim.rung, side)
    if found is not None or allowed.ban(rungs[start], side):
        return found
    calm = allowed.painless()
    below = (calm.ban(slug, side) for slug in rungs[:start])
    return start if all(ban and ban.rule != "felt-stop" for ban in below) else None


def _hardest(allowed: Allowed, rungs: tuple[str, ...], most: int, side: BoutSide) -> int | None:
    """The hardest rung up to `most` that is allowed."""
    free = (n for n in range(most, -1, -1) if allowed.ban(rungs[n], side) is None)
    return next(free, None)


def _reason(
    allowed: Allowed, rungs: tuple[str, ...], aim: Aim, rung: int, side: BoutSide
) -> Reason:
    """Why a side is at `rung`: what it may not do, or where the rules aim."""
    if rung < aim.base and allowed.ban(rungs[aim.base], side):
        return _banned(allowed, ((rungs[n], side) for n in range(aim.base, rung, -1)))
    # Above what is aimed at, a side stays itself for want of anything below it.
    if aim.rule is None or (rung <= aim.rung and allowed.ban(rungs[aim.rung], side)):
        return _banned(allowed, ((rungs[n], side) for n in range(aim.rung, rung, -1)))
    why = aim.because and aim.rule.why((), allowed.today.thresholds, why=aim.because)
    return Reason(aim.rule.id, why or aim.rule.why_today(aim.knees, allowed.today), aim.knees)


def _test(slot: SlotPlan, allowed: Allowed, sides: Sides) -> Choice:
    """A test is done as it is written or not at all: its results are only like one another."""
    today, only = allowed.today, (slot.exercise,)
    if today.red:
        why = Reason("test-red", BY_ID["test-red"].why(today.red, today.thresholds), today.red)
        return Choice((), why=dict.fromkeys(sides, why), held=True)
    amber = _amber_in(slot.exercise, allowed, sides)
    if amber or not allowed.free(slot.exercise, sides):
        banned = amber or _banned(allowed, ((slot.exercise, side) for side in sides))
        because = BY_ID["test-out"].why((), today.thresholds, why=banned.because)
        why = Reason("test-out", because, banned.knees)
        return Choice((), why=dict.fromkeys(sides, why), held=True)
    return Choice(only, dict.fromkeys(sides, 0), held=True)


def _amber_in(slug: str, allowed: Allowed, sides: Sides) -> Reason | None:
    """Amber knees that the movement loads so much that anything but a test would start lower."""
    today, strain = allowed.today, allowed.catalogue.strains[slug]
    deg = today.thresholds.sore_push_deg
    knees = tuple(
        knee
        for knee in today.amber
        if any(
            knee in loading(allowed.catalogue, slug, side)
            or strain.knee(knee, side).push_bend_deg > deg
            for side in sides
        )
    )
    return Reason("test-out", Sentence(_AMBER, {"knee": named(knees)}), knees) if knees else None


def _banned(allowed: Allowed, places: Iterable[tuple[str, BoutSide]]) -> Reason:
    """Which rules take these movements out: the first one stands for all, each gives its reason."""
    bans: dict[str, tuple[Ban, str]] = {}
    for slug, side in places:
        ban = allowed.ban(slug, side)
        if ban is not None:
            bans.setdefault(ban.rule, (ban, slug))
    first, _ = next(iter(bans.values()))
    because = joined(allowed.why(ban, slug) for ban, slug in bans.values())
    return Reason(first.rule, because, first.knees)


def _instead(
    slot: SlotPlan,
    rungs: tuple[str, ...],
    aims: Mapping[BoutSide, Aim],
    allowed: Allowed,
    used: Used,
) -> Choice:
    """Another movement on every side, or none."""
    sides = tuple(aims)
    reason = _closed(rungs, rungs.index(slot.exercise), aims, allowed)
    why = dict.fromkeys(sides, reason)
    fresh = freshest(gentle(slot, rungs, allowed, sides), used)
    chosen = next(iter(nearest(rungs[0], fresh, used, allowed.catalogue)), None)
    held = any(each.held for each in aims.values())
    if chosen is None:
        return Choice((), why=why, held=held)
    return Choice((chosen.slug,), dict.fromkeys(sides, 0), why, held)


def gentle(
    slot: SlotPlan, rungs: tuple[str, ...], allowed: Allowed, sides: Sides
) -> Iterator[Able]:
    """Movements that could stand in and are no harder than the easiest rung."""
    catalogue = allowed.catalogue
    above = {slug for rung in rungs for slug in catalogue.harder[rung]} | set(rungs)
    for able in standing_in(slot, slot.exercise, allowed, sides):
        if able.slug not in above and catalogue.level(able.slug) <= catalogue.level(rungs[0]):
            yield able


def _closed(
    rungs: tuple[str, ...], start: int, aims: Mapping[BoutSide, Aim], allowed: Allowed
) -> Reason:
    """Why no rung is left: what takes out the written movement, then the one aimed at."""
    written = [(rungs[start], side) for side in aims]
    below = [(rungs[n], side) for side, a in aims.items() for n in range(a.rung, -1, -1)]
    return _banned(allowed, (*written, *below))
