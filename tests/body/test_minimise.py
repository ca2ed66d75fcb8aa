# SPDX-License-Identifier: Apache-2.0
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hipfirst.body.minimise import minimise


def banana(x):
    """Rosenbrock's valley as residuals: least at (1, 1)."""
    a, b = x[:, 0], x[:, 1]
    slopes = np.zeros((len(x), 2, 2))
    slopes[:, 0, 0], slopes[:, 0, 1], slopes[:, 1, 0] = -20 * a, 10, -1
    return np.stack([10 * (b - a**2), 1 - a], axis=1), slopes


def test_it_walks_down_a_curved_valley():
    found = minimise(banana, np.array([[-1.2, 1.0], [2.0, -3.0]]), steps=200)
    assert np.allclose(found, 1, atol=1e-3)


@settings(max_examples=30)
@given(st.integers(0, 2**31))
def test_a_linear_problem_gives_the_least_squares_answer(seed):
    rng = np.random.default_rng(seed)
    matrix, target = rng.normal(size=(8, 3)), rng.normal(size=8)

    def linear(x):
        return x @ matrix.T - target, np.broadcast_to(matrix, (len(x), 8, 3))

    expected = np.linalg.lstsq(matrix, target)[0]
    assert np.allclose(minimise(linear, np.zeros((2, 3))), expected, atol=1e-3)


def test_frames_do_not_know_of_each_other():
    starts = np.array([[-1.2, 1.0], [0.3, 0.1]])
    alone = np.concatenate([minimise(banana, row[None], steps=200) for row in starts])
    assert np.allclose(minimise(banana, starts, steps=200), alone, atol=1e-3)
