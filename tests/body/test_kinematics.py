# SPDX-License-Identifier: Apache-2.0
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from body.strategies import poses, quaternions, vectors
from hipfirst.body import joints, kinematics, masses, skeleton

SEGMENTS = kinematics.indices(masses.SEGMENTS)


def located(angles, root, base):
    placed = kinematics.place(angles[None], root[None], base)
    return placed, kinematics.locate(placed, SEGMENTS, masses.CENTRES)


@given(poses(), vectors, quaternions)
def test_places_are_those_of_forward_kinematics(angles, root, base):
    placed, _ = located(angles, root, base)
    positions, turned = skeleton.forward(root, joints.rotations(angles, base))
    assert np.allclose(placed.origins[0], positions)
    assert np.allclose(np.abs(np.sum(placed.turned[0] * turned, axis=-1)), 1)


@settings(max_examples=15)
@given(poses(), vectors, quaternions, st.integers(0, len(joints.ANGLES) - 1))
def test_the_jacobian_is_the_derivative(angles, root, base, column):
    """Equation 1 of docs/conventions.md against central differences."""
    placed, points = located(angles, root, base)
    slope = kinematics.jacobian(placed, SEGMENTS, points)[0, ..., column]
    step = np.zeros_like(angles)
    step[column] = 1e-5
    ahead, behind = located(angles + step, root, base)[1], located(angles - step, root, base)[1]
    assert np.allclose(slope, (ahead - behind)[0] / 2e-5, atol=1e-7)


def test_masses_add_up_and_sit_inside_the_trunk_when_standing():
    assert np.isclose(masses.FRACTIONS.sum(), 1)
    _, points = located(np.zeros(len(joints.ANGLES)), np.zeros(3), np.array([0.0, 0, 0, 1]))
    centre = masses.FRACTIONS @ points[0]
    height = (centre[1] + skeleton.ANATOMICAL_HEIGHT) / skeleton.STATURE
    assert 0.53 < height < 0.59  # Winter (2009): about 0.56 of stature
    assert abs(centre[2]) < 1e-12
