# SPDX-License-Identifier: Apache-2.0
"""Where the log of a slot's movements leads each side: a fold of what was done, kept nowhere.

A side goes up one rung after a movement went well twice running at the rung it had reached, or
once with little effort, where the knees that it asks something of were calm. It goes down one
after it hurt or was too hard, or was less than asked for twice. Sessions below what was reached
(a sore day, a break) leave it where it was, and the way back is one rung at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from hipfirst.packs.strain import BoutSide
from hipfirst.planning.checkins import calm
from hipfirst.planning.request import Went
from hipfirst.planning.thresholds import Thresholds
from hipfirst.planning.today import Knees, Log, Place, Today
from hipfirst.planning.words import Sentence, gettext_noop

WELL = 2
"""So often running it has to go well."""
SHORT = 2
"""So often running it may be less than asked for."""
GAINS = 2
"""So often it may be more of the same, where no harder rung is to be had."""
_WORST: tuple[Went, ...] = ("hurt", "too-hard", "short", "well", "easy")

WHY: Mapping[Went, str] = MappingProxyType(
    {
        "easy": gettext_noop("It was easy, so you go on a rung higher."),
        "well": gettext_noop("It went well twice, so you go on a rung higher."),
        "short": gettext_noop("It was much twice, so you go on a rung lower."),
        "too-hard": gettext_noop("It was too hard, so you go on a rung lower."),
        "hurt": gettext_noop("It hurt, so you go on a rung lower."),
    }
)
"""What led up or down, in a sentence."""


@dataclass(frozen=True)
class Done:
    """What one side did of one rung in one session."""

    rung: int
    went: Went
    days_ago: int
    calm: bool
    """The knees that matter were green around it, as far as it was told."""
    sore: bool
    """One that is loaded was not green before it, so it was done a rung lower."""


def log_of(today: Today, place: Place, side: BoutSide, slot: str = "") -> Log | None:
    """Where the log leads `side` among the rungs of `place`; None: none of them was done yet.

    What was done in a slot of another id says nothing: a warm-up may be the easiest rung of a
    stretch. `slot` empty: whatever slot it was.
    """
    done = tuple(_done(today, place, side, slot))
    if not done:
        return None
    folded = _Fold(done[0], place, today.thresholds)
    for each in done:
        folded.take(each)
    return folded.log()


def moved(log: Log, start: int) -> tuple[str, Sentence | None]:
    """The rule that stands for the way from the rung that is written, and why; None: its own."""
    if log.reached > start and log.up:
        return "progress-up", Sentence(WHY[log.up])
    if log.reached < start and log.down:
        return "progress-down", Sentence(WHY[log.down])
    return "progress-on", None


def _done(today: Today, place: Place, side: BoutSide, slot: str) -> Iterator[Done]:
    """What was done on this side, oldest first; of one session, harder rungs first."""
    mine = [
        (n, each)
        for rung in place.rungs
        for n, each in today.worked.get(rung, ())
        if _same(each.side, side) and (not slot or each.slot in {"", slot})
    ]
    mine.sort(key=itemgetter(0))
    for days_ago, group in groupby(mine, key=lambda line: line[1].days_ago):
        worst: dict[int, Went] = {}
        for _n, each in group:
            rung = place.rungs.index(each.exercise)
            worst[rung] = min(worst.get(rung, "easy"), each.went, key=_WORST.index)
        is_calm = _calm(today, place.knees, days_ago)
        sore = _sore(today, place.loaded, days_ago)
        for rung in sorted(worst, reverse=True):
            yield Done(rung, worst[rung], days_ago, is_calm, sore)


def _same(worked: BoutSide, side: BoutSide) -> bool:
    return "both" in {worked, side} or worked == side


def _calm(today: Today, knees: Knees, days_ago: int) -> bool:
    return all(
        calm(each, today.thresholds)
        for each in today.request.after
        if each.days_ago == days_ago and each.knee in knees
    )


def _sore(today: Today, knees: Knees, days_ago: int) -> bool:
    return any(
        each.arrived is not None and each.arrived >= today.thresholds.amber
        for each in today.request.after
        if each.days_ago == days_ago and each.knee in knees
    )


class _Fold:
    """A log on its way."""

    def __init__(self, first: Done, place: Place, limits: Thresholds) -> None:
        self.top = len(place.rungs) - 1
        # On a sore day the first time was a rung below what the session has.
        back = min(first.rung + first.sore, place.start)
        self.reached = max(first.rung, back)
        self.limits = limits
        self.last = self.well = self.short = self.same = 0
        self.more: dict[int, int] = {}
        self.lately: int | None = None
        self.up: Went | None = None
        self.down: Done | None = None

    def take(self, done: Done) -> None:
        again, self.last = done.rung == self.last, done.rung
        if done.went not in {"easy", "well"}:
            self.more = {done.rung: max(0, self.more.get(done.rung, 0) - 1)}
            self.same = 0
        if done.went in {"hurt", "too-hard"}:
            self._lower(done, min(self.reached, done.rung - 1))
            return
        if done.days_ago <= self.limits.rating_days:
            self.lately = max(self.lately or 0, done.rung)
        if done.went == "short":
            self.well, self.short = 0, self.short + 1
            if self.short == SHORT:
                self._lower(done, self.reached - 1)
            return
        self.short = 0  # also below what was reached: only two running are too much
        if done.rung >= self.reached:
            self._went_well(done)
        else:
            self._stayed(done, again=again)

    def _went_well(self, done: Done) -> None:
        if done.rung > self.reached:
            self._higher(done.rung, done.went)
        self.well = self.well + 1 if done.calm else 0
        if done.calm and (done.went == "easy" or self.well == WELL):
            self._higher(self.reached + 1, done.went)

    def _stayed(self, done: Done, *, again: bool) -> None:
        """Below what was reached. The way back is a rung at a time, so whoever stays on one while
        all is calm has no harder one.
        """
        good = done.calm and not done.sore
        self.same = (self.same + 1 if again else 1) if good else 0
        if self.same > WELL:
            self._gains(done.rung)
            self.same = 1

    def _gains(self, rung: int) -> None:
        self.more[rung] = min(GAINS, self.more.get(rung, 0) + 1)

    def _higher(self, rung: int, went: Went) -> None:
        self.well = 0
        if min(rung, self.top) > self.reached:
            self.up, self.down = went, None
            self.reached = min(rung, self.top)
        else:
            self._gains(self.reached)

    def _lower(self, done: Done, rung: int) -> None:
        self.well = self.short = 0
        self.down = done
        self.reached = max(0, rung)

    def log(self) -> Log:
        return Log(
            reached=self.reached,
            last=self.last,
            lately=self.last if self.lately is None else self.lately,
            up=self.up,
            down=self.down.went if self.down else None,
            down_days_ago=self.down.days_ago if self.down else None,
            more=self.more,
        )
