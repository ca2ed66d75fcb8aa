# SPDX-License-Identifier: Apache-2.0
"""For every reason to skip a movement, the one that is offered instead.

All of them are allowed today and train a main muscle of what they replace; only what hurts may give
way to something else, rather than to nothing. All have the same aim, or are stretch and mobility at
last. Where what is played never gets down, nobody has to as long as there is anything else. What is
played in another slot counts half. Where one side does less than the other, a substitute must serve
both: it is never what a side does already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hipfirst.packs.documents import SlotPlan
from hipfirst.packs.strain import EXTENSORS, BoutSide, KneeStrain
from hipfirst.packs.vocabulary import OFF_THE_FLOOR, Reason
from hipfirst.planning.aim import holds
from hipfirst.planning.allow import Allowed
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.choose import Able, Choice, Used, freshest, nearest, standing_in
from hipfirst.planning.today import BOTH

EASING: frozenset[Reason] = frozenset({"hurts", "too-hard"})
"""Reasons that ask for less; what the side that does less does now is what they start from."""
LESS_BEND_DEG, LESS_BEND_SHARE = 10.0, 0.25
"""A bend under load is clearly less by so many degrees, or by this share of it."""


class Move(NamedTuple):
    """What one side does now, and what it would do."""

    side: BoutSide
    now: str
    new: str


@dataclass(frozen=True)
class Swap:
    """A slot as it is played, and what could be played instead."""

    slot: SlotPlan
    choice: Choice
    allowed: Allowed

    @property
    def catalogue(self) -> Catalogue:
        return self.allowed.catalogue

    @property
    def start(self) -> int:
        """The rung of the slot: the higher one of both sides."""
        return max(self.choice.at.values())

    def base(self, reason: Reason) -> str:
        """The movement that is replaced."""
        at = self.choice.at.values()
        return self.choice.rungs[min(at) if reason in EASING else max(at)]

    def moves(self, slug: str) -> tuple[Move, ...]:
        """What every side would do: a side that stands below the slot's rung stays as far below it,
        unless the movement that is chosen is no rung of the slot.
        """
        rungs, at = self.choice.rungs, self.choice.at
        if slug not in rungs:
            return tuple(Move(side, rungs[n], slug) for side, n in at.items())
        up = rungs.index(slug) - self.start
        return tuple(Move(side, rungs[n], rungs[max(0, n + up)]) for side, n in at.items())

    def serves(self, reason: Reason, slug: str) -> bool:
        """Whether `slug` gives every side something else that suits the reason."""
        fits = _FITS[reason]
        return all(move.new != move.now and fits(self, move) for move in self.moves(slug))

    def level_above(self, move: Move) -> int:
        return self.catalogue.level(move.new) - self.catalogue.level(move.now)

    def above(self, slug: str, other: str) -> bool:
        """Whether `slug` is a harder rung than `other`, of the slot or of their ladder."""
        rungs = self.choice.rungs
        if slug in rungs and other in rungs:
            return rungs.index(slug) > rungs.index(other)
        return slug in self.catalogue.harder[other]

    def extends(self, slug: str) -> bool:
        """Whether a main muscle of `slug` straightens the knee."""
        return bool(self.catalogue.main[slug] & EXTENSORS)

    def knees(self, move: Move) -> list[tuple[KneeStrain, KneeStrain]]:
        """Each knee while the side works: now, and then."""
        now, new = (self.catalogue.strains[slug] for slug in (move.now, move.new))
        return [(now.knee(knee, move.side), new.knee(knee, move.side)) for knee in BOTH]


Fits = Callable[[Swap, Move], bool]


def substitutes(swap: Swap, used: Used) -> dict[Reason, str]:
    """Reason -> movement: one of the slot's rungs, or one that stands in; tests have none."""
    found: dict[Reason, str] = {}
    able: dict[str, list[Able]] = {}
    for reason in () if swap.slot.work.is_test else _FITS:
        offered = _offered(swap, reason, used, able)
        fitting = (slug for slug in offered if swap.serves(reason, slug))
        chosen = next(fitting, None)
        if chosen is not None:
            found[reason] = chosen
    return found


