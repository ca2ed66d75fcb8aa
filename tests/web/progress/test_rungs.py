# SPDX-License-Identifier: Apache-2.0
"""Ladders with both sides beside each other."""

from __future__ import annotations

from datetime import date, timedelta

from hipfirst.outcomes.strength import Worked
from hipfirst.web.progress.log import Log, Session
from hipfirst.web.progress.rungs import rungs_of

START = date(2026, 3, 2)
NAMES = {"down": "Step-down", "up": "Step-up", "clam": "Clam", "hinge": "Hinge"}
HARDER = {"up": frozenset({"down"})}


def said(*changes):
    """Of (side, first movement, newest movement, reps at first, reps now)."""
    first = tuple(Worked(START, one, side, before) for side, one, _now, before, _after in changes)
    now = tuple(
        Worked(START + timedelta(weeks=4), two, side, after)
        for side, _one, two, _before, after in changes
    )
    sessions = tuple(Session(each[0].on, "", 0, each, ()) for each in (first, now))
    return [
        ([(side.side, side.says) for side in each.said], each.changed)
        for each in rungs_of(Log(sessions, NAMES, HARDER))
    ]


def test_sides_that_did_the_same_are_said_once():
    assert said(("left", "up", "down", 8, 8), ("right", "up", "down", 8, 8)) == [
        ([("Left and right", "from Step-up up to Step-down")], True)
    ]


def test_a_side_that_stayed_stands_beside_the_one_that_changed():
    ((both, changed),) = said(("right", "up", "up", 8, 8), ("left", "up", "down", 8, 8))
    assert both == [
        ("Left", "from Step-up up to Step-down"),
        ("Right", "Step-up, 8 repetitions as at first"),
    ]
    assert changed


def test_what_changed_most_comes_first_and_what_did_not_last():
    found = said(
        ("both", "hinge", "hinge", 8, 8),
        ("left", "clam", "clam", 10, 12),
        ("right", "clam", "clam", 10, 10),
        ("left", "up", "down", 8, 8),
    )
    assert [lines[0][1].split(",")[0] for lines, _changed in found] == [
        "from Step-up up to Step-down",
        "Clam",
        "Hinge",
    ]
    assert [changed for _lines, changed in found] == [True, True, False]
