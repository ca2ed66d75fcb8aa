# SPDX-License-Identifier: Apache-2.0
"""Which movements the knee rules leave for today, and which rule takes out the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hipfirst.packs.strain import BoutSide
from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.kit import KIT_NAMES
from hipfirst.planning.request import Knee
from hipfirst.planning.rules import BY_ID, OUT
from hipfirst.planning.today import Knees, Seen, Today
from hipfirst.planning.words import Sentence

Sides = tuple[BoutSide, ...]


class Ban(NamedTuple):
    """The rule that takes a movement out, and the knees because of which it does."""

    rule: str
    knees: Knees


@dataclass(frozen=True)
class Allowed:
    """Asks the rules about each movement once."""

    today: Today
    catalogue: Catalogue
    _known: dict[tuple[str, BoutSide], Ban | None] = field(default_factory=dict, repr=False)

    def ban(self, slug: str, bout: BoutSide) -> Ban | None:
        """The first rule that takes `slug` out while `bout` works; None: it is allowed."""
        place = (slug, bout)
        if place not in self._known:
            self._known[place] = self._asked(slug, bout)
        return self._known[place]

    def free(self, slug: str, sides: Iterable[BoutSide]) -> bool:
        """Whether `slug` is allowed on all these sides."""
        return all(self.ban(slug, side) is None for side in sides)

    def any_at_rest(self) -> bool:
        """Whether anything gentle, seated or lying, is allowed on both sides."""
        return any(
            self.free(slug, ("left", "right"))
            for slug, each in self.catalogue.exercises.items()
            if each.work and each.motion and each.level == "gentle" and each.position != "standing"
        )

    def why(self, ban: Ban, slug: str) -> Sentence:
        """The reason in a sentence."""
        missing = sorted(self.catalogue.strains[slug].needs - self.today.kit_there)
        kit = tuple(Sentence(KIT_NAMES[each]) for each in missing)
        return BY_ID[ban.rule].why(ban.knees, self.today.thresholds, kit=kit)

    def commonest(self, slugs: Iterable[str], sides: Iterable[BoutSide]) -> str:
        """The rule that takes out most of `slugs`; the first in the table of equals."""
        sides = tuple(sides)
        bans = (ban for slug in slugs for side in sides if (ban := self.ban(slug, side)))
        counts = Counter(ban.rule for ban in bans)
        order = list(BY_ID)
        return max(counts, key=lambda rule: (counts[rule], -order.index(rule)), default="")

    def painless(self) -> Allowed:
        """The same request with calm knees: what is possible whatever they say."""
        request = self.today.request.model_copy(update={"left": Knee(), "right": Knee()})
        if request == self.today.request:
            return self
        return Allowed(replace(self.today, request=request), self.catalogue)

    def _asked(self, slug: str, bout: BoutSide) -> Ban | None:
        position, strain = self.catalogue.exercises[slug].position, self.catalogue.strains[slug]
        seen = Seen(slug, position, strain, bout)
        for rule, out in OUT:
            knees = out(self.today, seen)
            if knees is not None:
                return Ban(rule, knees)
        return None
