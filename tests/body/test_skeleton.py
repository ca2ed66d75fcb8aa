# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from body.strategies import poses
from hipfirst.body import joints, skeleton
from hipfirst.body.landmarks import LANDMARKS
from hipfirst.body.skeleton import INDEX


def placed(**angles):
    turns = joints.rotations(joints.vector({k: np.radians(v) for k, v in angles.items()}))
    return skeleton.forward(np.zeros(3), turns)[0]


def test_the_zero_pose_stands_at_its_height():
    positions = placed()
    sole = positions[INDEX["foot_right"], 1] - skeleton.SOLE_BELOW_ANKLE
    assert np.isclose(-sole, skeleton.ANATOMICAL_HEIGHT)
    crown = positions[INDEX["head"], 1] + LANDMARKS["crown"].point[1]
    assert np.isclose(crown - sole, skeleton.STATURE, atol=0.01)


@given(st.floats(-30, 130), st.floats(-5, 155))
def test_hip_and_knee_are_a_two_link_chain(hip, knee):
    """Closed form: thigh 0.410 m at `hip`, shank 0.405 m at `hip - knee` from straight down."""
    positions = placed(hip_flexion_right=hip, knee_flexion_right=knee)
    a, b = np.radians(hip), np.radians(hip - knee)
    ankle = 0.410 * np.array([np.sin(a), -np.cos(a)]) + 0.405 * np.array([np.sin(b), -np.cos(b)])
    assert np.allclose(positions[INDEX["foot_right"]], [*ankle, 0.088])


@given(poses())
def test_segments_keep_their_length(angles):
    positions = skeleton.forward(np.zeros(3), joints.rotations(angles))[0]
    for i, parent in enumerate(skeleton.PARENTS):
        if parent >= 0:
            length = np.linalg.norm(positions[i] - positions[parent])
            assert np.isclose(length, np.linalg.norm(skeleton.OFFSETS[i]))


@given(poses())
def test_mirroring_twice_is_nothing(angles):
    root, turns = np.array([0.1, 0.9, -0.3]), joints.rotations(angles)
    again = skeleton.mirror(*skeleton.mirror(root, turns))
    assert np.array_equal(again[0], root)
    assert np.array_equal(again[1], turns)


@given(poses())
def test_the_mirrored_pose_stands_in_the_mirrored_places(angles):
    root, turns = np.array([0.1, 0.9, -0.3]), joints.rotations(angles)
    here = skeleton.forward(root, turns)[0][list(skeleton.MIRROR)] * np.array([1, 1, -1])
    assert np.allclose(skeleton.forward(*skeleton.mirror(root, turns))[0], here)


@pytest.mark.parametrize("name", skeleton.NAMES)
def test_every_joint_has_a_partner(name):
    assert skeleton.other_side(skeleton.other_side(name)) == name
    assert skeleton.NAMES[skeleton.MIRROR[INDEX[name]]] == skeleton.other_side(name)
