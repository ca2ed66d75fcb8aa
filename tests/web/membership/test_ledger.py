# SPDX-License-Identifier: Apache-2.0
"""Laws of the ledger, for any lines in any order at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hipfirst.web.membership.ledger import GRACE, Line, fold, left_of_grants

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
HOURS = 24 * 120
MOMENTS = st.integers(0, HOURS).map(lambda hours: START + timedelta(hours=hours))
KINDS = st.sampled_from(["grant", "grant", "pause", "resume", "cancel", "keep", "revoke"])
RANK = {"paused": 0, "active": 0, "grace": 1, "over": 2, "none": 2}


@st.composite
def ledgers(draw, *, lifetime=True):
    """Lines such as could be written, and some that could not: all of one person."""
    lines, grants = [], []
    for number in range(draw(st.integers(0, 8))):
        kind = draw(KINDS) if number else "grant"
        line = Line(UUID(int=number + 1), kind, draw(MOMENTS))
        if kind == "grant":
            days = st.none() | st.integers(1, 90) if lifetime else st.integers(1, 90)
            line = replace(line, days=draw(days))
            grants.append(line.id)
        if kind == "revoke":
            line = replace(line, of=draw(st.sampled_from(grants)))
        lines.append(line)
    return lines


def grant(number, at=START, days=30):
    return Line(UUID(int=number), "grant", at, days=days)


def line(number, kind, at, of=None):
    return Line(UUID(int=number), kind, at, of=UUID(int=of) if of else None)


def after(**span):
    return START + timedelta(**span)


@given(ledgers(), MOMENTS, st.randoms(use_true_random=False))
def test_order_of_arrival_makes_no_difference_and_nothing_counts_twice(lines, now, random):
    twice = [*lines, *lines]
    random.shuffle(twice)
    assert fold(twice, now) == fold(lines, now)


@given(ledgers(), MOMENTS)
def test_time_is_never_negative_and_never_more_than_was_given(lines, now):
    given_days = sum(each.days or 0 for each in lines if each.kind == "grant" and each.at <= now)
    assert timedelta() <= fold(lines, now).left <= timedelta(days=given_days)


@given(ledgers(), MOMENTS, MOMENTS)
def test_between_lines_a_standing_only_goes_down(lines, first, then):
    first, then = sorted([first, then])
    assume(not any(first < each.at <= then for each in lines))
    before, later = fold(lines, first), fold(lines, then)
    assert later.left <= before.left
    assert RANK[later.state] >= RANK[before.state]
    if before.state == "paused":
        assert later == before
    if before.state == "active" and later.state in {"active", "grace", "over"}:
        assert later.until == before.until


@given(ledgers(lifetime=False), MOMENTS, st.integers(1, HOURS))
def test_pausing_and_resuming_conserves_what_is_left_exactly(lines, at, hours):
    lines = [each for each in lines if each.at < at]
    before, back = fold(lines, at), at + timedelta(hours=hours)
    assume(before.state == "active")
    told = [*lines, line(98, "pause", at), line(99, "resume", back)]
    assert fold(told, at).state == "paused"
    assert fold(told, back).left == before.left
    assert fold(told, back).until == before.until + timedelta(hours=hours)


@given(ledgers(), MOMENTS, st.integers(1, 90))
def test_time_that_is_added_counts_in_full(lines, at, days):
    lines = [each for each in lines if each.at < at]
    before, now = fold(lines, at), fold([*lines, grant(99, at, days)], at)
    assert now.left == before.left + timedelta(days=days)
    assert now.opens or now.state == "paused"


@given(ledgers(), MOMENTS, st.data())
def test_a_revocation_takes_what_is_left_of_its_grant_and_no_more(lines, at, data):
    lines = [each for each in lines if each.at < at]
    left = left_of_grants(lines, at)
    grants = [each for each in lines if each.kind == "grant"]
    assume(grants)
    which = data.draw(st.sampled_from(grants)).id
    before, now = fold(lines, at), fold([*lines, Line(UUID(int=99), "revoke", at, of=which)], at)
    taken = left.get(which) or timedelta()
    assert now.left == before.left - taken
    if which not in left:
        assert now == before


@given(st.integers(1, 90), st.integers(0, 24 * 14))
def test_grace_is_seven_days_after_the_end(days, hours):
    end = after(days=days)
    standing = fold([grant(1, days=days)], end + timedelta(hours=hours))
    assert standing.until == end
    assert standing.state == ("grace" if timedelta(hours=hours) < GRACE else "over")
    assert standing.opens == (standing.state == "grace")
    assert timedelta(days=7) == GRACE


@given(st.integers(2, 90), st.integers(1, 24))
def test_no_grace_after_what_was_left_was_taken_back(days, hours):
    lines = [grant(1, days=days), line(2, "revoke", after(hours=hours), of=1)]
    standing = fold(lines, after(hours=hours))
    assert (standing.state, standing.left, standing.opens) == ("over", timedelta(), False)


def test_what_was_used_up_before_a_revocation_keeps_its_grace():
    lines = [grant(1, days=3), line(2, "revoke", after(days=4), of=1)]
    assert fold(lines, after(days=5)).state == "grace"


@pytest.mark.parametrize("gap", [-2, 0, 2])
def test_a_revocation_by_a_clock_that_is_behind_takes_its_grant_all_the_same(gap):
    lines = [grant(1, after(days=3)), line(2, "revoke", after(days=3, hours=gap), of=1)]
    assert fold(lines, after(days=4)).left == timedelta()
    assert not fold(lines, after(days=4)).opens


def test_who_pauses_and_resumes_in_the_same_moment_is_not_paused():
    lines = [grant(1), line(3, "pause", after(days=1)), line(2, "resume", after(days=1))]
    assert fold(lines, after(days=1)).state == "active"


def test_a_life_takes_nothing_of_the_days_beside_it():
    lines = [grant(1, days=10), grant(2, after(days=5), days=None)]
    assert fold(lines, after(days=400)).lifetime
    taken = [*lines, line(3, "revoke", after(days=401), of=2)]
    assert fold(taken, after(days=401)).left == timedelta(days=5)


def test_nothing_is_paused_where_nothing_is_left():
    lines = [grant(1, days=3), line(2, "pause", after(days=4))]
    assert fold(lines, after(days=5)).state == "grace"


def test_a_cancellation_changes_no_time_and_new_time_ends_it():
    lines = [grant(1), line(2, "cancel", after(days=1))]
    assert fold(lines, after(days=2)).cancelled
    assert fold(lines, after(days=2)).left == timedelta(days=28)
    assert not fold([*lines, grant(3, after(days=2))], after(days=3)).cancelled


def test_what_is_written_for_later_does_not_count_yet():
    assert fold([grant(1, after(days=2))], after(days=1)).state == "none"
