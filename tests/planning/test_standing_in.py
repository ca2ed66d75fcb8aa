# SPDX-License-Identifier: Apache-2.0
"""What takes the place of a movement: the same aim, off the floor where the session is, in turn."""

import pytest

from hipfirst.planning.catalogue import Catalogue
from hipfirst.planning.plan import plan
from hipfirst.planning.request import Request
from planning.knees import FEET, RESTING, movement, session, slot

NO_BALL = Request(kit=frozenset({"chair"}))
SEATED = ({"surface": "seat", "points": ["sit-bone-left", "sit-bone-right"]},)


def made(*exercises, slots=("now",), request=NO_BALL):
    found = Catalogue({each.slug: each for each in exercises})
    return plan(session(*(slot(s, rungs=[s]) for s in slots)), found, request).slots


def played(*exercises, **asked):
    return [slot.choice.doing("both") for slot in made(*exercises, **asked)]


@pytest.mark.parametrize(
    ("aim", "other", "may"),
    [
        ("strength", "strength", True),
        ("stretch", "stretch", True),
        ("mobility", "stretch", True),
        ("stretch", "mobility", True),
        ("strength", "stretch", False),
        ("stretch", "strength", False),
        ("strength", "mobility", False),
        ("mobility", "strength", False),
    ],
)
def test_one_stands_in_only_for_another_with_the_same_aim(aim, other, may):
    beside = movement("beside", muscle="hamstrings", aim=aim)
    now = movement("now", aim=aim, kit=["ball"])
    there = movement("there", aim=other)
    filled = played(now, there, beside, slots=("now", "beside"))
    assert filled == (["there", "beside"] if may else ["beside"])
    (as_written, _) = made(now, there, beside, slots=("now", "beside"), request=Request())
    assert ("there" in as_written.substitutes.values()) == may


def test_another_aim_comes_last():
    stretch = movement("now", aim="stretch", kit=["ball"])
    mobile = movement("mobile", aim="mobility")
    muscles = [
        {"muscle": each, "role": "main", "side": "both"}
        for each in ("piriformis", "calf", "hamstrings")
    ]
    less_alike = movement("z-stretch", aim="stretch", muscles=muscles)
    assert played(stretch, mobile, less_alike) == ["z-stretch"]
    (as_written,) = made(stretch, mobile, less_alike, request=Request())
    assert set(as_written.substitutes.values()) == {"z-stretch"}


LESS_ALIKE = [
    {"muscle": each, "role": "main", "side": "both"} for each in ("piriformis", "calf", "vasti")
]


@pytest.mark.parametrize(("position", "contacts"), [("seated", SEATED), ("standing", FEET)])
def test_off_the_floor_stays_off_the_floor(position, contacts):
    now = movement("now", position, contacts, kit=["ball"])
    lying = movement("lying", contacts=RESTING)
    upright = movement("z-upright", "seated", SEATED, muscles=LESS_ALIKE)
    assert played(now, lying, upright) == ["z-upright"]
    assert played(now, lying) == ["lying"]
    (as_written,) = made(now, lying, upright, request=Request())
    assert as_written.substitutes["not-today"] == "z-upright"


def test_what_hurts_off_the_floor_gives_way_to_anything_off_the_floor_first():
    now = movement("now", "seated", SEATED)
    upright = movement("z-upright", "seated", SEATED, muscle="calf")
    assert made(now, movement("lying"), upright)[0].substitutes["hurts"] == "z-upright"


def test_a_session_that_lies_down_once_may_lie_down_elsewhere():
    now = movement("now", "seated", SEATED, kit=["ball"])
    lying = movement("lying", contacts=RESTING)
    upright = movement("z-upright", "seated", SEATED, muscles=LESS_ALIKE)
    beside = movement("beside", muscle="hamstrings")
    filled = played(now, lying, upright, beside, slots=("now", "beside"))
    assert filled == ["lying", "beside"]


def test_one_movement_fills_two_slots_at_most_where_anything_else_is_free():
    gone = [movement(f"gone-{n}", kit=["ball"]) for n in range(4)]
    names = tuple(each.slug for each in gone)
    alike = movement("alike")
    muscles = [
        {"muscle": each, "role": "main", "side": "both"}
        for each in ("piriformis", "calf", "vasti", "hamstrings", "adductors")
    ]
    far = movement("far", muscles=muscles)
    assert played(*gone, alike, far, slots=names) == ["alike", "alike", "far", "far"]
    assert played(*gone, alike, slots=names) == ["alike"] * 4


def test_a_slot_of_its_own_counts_too():
    gone = [movement(f"gone-{n}", kit=["ball"]) for n in range(2)]
    far = movement("far", muscles=LESS_ALIKE)
    filled = played(*gone, movement("alike"), far, slots=("gone-0", "gone-1", "alike"))
    assert filled == ["alike", "far", "alike"]
