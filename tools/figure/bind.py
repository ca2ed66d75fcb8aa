# SPDX-License-Identifier: Apache-2.0
"""The pose the mesh is grown in: arms and legs a little apart, so that no two limbs touch.

Besides the skeleton's joints the mesh is bound to half joints: each stands at a joint and turns
half as far as it, which keeps knees, hips and shoulders full when they bend.
"""

from __future__ import annotations

import numpy as np

from hipfirst.body import quaternion, skeleton
from hipfirst.body.skeleton import Array

ARM_ABDUCTION_DEG = 38.0
LEG_ABDUCTION_DEG = 9.0
HALVED = ("thigh", "shank", "foot", "upper_arm", "forearm", "hand")
"""Joints that have a half joint on each side."""


def _local() -> Array:
    turned = np.tile(quaternion.IDENTITY, (len(skeleton.NAMES), 1))
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for joint, degrees in (("upper_arm", ARM_ABDUCTION_DEG), ("thigh", LEG_ABDUCTION_DEG)):
            angle = np.radians(sign * degrees)
            turned[skeleton.INDEX[f"{joint}_{side}"]] = quaternion.from_axis_angle(
                (1.0, 0.0, 0.0), angle
            )
    return turned


LOCAL: Array = _local()
"""Local rotations of the bind pose (J, 4)."""
PLACES, TURNS = skeleton.forward(np.zeros(3), LOCAL)
HALVES: tuple[str, ...] = tuple(f"{name}_{side}" for side in ("left", "right") for name in HALVED)
BONES: tuple[str, ...] = skeleton.NAMES + tuple(f"{name}_half" for name in HALVES)
"""What vertices are bound to: the joints, then the half joints."""
BONE: dict[str, int] = {name: i for i, name in enumerate(BONES)}


def to_local(points: Array, joint: str) -> Array:
    """Points of the bind pose (n, 3) in the frame of `joint`."""
    i = skeleton.INDEX[joint]
    return quaternion.rotate(quaternion.conjugate(TURNS[i]), points - PLACES[i])


def to_bind(points: Array, joint: str) -> Array:
    """Points in the frame of `joint` (n, 3), placed in the bind pose."""
    i = skeleton.INDEX[joint]
    return np.asarray(quaternion.rotate(TURNS[i], points) + PLACES[i])
