# SPDX-License-Identifier: Apache-2.0
"""Laws of the trend, and series whose answer is known."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.outcomes.trend import GRAIN, NEEDED, SMALLEST_CHANGE, Point, trend_of, weekly

MONDAY = date(2026, 1, 5)

pains = st.lists(st.integers(0, 10), min_size=NEEDED, max_size=9)


def series(values, *, every=7, first=MONDAY):
    """One telling after the other; None: nothing was told."""
    days = (first + timedelta(days=every * n) for n in range(len(values)))
    return [Point(day, pain) for day, pain in zip(days, values, strict=True) if pain is not None]


def line_of(values):
    return trend_of(series(values)).line


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([7, 6, 5, 4, 2], "better"),
        # Two weeks alike among five: it could still be chance, and a sixth or seventh tells.
        ([6, 5, 5, 4, 3], "looks-better"),
        # A fall half-way: so many weeks are alike that the interval ends at zero.
        ([6, 6, 6, 6, 2, 2, 2, 2], "looks-better"),
        ([2, 2, 2, 2, 2, 5, 7, 8], "looks-worse"),
        ([6, 6, 5, 5, 4, 4, 3], "better"),
        ([6, 6, 5, 4, 4, 3, 3, 2, 2], "better"),
        ([2, 3, 4, 5, 7], "worse"),
        ([5, 5, 5, 5, 5], "no-clear-change"),
        ([5, 3, 6, 4, 5, 3, 6], "no-clear-change"),
        # Surely less, and too little to matter.
        ([5, 5, 5, 5, 4, 4, 4, 4, 4], "no-clear-change"),
        # Much less, and within the noise.
        ([8, 3, 9, 2, 4], "no-clear-change"),
        # Exactly the smallest change that matters.
        ([5, 4.5, 4, 3.5, 3], "better"),
    ],
)
def test_known_series(values, verdict):
    assert trend_of(series(values)).verdict == verdict


def test_numbers_of_a_series_reckoned_by_hand():
    """Slopes of 6 5 5 4 3 a week: ten pairs, from -1 to 0, the median -2/3 and -3/4 between."""
    line = line_of([6, 5, 5, 4, 3])
    slopes = sorted((b - a) / (j - i) for (i, a), (j, b) in pairs([6, 5, 5, 4, 3]))
    assert line.slope.value == pytest.approx((slopes[4] + slopes[5]) / 2)
    assert (line.slope.low, line.slope.high) == (slopes[0], slopes[-1])
    assert line.change.value == pytest.approx(4 * line.slope.value)


def pairs(values):
    return itertools.combinations(enumerate(values), 2)


def test_a_straight_line_is_found_as_it_is():
    line = line_of([8, 7, 6, 5, 4, 3, 2])
    assert line.slope.value == line.slope.low == line.slope.high == -1
    assert (line.start, line.end, line.noise) == (8, 2, GRAIN)


@pytest.mark.parametrize("count", range(NEEDED))
def test_too_early_with_less_than_is_needed(count):
    trend = trend_of(series([10, 8, 6, 4][:count]))
    assert (trend.verdict, trend.line, trend.told) == ("too-early", None, count)


def test_too_early_while_the_tellings_lie_close():
    first = date(2026, 1, 11)  # a Sunday: five calendar weeks within 23 days
    days = [first + timedelta(days=n) for n in (0, 2, 9, 16, 22)]
    assert trend_of([Point(day, 5) for day in days]).verdict == "too-early"
    assert trend_of([Point(day, 5) for day in [*days[:4], first + timedelta(days=24)]]).line


@pytest.mark.parametrize(("count", "fewer_than"), [(5, 0.05), (6, 0.05), (7, 0.05)])
def test_order_by_chance_is_seldom_taken_for_a_change(count, fewer_than):
    """Every order of different values, as likely as any other: this is what 95% promises."""
    orders = list(itertools.permutations(range(count)))[:: 1 if count < 7 else 7]
    found = sum(line_of(order).slope.off_zero for order in orders)
    assert 0 < found / len(orders) <= fewer_than


def test_why_four_tellings_are_too_few():
    orders = list(itertools.permutations(range(4)))
    one_way = [o for o in orders if list(o) in (sorted(o), sorted(o, reverse=True))]
    assert len(one_way) / len(orders) > 0.05
    assert 2 / len(list(itertools.permutations(range(NEEDED)))) <= 0.05


@given(pains, st.integers(-10, 10))
def test_a_shift_moves_the_line_and_nothing_else(values, by):
    low, high = max(0, -by), min(10, 10 - by)
    values = [min(max(v, low), high) for v in values]
    one, other = line_of(values), line_of([v + by for v in values])
    assert other.slope == one.slope
    assert other.noise == pytest.approx(one.noise)
    assert other.start == pytest.approx(one.start + by)


@given(pains)
def test_a_mirrored_series_has_the_mirrored_verdict(values):
    ways = (("better", "worse"), ("looks-better", "looks-worse"))
    mirrored = {a: b for way in ways for a, b in (way, way[::-1])}
    one, other = trend_of(series(values)), trend_of(series([10 - v for v in values]))
    assert other.verdict == mirrored.get(one.verdict, one.verdict)
    assert other.line.slope.value == pytest.approx(-one.line.slope.value)
    assert other.line.slope.low == pytest.approx(-one.line.slope.high)
    assert other.line.noise == pytest.approx(one.line.noise)


@given(pains.flatmap(lambda values: st.permutations(series(values))))
def test_the_order_of_telling_changes_nothing(points):
    assert trend_of(points) == trend_of(sorted(points))


@given(st.integers(0, 10), st.integers(NEEDED, 9))
def test_constant_pain_has_no_slope_and_the_noise_of_the_scale(pain, count):
    trend = trend_of(series([pain] * count))
    assert (trend.line.slope.value, trend.line.slope.low, trend.line.slope.high) == (0, 0, 0)
    assert (trend.line.noise, trend.verdict) == (GRAIN, "no-clear-change")


@given(st.integers(0, 8), st.integers(0, 10))
def test_one_bad_day_turns_no_line(at, pain):
    values = [9, 8, 7, 6, 5, 4, 3, 2, 1]
    values[at] = pain
    assert line_of(values).slope.value == pytest.approx(-1)


@given(pains)
def test_the_interval_holds_the_slope_and_the_band_is_never_thin(values):
    line = line_of(values)
    assert line.slope.low <= line.slope.value <= line.slope.high
    assert line.band >= 0.56


@given(pains)
def test_a_verdict_is_never_given_below_what_matters(values):
    trend = trend_of(series(values))
    if trend.verdict != "no-clear-change":
        assert abs(trend.line.change.value) >= SMALLEST_CHANGE - 1e-6
        assert trend.line.slope.off_zero != trend.verdict.startswith("looks-")
        assert not trend.line.slope.across_zero


def test_weeks_beside_a_line_that_most_lie_on_are_noise_too():
    """Three of five on the line: their median deviation is none, and their mean one is."""
    line = line_of([4, 6, 4, 5, 4])
    assert line.slope.value == 0
    assert line.noise == pytest.approx(0.6 * 1.2533 * (5 / 3) ** 0.5, abs=1e-3)


def test_missing_weeks_stay_missing():
    trend = trend_of(series([6, None, 5, None, None, 4, 3, 3]))
    assert [p.day for p in trend.points] == [
        MONDAY + timedelta(weeks=week) for week in (0, 2, 5, 6, 7)
    ]
    assert trend.line.weeks == 7


def test_of_one_week_the_newest_counts_and_of_one_day_the_worst():
    told = [Point(MONDAY, 9), Point(MONDAY + timedelta(days=6), 3), Point(MONDAY, 2)]
    assert weekly(told) == (Point(MONDAY + timedelta(days=6), 3),)
    assert weekly(told[::2]) == (Point(MONDAY, 9),)


def test_the_line_looks_at_eight_weeks_and_the_page_at_all():
    trend = trend_of(series([9] * 10 + [5] * 9))
    assert (len(trend.points), trend.told, trend.line.start) == (19, 9, 5)


def test_pain_off_the_scale_is_refused():
    with pytest.raises(ValueError, match=r"2026-01-05 is 11; allowed are 0 to 10"):
        trend_of([Point(MONDAY, 11)])
