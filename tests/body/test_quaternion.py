# SPDX-License-Identifier: Apache-2.0
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from body.strategies import quaternions, vectors
from hipfirst.body import quaternion as q


def same(a, b):
    """Equal as rotations: q and -q turn alike."""
    return abs(float(np.dot(a, b))) > 1 - 1e-9


@given(quaternions, quaternions, quaternions)
def test_multiplication_is_associative(a, b, c):
    left = q.multiply(q.multiply(a, b), c)
    assert np.allclose(left, q.multiply(a, q.multiply(b, c)))


@given(quaternions)
def test_identity_changes_nothing_and_the_inverse_undoes(a):
    assert np.allclose(q.multiply(a, q.IDENTITY), a)
    assert np.allclose(q.multiply(q.IDENTITY, a), a)
    assert same(q.multiply(a, q.conjugate(a)), q.IDENTITY)


@given(quaternions, quaternions)
def test_the_product_of_rotations_is_a_rotation(a, b):
    assert np.isclose(np.linalg.norm(q.multiply(a, b)), 1)


@given(quaternions, quaternions, vectors)
def test_turning_by_a_product_is_turning_twice(a, b, v):
    assert np.allclose(q.rotate(q.multiply(a, b), v), q.rotate(a, q.rotate(b, v)))


@given(quaternions, vectors)
def test_matrix_and_quaternion_turn_alike(a, v):
    assert np.allclose(q.to_matrix(a) @ v, q.rotate(a, v))


@given(st.floats(-6, 6))
def test_a_turn_about_z_takes_x_towards_y(angle):
    turned = q.rotate(q.from_axis_angle((0.0, 0.0, 1.0), angle), np.array([1.0, 0.0, 0.0]))
    assert np.allclose(turned, [np.cos(angle), np.sin(angle), 0])


@given(quaternions, quaternions)
def test_slerp_begins_and_ends_where_it_should(a, b):
    assert same(q.slerp(a, b, 0.0), a)
    assert same(q.slerp(a, b, 1.0), b)


@given(quaternions, quaternions, st.floats(0, 1))
def test_slerp_turns_evenly(a, b, t):
    whole = 2 * np.arccos(np.clip(abs(a @ b), 0, 1))
    part = 2 * np.arccos(np.clip(abs(a @ q.slerp(a, b, t)), 0, 1))
    assert np.isclose(part, t * whole, atol=1e-5)


@given(quaternions, vectors)
def test_the_mirror_of_a_turned_vector_is_the_mirrored_vector_turned_by_the_mirror(a, v):
    flip = np.array([1.0, 1.0, -1.0])
    assert np.allclose(q.rotate(a, v) * flip, q.rotate(q.mirror(a), v * flip))
