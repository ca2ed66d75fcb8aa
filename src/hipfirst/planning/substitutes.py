# SPDX-License-Identifier: Apache-2.0
"""For every reason to skip a movement, the one that is offered instead.

All of them are allowed today and train a main muscle of what they replace. What is played in
another slot counts half.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from hipfirst.packs.documents import SlotPlan
from hipfirst.packs.strain import KneeStrain
from hipfirst.packs.vocabulary import OFF_THE_FLOOR, Reason
from hipfirst.planning.allow import Allowed, Sides
from hipfirst.planning.choose import freshest, standing_in
from hipfirst.planning.today import BOTH

Fits = Callable[["Swap", str], bool]


@dataclass(frozen=True)
class Swap:
    """A slot that is played with `now`, and what could be played instead."""

    slot: SlotPlan
    rungs: tuple[str, ...]
    at: int
    sides: Sides
    allowed: Allowed
    gentle_only: bool
    """Nothing harder than what is written is offered."""

    @property
    def now(self) -> str:
        return self.rungs[self.at]

    def level_above(self, slug: str) -> int:
        catalogue = self.allowed.catalogue
        return catalogue.level(slug) - catalogue.level(self.now)

    def harder(self, slug: str) -> bool:
        """A harder rung of the same ladder."""
        return slug in self.allowed.catalogue.harder[self.now]

    def knees(self, slug: str) -> list[tuple[KneeStrain, KneeStrain]]:
        """Each knee while each side works: now, and with `slug`."""
        strains = self.allowed.catalogue.strains
        return [
            (strains[self.now].knee(knee, side), strains[slug].knee(knee, side))
            for side in self.sides
            for knee in BOTH
        ]


def substitutes(swap: Swap, used: Container[str]) -> dict[Reason, str]:
    """Reason -> movement: one of the slot's rungs, or one that stands in for it."""
    able = standing_in(swap.slot, swap.now, swap.allowed, swap.sides)
    fresh = freshest(able, used)
    below = swap.allowed.catalogue.easier(swap.now, fresh)
    easier = dict.fromkeys((*below, *fresh))
    found: dict[Reason, str] = {}
    for reason, fits in _FITS.items():
        pool = easier if reason in {"hurts", "too-hard"} else fresh
        fitting = (slug for slug in pool if fits(swap, slug))
        chosen = _rung(swap, reason) or next(fitting, None)
        if chosen is not None:
            found[reason] = chosen
    return found


def _rung(swap: Swap, reason: Reason) -> str | None:
    """The neighbouring rung, where the reason is how hard it is."""
    step = {"too-hard": -1, "too-easy": 1}.get(reason, 0)
    at = swap.at + step
    if not step or not 0 <= at < len(swap.rungs):
        return None
    return swap.rungs[at] if swap.allowed.free(swap.rungs[at], swap.sides) else None


def _no_more_strain(swap: Swap, slug: str) -> bool:
    return not any(
        new.push_bend_deg > now.push_bend_deg
        or new.stance_bend_deg > now.stance_bend_deg
        or (new.kneels and not now.kneels)
        or (new.single_leg and not now.single_leg)
        for now, new in swap.knees(slug)
    )


def _hurts(swap: Swap, slug: str) -> bool:
    """Less push on each knee that pushes, no more strain of any kind, and not harder."""
    eased = all(
        new.push_bend_deg < now.push_bend_deg for now, new in swap.knees(slug) if now.push_bend_deg
    )
    return eased and _no_more_strain(swap, slug) and _level(swap, slug)


def _level(swap: Swap, slug: str) -> bool:
    return swap.level_above(slug) <= 0 and not swap.harder(slug)


def _too_hard(swap: Swap, slug: str) -> bool:
    gentler = swap.level_above(slug) < 0 or _no_more_strain(swap, slug)
    return gentler and _level(swap, slug)


def _too_easy(swap: Swap, slug: str) -> bool:
    return not swap.gentle_only and (swap.harder(slug) or swap.level_above(slug) > 0)


def _no_space(swap: Swap, slug: str) -> bool:
    """Standing or seated in one place."""
    catalogue = swap.allowed.catalogue
    upright = catalogue.exercises[slug].position in OFF_THE_FLOOR
    strain = catalogue.strains[slug]
    return upright and strain.planted and not strain.on_floor and _level(swap, slug)


def _no_kit(swap: Swap, slug: str) -> bool:
    return not swap.allowed.catalogue.strains[slug].needs and _level(swap, slug)


def _not_today(swap: Swap, slug: str) -> bool:
    """Another movement, not another rung of the same one."""
    ladder = swap.now in swap.allowed.catalogue.harder[slug]
    return slug not in swap.rungs and not ladder and _level(swap, slug)


_FITS: Mapping[Reason, Fits] = {
    "hurts": _hurts,
    "too-hard": _too_hard,
    "too-easy": _too_easy,
    "no-space": _no_space,
    "no-kit": _no_kit,
    "not-today": _not_today,
}
