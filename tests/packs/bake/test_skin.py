# SPDX-License-Identifier: Apache-2.0
"""Skinning obeys its laws."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipfirst.body import quaternion, skeleton
from hipfirst.packs.bake import figure

ANGLES = st.lists(st.floats(-1.2, 1.2), min_size=8, max_size=8)
BENT = (
    "pelvis",
    "thorax",
    "thigh_left",
    "thigh_right",
    "shank_right",
    "upper_arm_left",
    "foot_left",
    "head",
)


def bind():
    return np.array(figure.load().header["bind"])


def bent(angles):
    rotations = bind()
    for name, angle in zip(BENT, angles, strict=True):
        turn = quaternion.from_axis_angle((0.6, 0.0, 0.8), angle)
        i = skeleton.INDEX[name]
        rotations[i] = quaternion.multiply(rotations[i], turn)
    return rotations


def skin(root, rotations):
    body = figure.load()
    return body.skin.moved(body.bones(root, rotations))[0]


def test_bind_pose_is_the_stored_mesh():
    np.testing.assert_allclose(skin(np.zeros(3), bind()), figure.load().skin.points, atol=1e-9)


@settings(max_examples=10, deadline=None)
@given(ANGLES, st.floats(-1, 1))
def test_moving_the_root_moves_every_point_alike(angles, shift):
    rotations = bent(angles)
    away = np.array([shift, 0.3, -shift])
    np.testing.assert_allclose(
        skin(away, rotations), skin(np.zeros(3), rotations) + away, atol=1e-9
    )


@settings(max_examples=10, deadline=None)
@given(ANGLES)
def test_mirrored_pose_gives_mirrored_skin(angles):
    rotations = bent(angles)
    _, other = skeleton.mirror(np.zeros(3), rotations)
    flip = np.array([1.0, 1.0, -1.0])
    a, b = skin(np.zeros(3), rotations) * flip, skin(np.zeros(3), other)
    low, high = a.min(axis=0), a.max(axis=0)
    np.testing.assert_allclose(np.stack([b.min(axis=0), b.max(axis=0)]), [low, high], atol=1e-6)
    np.testing.assert_allclose(np.sort(b[:, 1]), np.sort(a[:, 1]), atol=1e-6)


@pytest.mark.parametrize(("joint", "radius"), [("shank_right", 0.035), ("thigh_right", 0.05)])
def test_bent_joints_stay_full(joint, radius):
    rotations = bind()
    i = skeleton.INDEX[joint]
    sign = -1 if joint.startswith("shank") else 1
    turn = quaternion.from_axis_angle((0.0, 0.0, 1.0), sign * np.radians(100))
    rotations[i] = quaternion.multiply(rotations[i], turn)
    places, _ = skeleton.forward(np.zeros(3), rotations)
    points = skin(np.zeros(3), rotations)
    near = points[np.linalg.norm(points - places[i], axis=1) < 0.16]
    # Nothing collapses onto the joint's centre.
    assert np.linalg.norm(near - places[i], axis=1).min() > 0.5 * radius


def works(muscle="gluteus-medius", role="main", side="working"):
    return SimpleNamespace(muscle=muscle, role=role, side=side)


def test_heat_lies_on_the_working_side():
    body = figure.load()
    heat = body.heat([works()], "left")
    assert heat[body.skin.sides < 0, 0].max() > 0.8
    assert heat[body.skin.sides > 0].max() == 0.0
    assert heat[:, 1].max() == 0.0


def test_heat_is_on_both_sides_when_none_works_alone():
    body = figure.load()
    heat = body.heat([works(role="helps")], None)
    left, right = heat[body.skin.sides < 0, 1], heat[body.skin.sides > 0, 1]
    np.testing.assert_allclose(np.sort(left), np.sort(right))
    assert left.max() > 0.8
