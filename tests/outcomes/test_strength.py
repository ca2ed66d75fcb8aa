# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.outcomes.strength import Worked, gained_of

START = date(2026, 3, 2)
HARDER = {"clam": frozenset({"band-clam", "side-raise"}), "band-clam": frozenset({"side-raise"})}


def worked(day, movement, side="left", amount=10, **more):
    return Worked(START + timedelta(days=day), movement, side, amount, **more)


@pytest.mark.parametrize(
    ("first", "now", "step"),
    [
        (worked(0, "clam"), worked(7, "side-raise"), "harder"),
        (worked(0, "side-raise"), worked(7, "clam"), "easier"),
        (worked(0, "clam", amount=8), worked(7, "clam", amount=12), "more"),
        (worked(0, "clam", amount=12), worked(7, "clam", amount=8), "less"),
        (worked(0, "clam"), worked(7, "clam"), "same"),
        (worked(0, "clam", amount=30, held=True), worked(7, "clam", amount=12), "same"),
    ],
)
def test_from_the_first_day_to_the_newest(first, now, step):
    (gained,) = gained_of([now, first], HARDER)
    assert (gained.first, gained.now, gained.step) == (first, now, step)


def test_sides_and_ladders_stand_by_themselves():
    log = [
        worked(day, m, s) for day in (0, 3) for m in ("clam", "bridge") for s in ("left", "right")
    ]
    assert len(gained_of(log, HARDER)) == 4


def test_one_day_says_nothing_yet():
    assert gained_of([worked(0, "clam"), worked(0, "band-clam")], HARDER) == ()


def test_of_one_day_the_hardest_counts():
    log = [worked(0, "clam"), worked(5, "side-raise"), worked(5, "clam", amount=99)]
    assert gained_of(log, HARDER)[0].now.movement == "side-raise"


@given(
    st.lists(
        st.builds(
            worked,
            st.integers(0, 40),
            st.sampled_from(["clam", "band-clam", "side-raise", "bridge"]),
            st.sampled_from(["left", "right", "both"]),
            st.integers(1, 20),
        )
    )
)
def test_each_ladder_and_side_is_named_once(log):
    found = gained_of(log, HARDER)
    ladders = [(g.side, g.now.movement == "bridge") for g in found]
    assert len(ladders) == len(set(ladders))
    assert all(g.first.on < g.now.on for g in found)
