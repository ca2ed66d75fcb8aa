# SPDX-License-Identifier: Apache-2.0
"""The skin passes through the landmarks: what a motion puts on the floor is what one sees there."""

import numpy as np
import pytest

from hipfirst.body import quaternion, skeleton
from hipfirst.body.landmarks import LANDMARKS
from hipfirst.packs.bake import figure

NEAR_M = 0.008
SEATED = {"sit-bone-left", "sit-bone-right"}
"""Skin only when the hips are bent: standing, the tops of the thighs cover them."""


def standing():
    return np.array(figure.load().header["bind"])


def seated():
    rotations = standing()
    quarter = quaternion.from_axis_angle((0.0, 0.0, 1.0), np.pi / 2)
    for side in ("left", "right"):
        thigh, shank = skeleton.INDEX[f"thigh_{side}"], skeleton.INDEX[f"shank_{side}"]
        rotations[thigh] = quarter
        rotations[shank] = quaternion.conjugate(quarter)
    return rotations


def distance_to_triangles(point, corners):
    """Distance from a point (3) to the nearest of triangles (m, 3, 3), sampled finely."""
    steps = np.linspace(0, 1, 7)
    u, v = (a.ravel() for a in np.meshgrid(steps, steps))
    u, v = u[u + v <= 1], v[u + v <= 1]
    near = corners[np.linalg.norm(corners.mean(axis=1) - point, axis=1) < 0.06]
    if not len(near):
        return np.inf
    shares = np.stack([1 - u - v, u, v], -1)
    return np.linalg.norm(np.einsum("sk,mki->msi", shares, near) - point, axis=-1).min()


@pytest.mark.parametrize("name", sorted(LANDMARKS))
def test_skin_passes_through_landmark(name):
    mark, body = LANDMARKS[name], figure.load()
    rotations = seated() if name in SEATED else standing()
    skin, _ = body.skin.moved(body.bones(np.zeros(3), rotations))
    places, turns = skeleton.forward(np.zeros(3), rotations)
    i = skeleton.INDEX[mark.segment]
    point = quaternion.rotate(turns[i], np.array(mark.point)) + places[i]
    assert distance_to_triangles(point, skin[body.skin.triangles]) < NEAR_M
