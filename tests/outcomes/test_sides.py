# SPDX-License-Identifier: Apache-2.0
"""Left beside right in the tests of the sides."""

from __future__ import annotations

import json
import uuid
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipfirst.outcomes.events import EVENT, Event
from hipfirst.outcomes.sides import (
    EVEN_COUNTS,
    EVEN_RATIO,
    EVEN_SECONDS,
    Compared,
    SidesTested,
    TestAsked,
    sides_tested,
)

FOLD = Path(__file__).parents[1] / "wire" / "fold"
HOLD = TestAsked("side-hold", ("side-leg-hold", "clam-hold"), 0, ("left", "right"), "seconds")
STANDS = TestAsked("stands", ("sit-to-stand",), 0, ("both",), "count")
STEPS = TestAsked("step-down", ("step-down",), 0, ("left", "right"), "count")
WARM_UP = TestAsked("warm-up", ("bridge",), 0, ("both", "both"), None)
SLOTS = (WARM_UP, HOLD, STANDS, STEPS)


def done(slot: str, bout: int, *, reps: int = 0, seconds: float = 0, rung: int = 0) -> Any:
    return {"slot": slot, "bout": bout, "reps": reps, "seconds": seconds, "rung": rung}


def log(*bodies: Any) -> list[Event]:
    return [
        EVENT.validate_python(
            {"id": uuid.UUID(int=n), "device": uuid.UUID(int=1), "seq": n, "type": "done"}
            | {"at": "2026-03-02T07:30:00Z", "complete": True}
            | body
        )
        for n, body in zip(count(1), bodies, strict=False)
    ]


def held(left: float | None, right: float | None) -> Compared:
    return Compared("side-hold", "side-leg-hold", "seconds", left, right)


def counted(left: float, right: float) -> Compared:
    return Compared("step-down", "step-down", "count", left, right)


def test_what_each_side_reached_is_read_from_the_log() -> None:
    found = sides_tested(
        SLOTS,
        log(
            done("warm-up", 0, reps=8),
            done("side-hold", 0, seconds=20.5),
            done("side-hold", 1, seconds=41),
            done("stands", 0, reps=14, seconds=30),
            done("step-down", 0, reps=9, seconds=30),
        ),
    )
    assert found.tests == (
        held(20.5, 41.0),
        Compared("stands", "sit-to-stand", "count", both=14.0),
        Compared("step-down", "step-down", "count", left=9.0),
    )
    assert (found.weaker, found.compares) == ("left", True)


def test_of_a_test_that_was_left_out_there_is_nothing() -> None:
    assert sides_tested(SLOTS, ()) == SidesTested(())
    assert sides_tested((), log(done("side-hold", 0, seconds=9))) == SidesTested(())
    assert not sides_tested(SLOTS, log(done("stands", 0, reps=12))).compares


def test_a_side_on_which_the_test_was_broken_off_was_not_tested() -> None:
    events = log(
        done("side-hold", 0, seconds=6) | {"complete": False}, done("side-hold", 1, seconds=31)
    )
    assert sides_tested(SLOTS, events).tests == (held(None, 31.0),)
    assert sides_tested(SLOTS, events[:1]) == SidesTested(())


def test_the_case_of_a_side_that_was_left_names_no_weaker_side() -> None:
    case = json.loads((FOLD / "test-side-left.json").read_text())
    hold = TestAsked("side-hold", ("side-leg-hold",), 0, ("left", "right"), "seconds")
    found = sides_tested((hold,), map(EVENT.validate_python, case["events"]))
    assert found.tests == (held(None, 31.0),)
    assert (found.weaker, found.compares) == (None, False)


def test_another_movement_is_another_test() -> None:
    events = log(done("side-hold", 0, seconds=20), done("side-hold", 1, seconds=40, rung=1))
    assert sides_tested(SLOTS, events).tests == (held(20.0, None),)


@pytest.mark.parametrize(
    ("test", "weaker"),
    [
        (held(41, 45), None),
        (held(40, 45), "left"),
        (held(35, 45), "left"),
        (held(45, 35), "right"),
        (held(8, 11), None),
        (held(8, 12), "left"),
        (held(0, 30), "left"),
        (held(0, 0), None),
        (held(None, 30), None),
        (counted(9, 10), None),
        (counted(4, 5), None),
        (counted(6, 8), "left"),
    ],
)
def test_about_even_is_within_a_tenth_or_hardly_to_be_measured(
    test: Compared, weaker: str | None
) -> None:
    assert test.weaker == weaker


def test_tests_that_disagree_name_no_side() -> None:
    assert SidesTested((held(20, 40), counted(12, 8))).weaker is None
    assert SidesTested((held(20, 40), counted(9, 9))).weaker == "left"


REACHED = st.none() | st.floats(0, 120)


@given(left=REACHED, right=REACHED)
def test_the_mirror_names_the_other_side(left: float | None, right: float | None) -> None:
    mirrored = {"left": "right", "right": "left", None: None}
    assert held(right, left).weaker == mirrored[held(left, right).weaker]


@given(left=st.floats(0, 120), right=st.floats(0, 120))
def test_the_weaker_reached_less_by_more_than_the_tolerance(left: float, right: float) -> None:
    test = held(left, right)
    if test.weaker:
        less, more = (left, right) if test.weaker == "left" else (right, left)
        assert less < EVEN_RATIO * more
        assert more - less >= EVEN_SECONDS
    assert EVEN_COUNTS > 1
