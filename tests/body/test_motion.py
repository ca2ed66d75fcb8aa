# SPDX-License-Identifier: Apache-2.0
"""A motion that makes no sense is refused where it is made, with the place and what is allowed."""

import numpy as np
import pytest

from body.strategies import degrees, leg_raise
from hipfirst.body import errors, props
from hipfirst.body.motion import Align, Camera, Contact, Load, Motion, Phase, Touch, base_rotation
from hipfirst.body.quaternion import rotate

FORWARD, UP, RIGHT = np.eye(3)


def refused(kind, *says, **changes):
    with pytest.raises(kind) as caught:
        leg_raise(**changes)
    for words in says:
        assert words in str(caught.value)
    return caught.value


def test_an_impossible_angle_names_pose_angle_and_range():
    poses = {"down": {}, "up": degrees(knee_flexion_right=200)}
    refused(
        errors.AngleOutOfRangeError,
        "leg-raise: poses.up",
        "knee_flexion_right is 200 deg, allowed -5 to 155 deg",
        poses=poses,
    )


def test_an_unknown_angle_is_met_with_a_guess():
    error = refused(
        errors.UnknownNameError, "hip_flexion_right", poses={"down": {}, "up": {"hip_flexon": 0.1}}
    )
    assert error.near[0].startswith("hip_flexion")


def test_an_unknown_landmark_is_met_with_a_guess():
    with pytest.raises(errors.UnknownNameError, match=r"'heal-left' .* did you mean heel-left"):
        Contact("mat", ("heal-left",))


def test_a_motion_comes_back_to_its_start():
    phases = (Phase("lift", "up", 1),)
    refused(errors.NotPeriodicError, "'up'", "start pose 'down'", phases=phases)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"start": "dwn"}, "did you mean down"),
        ({"phases": ()}, "at least one phase"),
        ({"phases": (Phase("a", "up", 1), Phase("a", "down", 1))}, "used twice"),
        ({"phases": (Phase("a", "up", 1, hold=True), Phase("b", "down", 1))}, "stays in pose"),
        ({"phases": (Phase("a", "over", 1),)}, "'over' is no pose"),
        ({"phases": (Phase("a", "up", 60), Phase("b", "down", 1))}, "allowed 60 s: use a short"),
        ({"lying_on": "left"}, "lying_on belongs to side-lying"),
        ({"orientation": "hanging"}, "'hanging' is no orientation"),
        ({"free": frozenset({"hip"})}, "'hip' is no angle"),
        ({"contacts": (Contact("chair", ("palm-left",)),)}, "'chair' is no surface"),
        ({"contacts": (Contact("seat", ("sit-bone-left",)),)}, "'seat' is no surface"),
        ({"contacts": (Contact("mat", ("sacrum",), during=("lit",)),)}, "did you mean lift"),
        ({"contacts": ()}, "nothing touches the ground"),
        ({"props": (props.Prop("mat"), props.Prop("mat"))}, "one of each kind"),
        ({"props": (props.Prop("sofa", (0, 0, 0)),)}, "'sofa' is no kind of prop"),
    ],
)
def test_what_makes_no_sense_is_refused(changes, says):
    refused(errors.InvalidMotionError, "leg-raise", says, **changes)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Phase("p", "up", 0), "0.1 to 120"),
        (lambda: Touch(("heel-left", "hel-right")), "did you mean heel-right"),
        (lambda: Touch(("heel-left", "heel-right"), 3), "gap is 3 m"),
        (lambda: Align("thigh", "up", "up"), "thigh_left"),
        (lambda: Align("head", "north", "up"), "'north' is no direction"),
        (lambda: Load("mini-band", ("thigh_left",), newtons=-1), "newtons is -1, allowed 0 to"),
        (lambda: Load("dumbbell", ("hand_left",), kilograms=1e300), "allowed 0 to 100"),
        (lambda: Load("dumbbell", ("hand_left",), kilograms=float("nan")), "allowed 0 to 100"),
        (lambda: props.Prop("mat", size=(-1, 0, 0)), "size: -1 m, allowed 0.005 to 5 m"),
        (lambda: props.Prop("wall", (1e300, 0, 0)), "position: 1e+300 m, allowed -5 to 5 m"),
        (
            lambda: props.Prop("cushion", between=("knee-inner-left", "kne-inner-right")),
            "did you mean knee-inner-right",
        ),
        (lambda: Camera(30, 95), "elevation -10 to 89"),
        (lambda: props.Prop("chair"), "needs a position"),
    ],
)
def test_parts_are_refused_too(make, says):
    with pytest.raises(errors.InvalidMotionError) as caught:
        make()
    assert says in str(caught.value)


def test_a_motion_cannot_be_changed_afterwards():
    motion = leg_raise()
    with pytest.raises(TypeError):
        motion.poses["down"]["hip_flexion_left"] = 0


def test_a_whole_foot_is_heel_and_balls():
    contact = Contact("floor", ("foot-left",))
    assert contact.landmarks == ("heel-left", "ball-inner-left", "ball-outer-left")


@pytest.mark.parametrize(
    ("orientation", "side", "front", "head", "right"),
    [
        ("upright", None, FORWARD, UP, RIGHT),
        ("supine", None, UP, -FORWARD, RIGHT),
        ("prone", None, -UP, FORWARD, RIGHT),
        ("side-lying", "left", FORWARD, -RIGHT, UP),
        ("side-lying", "right", FORWARD, RIGHT, -UP),
    ],
)
def test_base_orientations(orientation, side, front, head, right):
    base = base_rotation(orientation, side)
    for axis, there in zip(np.eye(3), (front, head, right), strict=True):
        assert np.allclose(rotate(base, axis), there)


def test_frames_follow_the_tempo():
    assert leg_raise().frames == 32
    assert isinstance(leg_raise(), Motion)