def _offered(swap: Swap, reason: Reason, used: Used, known: dict[str, list[Able]]) -> Iterator[str]:
    """Movements to ask about, the best first. `known`: what may stand in for a movement, which is
    the same for most reasons.
    """
    yield from _rung(swap, reason)
    base = swap.base(reason)
    if base not in known:
        known[base] = list(standing_in(swap.slot, base, swap.allowed, tuple(swap.choice.at)))
    able = known[base]
    found = freshest(able, used)
    if reason in EASING:
        found = nearest(base, found, used, swap.catalogue)
    if reason == "hurts":
        found = [*found, *_anything_gentle(swap, able, used)]
        found.sort(key=lambda each: each.late)
    yield from (each.slug for each in found)


def _rung(swap: Swap, reason: Reason) -> Iterator[str]:
    """The neighbouring rung, where the reason is how hard it is."""
    step = {"too-hard": -1, "too-easy": 1}.get(reason, 0)
    at = swap.start + step
    if step and 0 <= at < len(swap.choice.rungs):
        yield swap.choice.rungs[at]


def _anything_gentle(swap: Swap, able: Iterable[Able], used: Used) -> list[Able]:
    """Movements that share any muscle with what hurts, then all others, gentle and still first."""
    base, catalogue = swap.base("hurts"), swap.catalogue

    def rank(each: Able) -> tuple[bool, bool, int, float, bool]:
        slug = each.slug
        work = catalogue.exercises[slug].work
        push = sum(new.push_bend_deg for m in swap.moves(slug) for _, new in swap.knees(m))
        _, shared = catalogue.shared(base, slug)
        still = work is not None and work.hold_s is not None
        return (not shared, bool(used.get(slug)), catalogue.level(slug), push, not still)

    return sorted(able, key=rank)


def _no_more_strain(swap: Swap, move: Move) -> bool:
    return not any(
        new.push_bend_deg > now.push_bend_deg
        or new.stance_bend_deg > now.stance_bend_deg
        or (new.kneels and not now.kneels)
        or (new.single_leg and not now.single_leg)
        for now, new in swap.knees(move)
    )


def _hurts(swap: Swap, move: Move) -> bool:
    """Clearly less load on each knee that bears any, nothing new on the other, and not harder."""
    eased = all(
        eases(now, new) and not (new.lies_on and not now.lies_on) for now, new in swap.knees(move)
    )
    straightens = swap.extends(move.new) and not swap.extends(move.now)
    return eased and not straightens and _no_more_strain(swap, move) and _level(swap, move)


def eases(now: KneeStrain, new: KneeStrain) -> bool:
    """Whether a knee that hurts bears clearly less: it no longer carries alone, or is bent less."""
    if now.single_leg:
        return not new.single_leg
    return all(
        before == 0 or before - after >= min(LESS_BEND_DEG, LESS_BEND_SHARE * before)
        for before, after in (
            (now.push_bend_deg, new.push_bend_deg),
            (now.stance_bend_deg, new.stance_bend_deg),
        )
    )


def _level(swap: Swap, move: Move) -> bool:
    return swap.level_above(move) <= 0 and not swap.above(move.new, move.now)


def _too_hard(swap: Swap, move: Move) -> bool:
    easier = swap.above(move.now, move.new)
    gentler = easier or swap.level_above(move) < 0 or _no_more_strain(swap, move)
    return gentler and _level(swap, move)


def _too_easy(swap: Swap, move: Move) -> bool:
    """Harder, where no rule holds the slot or the knees that carry in what is offered."""
    today = swap.allowed.today
    if swap.choice.held or today.flare_day or today.flaring:
        return False
    harder = swap.above(move.new, move.now) or swap.level_above(move) > 0
    return harder and not holds(today, swap.catalogue, move.new, move.side)


def _no_space(swap: Swap, move: Move) -> bool:
    """Standing or seated in one place."""
    upright = swap.catalogue.exercises[move.new].position in OFF_THE_FLOOR
    strain = swap.catalogue.strains[move.new]
    return upright and strain.planted and not strain.on_floor and _level(swap, move)


def _no_kit(swap: Swap, move: Move) -> bool:
    return not swap.catalogue.strains[move.new].needs and _level(swap, move)


def _not_today(swap: Swap, move: Move) -> bool:
    """Another movement, not another rung of the same one."""
    ladder = move.now in swap.catalogue.harder[move.new]
    return move.new not in swap.choice.rungs and not ladder and _level(swap, move)


_FITS: Mapping[Reason, Fits] = {
    "hurts": _hurts,
    "too-hard": _too_hard,
    "too-easy": _too_easy,
    "no-space": _no_space,
    "no-kit": _no_kit,
    "not-today": _not_today,
}
