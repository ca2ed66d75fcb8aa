# SPDX-License-Identifier: Apache-2.0
import numpy as np
from hypothesis import assume, given

from body.strategies import vectors
from hipfirst.body.capsules import APART, CAPSULES, PAIRS, clearance


@given(vectors, vectors, vectors, vectors)
def test_no_pair_of_points_is_nearer_than_the_clearance(a, b, c, d):
    assume(min(np.linalg.norm(b - a), np.linalg.norm(d - c)) > 0.01)
    t = np.linspace(0, 1, 41)[:, None]
    sampled = np.linalg.norm((a + t * (b - a))[:, None] - (c + t * (d - c)), axis=-1).min()
    found = float(clearance(a, b, c, d))
    step = (np.linalg.norm(b - a) + np.linalg.norm(d - c)) / 40
    assert sampled - step <= found <= sampled + 1e-9


def test_crossing_lines_and_parallel_lines():
    x, y, z = np.eye(3)
    assert np.isclose(clearance(-x, x, z - y, z + y), 1)
    assert np.isclose(clearance(-x, x, y, y + x), 1)
    assert np.isclose(clearance(-x, x, 3 * x, 4 * x), 2)


def test_neighbours_are_left_out_and_both_thighs_are_watched():
    pairs = {frozenset((CAPSULES[i].name, CAPSULES[j].name)) for i, j in PAIRS}
    assert frozenset(("left thigh", "right thigh")) in pairs
    assert frozenset(("left thigh", "left shank")) not in pairs
    assert frozenset(("left forearm", "head")) in pairs
    assert len(APART) == len(PAIRS)
