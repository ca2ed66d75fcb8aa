# SPDX-License-Identifier: Apache-2.0
"""The two knees today: their zones, what is at hand, and a movement as both knees meet it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from hipfirst.packs.strain import ALWAYS_THERE, BoutSide, KneeStrain, Strain
from hipfirst.packs.vocabulary import Position, Side
from hipfirst.planning.request import After, Knee, Request, Went, Worked
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.words import Sentence, gettext_noop

Zone = Literal["green", "amber", "red", "flare"]
ZONES: tuple[Zone, ...] = ("green", "amber", "red", "flare")
"""From calm to sore."""
Knees = tuple[Side, ...]
"""The knees that a rule found; none: it is not about a knee."""
BOTH: Knees = ("left", "right")

_NAMES: Mapping[Knees, str] = {
    ("left",): gettext_noop("Left knee"),
    ("right",): gettext_noop("Right knee"),
    BOTH: gettext_noop("Both knees"),
}


def zone_of(knee: Knee, thresholds: Thresholds) -> Zone:
    """Pain now counts fully; a red week leaves a knee amber at best."""
    if knee.now >= thresholds.flare:
        return "flare"
    if knee.now >= thresholds.red:
        return "red"
    if knee.now >= thresholds.amber or knee.week >= thresholds.red:
        return "amber"
    return "green"


class Rated(NamedTuple):
    """The worst pain that was told of a knee in one session."""

    pain: int
    days_ago: int


@dataclass(frozen=True)
class Today:
    """A request beside the thresholds of the site."""

    request: Request
    thresholds: Thresholds
    kit: frozenset[str] = frozenset()
    """What is at hand, beside floor and wall."""
    harder: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Movement -> every harder one on its ladder."""
    flare_day: bool = False
    """What is played is Flare Day."""
    must_stand: bool = False
    """Nothing gentle, seated or lying, is left."""
    off_floor: bool = False
    """What is played as it is written never gets down, so what stands in does not either."""

    @cached_property
    def zones(self) -> Mapping[Side, Zone]:
        knees = {"left": self.request.left, "right": self.request.right}
        return {side: zone_of(knees[side], self.thresholds) for side in BOTH}

    @cached_property
    def amber(self) -> Knees:
        """Knees that are amber and no worse."""
        return tuple(side for side in BOTH if self.zones[side] == "amber")

    @cached_property
    def red(self) -> Knees:
        """Knees that are red or worse."""
        return tuple(side for side in BOTH if self.zones[side] in {"red", "flare"})

    @cached_property
    def flaring(self) -> Knees:
        return tuple(side for side in BOTH if self.zones[side] == "flare")

    @cached_property
    def calm(self) -> bool:
        """Both knees green, and so was the week."""
        worst = max(self.request.left.week, self.request.right.week)
        return not (self.amber or self.red) and worst < self.thresholds.amber

    @cached_property
    def kit_there(self) -> frozenset[str]:
        return self.kit | ALWAYS_THERE

    @cached_property
    def worked(self) -> Mapping[str, tuple[tuple[int, Worked], ...]]:
        """Movement -> how it went, each with its place in the log."""
        found: dict[str, list[tuple[int, Worked]]] = {}
        for place, each in enumerate(self.request.worked):
            found.setdefault(each.exercise, []).append((place, each))
        return {slug: tuple(lines) for slug, lines in found.items()}

    @cached_property
    def stopped(self) -> Mapping[str, Knees]:
        """Movements that hurt as much as to be out, with their harder ones -> the knees."""
        limits = self.thresholds
        return self._felt(limits.red, limits.stop_days)

    @cached_property
    def eased(self) -> Mapping[str, Knees]:
        """Movements that hurt lately, with their harder ones -> the knees."""
        limits = self.thresholds
        return self._felt(limits.amber, limits.ease_days)

    @cached_property
    def told_after(self) -> Mapping[Side, tuple[After, ...]]:
        """What each knee said around the last sessions that still count and that an answer is
        asked of, newest first.
        """
        days = self.thresholds.rating_days
        asked = (a for a in self.request.after if a.days_ago <= days and not a.aside)
        told = sorted(asked, key=lambda each: each.days_ago)
        return {s: tuple(a for a in told if a.knee == s) for s in BOTH}

    @cached_property
    def rated(self) -> Mapping[Side, tuple[Rated, ...]]:
        """What each knee said of the last session, whichever it was, and of the last of this one,
        as far as it is not too old.
        """
        days = self.thresholds.rating_days
        return {s: tuple(r for r in self._rated(s) if r.days_ago <= days) for s in BOTH}

    def _rated(self, side: Side) -> Iterator[Rated]:
        for each in sorted(self.request.after, key=lambda after: after.days_ago):
            if each.knee != side or each.during is None:
                continue
            yield Rated(each.during, each.days_ago)
            # What was only tried takes nothing back of the session before it.
            if not each.aside:
                break
        if last := self.request.last:
            pain = last.pain_left if side == "left" else last.pain_right
            if pain is not None:
                yield Rated(pain, last.days_ago)

    def _felt(self, pain_from: int, days: int) -> Mapping[str, Knees]:
        found: dict[str, set[Side]] = {}
        for each in self.request.felt:
            if each.pain >= pain_from and each.days_ago < days:
                for slug in (each.exercise, *self.harder.get(each.exercise, ())):
                    found.setdefault(slug, set()).add(each.knee)
        return {slug: _knees(sides) for slug, sides in found.items()}


@dataclass(frozen=True)
class Seen:
    """A movement while one side works."""

    slug: str
    position: Position
    strain: Strain
    bout: BoutSide

    def knee(self, side: Side) -> KneeStrain:
        return self.strain.knee(side, self.bout)


@dataclass(frozen=True)
class Log:
    """Where the log of a slot's movements leads one side. Rungs are places among the slot's."""

    reached: int
    """What the side does on a calm day."""
    last: int
    """What it did last."""
    lately: int
    """The hardest it did lately that neither hurt nor was too hard."""
    up: Went | None = None
    """What led up last: `easy` or `well`."""
    down: Went | None = None
    """What led down last, and no way up since: `hurt`, `too-hard` or `short`."""
    down_days_ago: int | None = None
    more: Mapping[int, int] = field(default_factory=dict)
    """Rung -> gains of repetitions or seconds at it, where no harder one was to be had."""

    @property
    def most(self) -> int:
        """The way back up is one rung at a time."""
        return self.last + 1


@dataclass(frozen=True)
class Place:
    """A slot while one side works: its rungs, easiest first, and the one the session has."""

    rungs: tuple[str, ...]
    start: int
    knees: Knees
    """The knees that work or carry in it."""
    loaded: Knees = ()
    """Those of them that bear weight, or straighten against it."""
    strong: frozenset[str] = frozenset()
    """Rungs of the hardest level."""
    log: Log | None = None
    """Where the log leads; None: there is none of these movements."""
    done: bool = False
    """Its work was done to its end when the session was played last."""

    @property
    def base(self) -> int:
        """The rung that the rules start from."""
        return self.start if self.log is None else self.log.reached


def named(knees: Knees) -> Sentence:
    """Which knees, as a sentence begins."""
    return Sentence(_NAMES[knees])


def _knees(sides: Iterable[Side]) -> Knees:
    found = set(sides)
    return tuple(side for side in BOTH if side in found)
