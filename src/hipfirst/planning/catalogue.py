# SPDX-License-Identifier: Apache-2.0
"""Every movement there is, with what planning asks of it again and again, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hipfirst.packs.documents import Exercise, Session, WorkPlan
from hipfirst.packs.pack import Pack
from hipfirst.packs.strain import Strain, strain
from hipfirst.packs.vocabulary import LEVELS, OFF_THE_FLOOR
from hipfirst.planning.dose import filling

FLARE_DAY = "flare-day"
"""Slug of the session that takes the place of every other on a flare day."""


class Alike(NamedTuple):
    """Another movement, and how much of the work it shares, 0 to 1."""

    slug: str
    main: float
    """Shared main muscles, of all main muscles of the two."""
    helps: float
    """The same of all muscles."""


@dataclass(frozen=True)
class Catalogue:
    """Published movements by slug, and the session for flare days where there is one.

    Make it once for a set of documents and keep it: what follows from them is kept with it.
    """

    exercises: Mapping[str, Exercise]
    flare: Session | None = None

    @classmethod
    def of(cls, pack: Pack) -> Catalogue:
        return cls(pack.exercises, pack.sessions.get(FLARE_DAY))

    @cached_property
    def strains(self) -> Mapping[str, Strain]:
        return {slug: strain(exercise) for slug, exercise in self.exercises.items()}

    @cached_property
    def harder(self) -> Mapping[str, frozenset[str]]:
        """Movement -> every harder one on its ladder."""
        return {slug: frozenset(self._above(slug)) for slug in self.exercises}

    @cached_property
    def main(self) -> Mapping[str, frozenset[str]]:
        return {slug: _muscles(each, helping=False) for slug, each in self.exercises.items()}

    @cached_property
    def alike(self) -> Mapping[str, tuple[Alike, ...]]:
        """Movement -> all others that may stand in, the most alike first, gentle before strong.

        Those with another aim come last; strength and stretch never stand in for each other.
        """
        able = [
            each.slug
            for each in self.exercises.values()
            if each.work and each.motion and not each.work.is_test
        ]
        return {slug: self._ranked(slug, able) for slug in self.exercises}

    def level(self, slug: str) -> int:
        """0 gentle, 1 steady, 2 strong."""
        return LEVELS.index(self.exercises[slug].level)

    def aims_elsewhere(self, slug: str, other: str) -> bool:
        """Whether two movements are for different things: strength, stretch or mobility."""
        return self.exercises[slug].aim != self.exercises[other].aim

    def upright(self, slug: str) -> bool:
        """Whether one stands or sits, without getting down."""
        position, strain = self.exercises[slug].position, self.strains[slug]
        return position in OFF_THE_FLOOR and not strain.on_floor

    def easier(self, slug: str, among: Iterable[str]) -> list[str]:
        """Those `among` that are easier rungs of the ladder of `slug`, the nearest first."""
        below = [other for other in among if slug in self.harder[other]]
        return sorted(below, key=lambda other: (len(self.harder[other]), other))

    def shared(self, slug: str, other: str) -> tuple[float, float]:
        """Share of main muscles, and of all muscles, that two movements have in common."""
        every = self._all
        return _shared(self.main[slug], self.main[other]), _shared(every[slug], every[other])

    def filling(self, slug: str, longest_s: float) -> WorkPlan | None:
        """`dose.filling`, worked out once for every length of a bout."""
        place = (slug, longest_s)
        if place not in self._fillings:
            self._fillings[place] = filling(self.exercises[slug], longest_s)
        return self._fillings[place]

    @cached_property
    def _fillings(self) -> dict[tuple[str, float], WorkPlan | None]:
        return {}

    def _ranked(self, slug: str, able: list[str]) -> tuple[Alike, ...]:
        position = self.exercises[slug].position
        found = [
            Alike(each, *self.shared(slug, each))
            for each in able
            if each != slug and self._may_replace(slug, each)
        ]
        return tuple(
            sorted(
                found,
                key=lambda a: (
                    self.aims_elsewhere(slug, a.slug),
                    -a.main,
                    -a.helps,
                    self.level(a.slug),
                    self.exercises[a.slug].position != position,
                    a.slug,
                ),
            )
        )

    def _may_replace(self, slug: str, other: str) -> bool:
        aims = {self.exercises[slug].aim, self.exercises[other].aim}
        return len(aims) == 1 or aims == {"stretch", "mobility"}

    @cached_property
    def _all(self) -> Mapping[str, frozenset[str]]:
        return {slug: _muscles(each, helping=True) for slug, each in self.exercises.items()}

    def _above(self, slug: str) -> list[str]:
        found: list[str] = []
        above = self.exercises[slug].harder
        while above is not None and above in self.exercises and above not in {slug, *found}:
            found.append(above)
            above = self.exercises[above].harder
        return found


def _muscles(exercise: Exercise, *, helping: bool) -> frozenset[str]:
    return frozenset(use.muscle for use in exercise.muscles if helping or use.role == "main")


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index: what both have, of what either has."""
    return len(one & other) / len(one | other) if one or other else 0.0
