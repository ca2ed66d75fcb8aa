# SPDX-License-Identifier: Apache-2.0
"""Whether the worst pain of one's weeks goes up, down, or neither, and when that can be said.

A line through a few whole numbers, of which some are lies of a bad day: the median of all slopes
(Theil 1950, Sen 1968), with the interval that Kendall's tau gives it. What lies off the line is
the noise from week to week. docs/conventions.md derives each number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

Verdict = Literal["too-early", "better", "worse", "looks-better", "looks-worse", "no-clear-change"]
"""`looks-`: large enough to matter, and at the edge of what may be chance."""

SMALLEST_CHANGE = 2.0
"""The least change of worst pain that people call important [points of 10] (Crossley 2004)."""
NEEDED = 5
"""Tellings before a line is drawn. With four, even pain that only ever falls does so by chance one
time in 12, so no interval of 95% exists; with five, one time in 60.
"""
NEEDED_DAYS = 24
"""Days from the first to the last of them: five weeks, told a little early or late."""
WINDOW_WEEKS = 8
"""Weeks before the newest that the line looks at: as long as a program, as long as the trial."""
GRAIN = 1 / math.sqrt(12)
"""Noise of a scale of whole numbers by itself: the standard deviation of a rounding error."""
NORMAL_95 = 1.959964
"""Standard deviations to either side that hold 95 of 100 weeks."""
_LEVEL = 0.95
_MEAN_TO_SD = math.sqrt(math.pi / 2)
"""Mean absolute deviation -> standard deviation, of what is spread normally."""
_DAYS = 7


@dataclass(frozen=True, order=True)
class Point:
    """The worst pain of one knee in one week [0 to 10], and the day it was told."""

    day: date
    pain: float


@dataclass(frozen=True)
class Span:
    """A number and its interval of 95%."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Span:
        """All three, times a factor that is not negative."""
        return Span(self.value * factor, self.low * factor, self.high * factor)

    @property
    def off_zero(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0

    @property
    def across_zero(self) -> bool:
        """Whether it reaches to both sides of zero; neither: zero is its edge."""
        return self.low < 0 < self.high


@dataclass(frozen=True)
class Line:
    """The robust line through the points of the window."""

    first: date
    last: date
    start: float
    """Its height on the first day [points of 10]; a line may leave the scale."""
    slope: Span
    """Points of pain a week; below zero it eases."""
    noise: float
    """Standard deviation of a week around it [points], by the median of what lies off it."""

    @property
    def weeks(self) -> float:
        return (self.last - self.first).days / _DAYS

    @property
    def end(self) -> float:
        """Its height on the last day."""
        return self.start + self.slope.value * self.weeks

    @property
    def band(self) -> float:
        """So far to either side lie 95 of 100 weeks by noise alone."""
        return NORMAL_95 * self.noise

    @property
    def change(self) -> Span:
        """From the first day to the last along the line [points]."""
        return self.slope.times(self.weeks)

    @property
    def four_weeks(self) -> Span:
        """What it amounts to in four weeks [points]."""
        return self.slope.times(4)


@dataclass(frozen=True)
class Trend:
    points: tuple[Point, ...]
    """One for each week that was told of, oldest first; a week without one has none."""
    recent: tuple[Point, ...]
    """Those that the line looks at."""
    line: Line | None
    """None: too early."""
    verdict: Verdict

    @property
    def told(self) -> int:
        """Weeks that were told of, of those that count."""
        return len(self.recent)


def trend_of(told: Iterable[Point]) -> Trend:
    """The trend of one knee, from its tellings in any order. Raises ValueError for pain that is
    not on the scale.
    """
    points = weekly(told)
    recent = _recent(points)
    if not _is_enough(recent):
        return Trend(points, recent, None, "too-early")
    line = _line(recent)
    return Trend(points, recent, line, _verdict(line.change))


def weekly(told: Iterable[Point]) -> tuple[Point, ...]:
    """One telling for each calendar week, oldest first: of several the newest. Points know no hour:
    of several of one day the worst; who knows their order gives the last one only. Raises
    ValueError for pain that is not on the scale.
    """
    newest: dict[date, Point] = {}
    for point in sorted(told):
        if not 0 <= point.pain <= 10:
            raise ValueError(f"pain of {point.day} is {point.pain}; allowed are 0 to 10")
        newest[point.day - timedelta(days=point.day.weekday())] = point
    return tuple(newest.values())


def _recent(points: tuple[Point, ...]) -> tuple[Point, ...]:
    if not points:
        return ()
    newest = points[-1].day
    # From the Monday of the first week that counts.
    since = newest - timedelta(days=newest.weekday() + WINDOW_WEEKS * _DAYS)
    return tuple(point for point in points if point.day >= since)


def _is_enough(recent: tuple[Point, ...]) -> bool:
    return len(recent) >= NEEDED and (recent[-1].day - recent[0].day).days >= NEEDED_DAYS


# Of weeks that were told once the line is asked for again and again.
@lru_cache(maxsize=256)
def _line(points: tuple[Point, ...]) -> Line:
    # Imported here: some 70 MiB that no other page needs.
    from scipy.stats import median_abs_deviation, theilslopes  # noqa: PLC0415

    first = points[0].day
    weeks = [(point.day - first).days / _DAYS for point in points]
    pains = [point.pain for point in points]
    slope, _middle, low, high = (float(n) for n in theilslopes(pains, weeks, _LEVEL))
    rest = [pain - slope * week for pain, week in zip(pains, weeks, strict=True)]
    # A slope and a height were fitted to few points, which makes what is left look small.
    widened = math.sqrt(len(points) / (len(points) - 2))
    noise = float(median_abs_deviation(rest, scale="normal"))
    if noise < GRAIN:
        # Where more than half lie on the line itself, as whole numbers do, the rest still counts.
        noise = _MEAN_TO_SD * _mean_deviation(rest)
    height, span = _median(rest), Span(slope, low, high)
    return Line(first, points[-1].day, height, span, max(GRAIN, noise * widened))


def _mean_deviation(values: list[float]) -> float:
    middle = _median(values)
    return sum(abs(value - middle) for value in values) / len(values)


def _median(values: list[float]) -> float:
    half = len(values) // 2
    ordered = sorted(values)
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _verdict(change: Span) -> Verdict:
    """Large enough to matter, and not by chance. Whole numbers are often alike, and of pairs alike
    an interval may end at zero itself: that is neither sure nor nothing.
    """
    # A line through whole numbers comes to 2 by way of thirds and sevenths.
    if change.across_zero or abs(change.value) < SMALLEST_CHANGE - 1e-9:
        return "no-clear-change"
    if change.value < 0:
        return "better" if change.off_zero else "looks-better"
    return "worse" if change.off_zero else "looks-worse"
