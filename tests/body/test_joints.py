# SPDX-License-Identifier: Apache-2.0
"""Signs are anatomy: each test below says in words what a positive angle does to a body."""

import numpy as np
import pytest
from hypothesis import given

from body.strategies import poses
from hipfirst.body import joints, kinematics, motion, skeleton
from hipfirst.body.landmarks import LANDMARKS

FORWARD, UP, RIGHT = np.eye(3)
# the angle, the landmark it moves, and where to, with the rest of the body standing
FACTS = [
    ("hip_flexion_right", "kneecap-right", FORWARD),
    ("hip_abduction_right", "kneecap-right", RIGHT),
    ("hip_abduction_left", "kneecap-left", -RIGHT),
    ("hip_external_rotation_right", "toe-tip-right", RIGHT),
    ("hip_external_rotation_left", "toe-tip-left", -RIGHT),
    ("knee_flexion_right", "heel-right", -FORWARD),
    ("knee_external_rotation_right", "toe-tip-right", RIGHT),
    ("ankle_dorsiflexion_left", "toe-tip-left", UP),
    ("ankle_inversion_right", "foot-inner-right", UP),
    ("toe_extension_right", "toe-tip-right", UP),
    ("pelvis_tilt", "sternum", FORWARD),
    ("pelvis_list", "ribs-right", -UP),
    ("pelvis_rotation", "pubis", -RIGHT),
    ("lumbar_flexion", "sternum", FORWARD),
    ("lumbar_lateral_flexion", "crown", RIGHT),
    ("thorax_rotation", "sternum", -RIGHT),
    ("neck_flexion", "forehead", FORWARD),
    ("head_rotation", "forehead", -RIGHT),
    ("clavicle_elevation_right", "shoulder-outer-right", UP),
    ("clavicle_protraction_left", "shoulder-outer-left", FORWARD),
    ("shoulder_flexion_right", "palm-right", FORWARD),
    ("shoulder_abduction_left", "palm-left", -RIGHT),
    ("elbow_flexion_right", "palm-right", FORWARD),
    ("wrist_flexion_right", "fingertips-right", -RIGHT),
    ("wrist_ulnar_deviation_right", "fingertips-right", -FORWARD),
]


def where(landmark, **angles):
    row = joints.vector(angles)[None]
    placed = kinematics.place(row, np.zeros((1, 3)), motion.base_rotation("upright", None))
    mark = LANDMARKS[landmark]
    return kinematics.locate(placed, [skeleton.INDEX[mark.segment]], np.array([mark.point]))[0, 0]


@pytest.mark.parametrize(("angle", "landmark", "direction"), FACTS)
def test_a_positive_angle_moves_the_body_as_its_name_says(angle, landmark, direction):
    moved = where(landmark, **{angle: 0.2}) - where(landmark)
    assert moved @ direction > 0.005


def test_external_rotation_of_the_shoulder_turns_a_bent_forearm_outwards():
    bent = {"elbow_flexion_right": np.pi / 2}
    turned = where("palm-right", shoulder_external_rotation_right=0.3, **bent)
    assert turned[2] > where("palm-right", **bent)[2] + 0.05


def test_pronation_turns_the_palm_backwards():
    palm, back = (
        where(mark, forearm_pronation_right=np.pi / 2)
        for mark in ("palm-right", "back-of-hand-right")
    )
    assert palm[0] < back[0] - 0.03


@given(poses())
def test_reading_undoes_making(angles):
    base = motion.base_rotation("side-lying", "left")
    assert np.allclose(joints.read(joints.rotations(angles, base), base), angles, atol=1e-8)


def test_the_zero_pose_is_the_identity():
    turns = joints.rotations(np.zeros(len(joints.ANGLES)))
    assert np.array_equal(turns, np.tile([0.0, 0, 0, 1], (len(skeleton.NAMES), 1)))


@given(poses())
def test_mirrored_angles_make_the_mirrored_pose(angles):
    other = np.zeros_like(angles)
    for name, value in zip(joints.ANGLE_NAMES, angles, strict=True):
        partner, sign = joints.mirrored(name)
        other[joints.ANGLE_INDEX[partner]] = sign * value
    _, expected = skeleton.mirror(np.zeros(3), joints.rotations(angles))
    assert np.allclose(joints.rotations(other), expected)


@pytest.mark.parametrize("angle", joints.ANGLES, ids=lambda angle: angle.name)
def test_zero_is_within_every_range_and_sides_are_alike(angle):
    assert angle.low < 0 < angle.high
    partner = joints.ANGLES[joints.ANGLE_INDEX[joints.mirrored(angle.name)[0]]]
    assert (partner.low, partner.high) == (angle.low, angle.high)


def test_names_are_unique_and_groups_cover_all():
    assert len(set(joints.ANGLE_NAMES)) == len(joints.ANGLE_NAMES)
    groups = ("pelvis", "spine", "neck", "arms", "legs")
    assert sorted(n for g in groups for n in joints.GROUPS[g]) == sorted(joints.ANGLE_NAMES)


def test_a_midline_bend_to_the_right_mirrors_to_the_left():
    assert joints.mirrored("lumbar_lateral_flexion") == ("lumbar_lateral_flexion", -1.0)
    assert joints.mirrored("lumbar_flexion") == ("lumbar_flexion", 1.0)
    assert joints.mirrored("hip_abduction_left") == ("hip_abduction_right", 1.0)
