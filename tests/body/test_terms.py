# SPDX-License-Identifier: Apache-2.0
"""Every term's derivatives against differences, on the body itself."""

import numpy as np
import pytest

from hipfirst.body import kinematics, props, quaternion, terms
from hipfirst.body.joints import ANGLES, HIGH, LOW
from hipfirst.body.landmarks import LANDMARKS

A = len(ANGLES)
MARKS = list(LANDMARKS)
SEGMENTS = kinematics.indices(tuple(mark.segment for mark in LANDMARKS.values()))
LOCAL = np.array([mark.point for mark in LANDMARKS.values()])
RNG = np.random.default_rng(7)
START = np.concatenate([RNG.uniform(LOW, HIGH) * 1.05, [0.1, 0.05, -0.2]])[None]


def which(*names):
    return [MARKS.index(name) for name in names]


def state(x, hardness=0.5):
    placed = kinematics.place(x[:, :A], x[:, A:], quaternion.IDENTITY)
    points = kinematics.locate(placed, SEGMENTS, LOCAL)
    turns = kinematics.jacobian(placed, SEGMENTS, points)
    shifts = np.broadcast_to(np.eye(3), (*points.shape, 3))
    slopes = np.concatenate([turns, shifts], axis=-1)
    return terms.State(x[:, :A], x[:, A:], points, slopes, hardness)


HANDS = which("palm-left", "palm-right")
ON = np.ones((1, 2))
SHARES = np.array([[0.4, 0.6, -1.0]])
ALONG = np.array([[0.36, 0.48], [0.48, 0.64]])
CHAIR = props.Prop("chair", (0.1, -0.3, 0.2), 0.4)
TERMS = {
    "level": terms.Level(HANDS, ON),
    "anchored": terms.Anchored(HANDS, np.full((2, 3), 0.2), ON),
    "resting": terms.Resting(HANDS, CHAIR, "chair", ON),
    "sitting": terms.Resting(HANDS, CHAIR, "seat", ON),
    "together": terms.Together(*HANDS, 0.0, np.ones(1)),
    "apart": terms.Together(*HANDS, 0.3, np.ones(1)),
    "pointing": terms.Pointing(*HANDS, np.array([0.0, 1, 0]), np.ones(1)),
    "above floor": terms.AboveFloor(list(range(len(MARKS)))),
    "keep clear": terms.KeepClear(
        np.array([which("kneecap-left", "heel-left", "kneecap-right", "heel-right")]),
        np.array([2.0]),
    ),
    "in range": terms.InRange(),
    "habit": terms.Habit(np.zeros((1, A)), np.zeros((1, 3)), np.full(A, 0.7), np.full(3, 0.2)),
    "balanced": terms.Balanced([*HANDS, *which("sacrum")], SHARES, np.eye(2)),
    "balanced along one way": terms.Balanced([*HANDS, *which("sacrum")], SHARES, ALONG),
}


@pytest.mark.parametrize("name", TERMS)
def test_slopes_are_derivatives(name):
    residual, slopes = TERMS[name].evaluate(state(START))
    assert np.abs(residual).max() > 0, "the test must see something"
    measured = np.zeros_like(slopes)
    for column in range(A + 3):
        step = np.zeros_like(START)
        step[0, column] = 1e-6
        ahead = TERMS[name].evaluate(state(START + step))[0]
        behind = TERMS[name].evaluate(state(START - step))[0]
        measured[..., column] = (ahead - behind) / 2e-6
    assert np.allclose(slopes, measured, atol=1e-4 * max(1, np.abs(measured).max()))


@pytest.mark.parametrize(
    "name", ["level", "anchored", "resting", "sitting", "together", "apart", "pointing"]
)
def test_what_is_not_active_costs_nothing(name):
    term = TERMS[name]
    idle = type(term)(**{**vars(term), "active": np.zeros_like(term.active)})
    residual, slopes = idle.evaluate(state(START))
    assert not residual.any()
    assert not slopes.any()


def test_the_floor_pushes_only_what_is_below_it():
    standing = np.zeros((1, A + 3))
    standing[0, A + 1] = 2.0
    assert not terms.AboveFloor(list(range(len(MARKS)))).evaluate(state(standing))[0].any()
