# SPDX-License-Identifier: Apache-2.0
"""Each fault, provoked by one change to a sound motion, names frame, part and what is allowed."""

from dataclasses import replace

import numpy as np
import pytest

from body.strategies import degrees, leg_raise, sit, stand
from hipfirst.body import checks, errors
from hipfirst.body.joints import ANGLE_INDEX
from hipfirst.body.motion import Contact, Touch
from hipfirst.body.solve import Solved, solve

LEG = solve(leg_raise())
STAND = solve(stand())
SIT = solve(sit())


def bent(solved, frame=None, root=(0, 0, 0), **angles):
    """The solved motion with angles added [deg] and the root moved, in one frame or all."""
    rows = slice(None) if frame is None else frame
    turned, moved = solved.angles.copy(), solved.root.copy()
    for name, value in angles.items():
        turned[rows, ANGLE_INDEX[name]] += np.radians(value)
    moved[rows] += root
    return Solved(solved.motion, turned, moved)


def kinds(solved, position=None):
    return {type(fault) for fault in checks.faults(solved, position)}


def fault(kind, solved, position=None):
    found = [f for f in checks.faults(solved, position) if type(f) is kind]
    assert found, [str(f) for f in checks.faults(solved, position)]
    return found[0]


def test_sound_motions_have_no_fault():
    assert checks.faults(LEG, "supine") == []
    assert checks.faults(STAND, "standing") == []
    assert checks.faults(SIT, "seated") == []


def test_a_foot_that_slides():
    found = fault(errors.ContactSlidesError, bent(LEG, frame=7, root=(0.02, 0, 0)))
    assert "leg-raise, frame 7: " in str(found)
    assert "20.0 mm, allowed 3.0 mm" in str(found)


def test_a_contact_that_is_lost():
    found = fault(errors.ContactLostError, bent(LEG, frame=3, root=(0, 0.01, 0)))
    assert found.frame == 3
    assert "10.0 mm from the mat, allowed 2.0 mm" in str(found)


def test_a_hand_off_the_chair():
    found = fault(errors.ContactLostError, bent(STAND, frame=5, elbow_flexion_left=40))
    assert found.subject == "palm-left"
    assert "from the chair" in str(found)


def test_a_body_in_the_floor():
    found = fault(errors.FloorPenetratedError, bent(LEG, frame=2, root=(0, -0.02, 0)))
    assert found.frame == 2
    assert "allowed 8.0 mm" in str(found)


def test_a_body_in_the_seat():
    found = fault(errors.SeatPenetratedError, bent(SIT, frame=2, root=(0, -0.02, 0)))
    assert found.subject.startswith("sit-bone")
    assert "frame 2: " in str(found)
    assert "19.7 mm deep, allowed 8.0 mm" in str(found)


def test_the_seat_carries_only_what_is_above_it():
    away = replace(SIT.motion, props=(replace(SIT.motion.props[0], position=(0.6, 0, 0)),))
    found = fault(errors.OutOfBalanceError, Solved(away, SIT.angles.copy(), SIT.root.copy()))
    assert found.frame == 0


def test_two_legs_in_the_same_place():
    crossed = bent(STAND, hip_abduction_left=-20, hip_abduction_right=-20)
    assert "thigh" in fault(errors.BodyPenetratedError, crossed).subject


def test_a_joint_beyond_its_range():
    found = fault(errors.LimitExceededError, bent(LEG, frame=12, hip_flexion_right=100))
    assert found.subject == "hip_flexion_right"
    assert "allowed -30 to 130 deg" in str(found)


def test_a_jerk():
    found = fault(errors.TooFastError, bent(LEG, frame=12, head_rotation=30))
    assert found.subject == "head_rotation"
    assert "600 deg/s, allowed 260" in str(found)


def test_a_pelvis_that_jumps():
    found = fault(errors.TooFastError, bent(LEG, frame=12, root=(0, 0, 0.1)))
    assert found.subject == "pelvis"


def test_a_loop_that_does_not_close():
    last = len(LEG.root) - 1
    found = fault(errors.LoopOpenError, bent(LEG, frame=last, head_rotation=30))
    assert "head_rotation jumps 30 deg" in str(found)


def test_points_that_come_apart():
    held = solve(stand(touches=(Touch(("palm-right", "thigh-outer-right"), 0.02),)))
    loose = bent(held, frame=4, elbow_flexion_right=30)
    found = fault(errors.TouchLostError, loose)
    assert found.subject == "palm-right and thigh-outer-right"


def test_standing_out_of_balance():
    assert errors.OutOfBalanceError in kinds(bent(STAND, pelvis_tilt=60))


def test_all_faults_are_told_together():
    broken = bent(LEG, frame=7, root=(0.02, -0.02, 0))
    assert {errors.ContactSlidesError, errors.FloorPenetratedError} <= kinds(broken)


@pytest.mark.parametrize("position", ["prone", "side-lying", "standing", "kneeling"])
def test_a_position_that_the_body_is_not_in(position):
    found = fault(errors.PositionContradictedError, LEG, position)
    assert repr(position) in str(found)
    assert "faces up" in str(found)


def test_kneeling_is_seen_not_declared():
    hands_and_knees = degrees(hip_flexion=90, knee_flexion=90, shoulder_flexion=90)
    motion = leg_raise(
        orientation="prone",
        side=None,
        poses={"down": hands_and_knees, "up": hands_and_knees},
        contacts=(
            Contact("mat", ("kneecap-left", "kneecap-right", "shin-left", "shin-right")),
            Contact("mat", ("palm-left", "palm-right")),
        ),
    )
    solved = solve(motion)
    assert "weight rests on a knee" in str(fault(errors.PositionContradictedError, solved, "prone"))
    assert errors.PositionContradictedError not in kinds(solved, "quadruped")


def test_the_working_side_is_seen_not_declared():
    wrong = Solved(replace(LEG.motion, side="left"), LEG.angles.copy(), LEG.root.copy())
    found = fault(errors.PositionContradictedError, wrong, "supine")
    assert "side 'left'" in str(found)
    assert "the right leg moves clearly more" in str(found)


def test_a_movement_that_both_sides_do_alike_has_no_working_side():
    poses = {"down": degrees(hip_flexion=20), "up": degrees(hip_flexion=30)}
    alike = replace(LEG.motion, side="right", poses=poses)
    solved = Solved(alike, LEG.angles.copy(), LEG.root.copy())
    found = fault(errors.PositionContradictedError, solved, "supine")
    assert "side 'right'" in str(found)
    assert "both sides do the same" in str(found)


def test_standing_means_only_feet_on_the_floor():
    lying_hand = replace(
        STAND.motion, contacts=(*STAND.motion.contacts, Contact("floor", ("palm-right",)))
    )
    solved = Solved(lying_hand, STAND.angles.copy(), STAND.root.copy())
    found = fault(errors.PositionContradictedError, solved, "standing")
    assert "other than the feet" in str(found)
