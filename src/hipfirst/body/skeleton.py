# SPDX-License-Identifier: Apache-2.0
"""The one skeleton: body, figure mesh, rasteriser and player all read this table.

World axes follow ISB (Wu et al. 2002): +X anterior, +Y up, +Z to the body's right; metres.
In the anatomical zero pose (upright, legs straight down, arms straight down, palms facing the
thighs, feet forward) every joint frame is aligned with the world, so every local rotation is the
identity. Lengths are a 1.70 m adult after the segment fractions of Winter (2009), table 4.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import quaternion

Array = NDArray[np.float64]

STATURE = 1.70
"""Height of the reference body [m]."""
SOLE_BELOW_ANKLE = 0.075
"""From ankle joint centre to the ground under a flat bare foot [m]."""


@dataclass(frozen=True)
class Joint:
    """One segment, named for itself, hinged to `parent` at `offset` [m] in the parent's frame."""

    name: str
    parent: str | None
    offset: tuple[float, float, float]


_TRUNK = (
    Joint("pelvis", None, (0.0, 0.0, 0.0)),  # origin: midpoint between the hip joint centres
    Joint("lumbar", "pelvis", (-0.025, 0.095, 0.0)),  # L5/S1
    Joint("thorax", "lumbar", (0.005, 0.165, 0.0)),  # T12/L1
    Joint("neck", "thorax", (-0.010, 0.250, 0.0)),  # C7/T1
    Joint("head", "neck", (0.020, 0.090, 0.0)),  # atlanto-occipital
)


def _limbs(side: str, z: float) -> tuple[Joint, ...]:
    def joint(name: str, parent: str, x: float, y: float, lateral: float) -> Joint:
        paired = parent if parent in {"pelvis", "thorax"} else f"{parent}_{side}"
        return Joint(f"{name}_{side}", paired, (x, y, z * lateral))

    return (
        joint("clavicle", "thorax", 0.030, 0.205, 0.025),
        joint("upper_arm", "clavicle", -0.035, 0.010, 0.135),
        joint("forearm", "upper_arm", 0.0, -0.295, 0.0),
        joint("hand", "forearm", 0.0, -0.245, 0.0),
        joint("thigh", "pelvis", 0.0, 0.0, 0.088),
        joint("shank", "thigh", 0.0, -0.410, 0.0),
        joint("foot", "shank", 0.0, -0.405, 0.0),
        joint("toes", "foot", 0.135, -0.055, 0.0),
    )


SKELETON: tuple[Joint, ...] = _TRUNK + _limbs("left", -1.0) + _limbs("right", 1.0)
NAMES: tuple[str, ...] = tuple(joint.name for joint in SKELETON)
INDEX: dict[str, int] = {name: i for i, name in enumerate(NAMES)}
PARENTS: tuple[int, ...] = tuple(-1 if j.parent is None else INDEX[j.parent] for j in SKELETON)
OFFSETS: Array = np.array([joint.offset for joint in SKELETON])
OFFSETS.setflags(write=False)
ANATOMICAL_HEIGHT = 0.410 + 0.405 + SOLE_BELOW_ANKLE
"""Height of the pelvis origin when standing straight [m]."""


def other_side(name: str) -> str:
    """The same name on the other side of the body; a midline name is its own mirror."""
    if name.endswith("_left"):
        return name.removesuffix("_left") + "_right"
    if name.endswith("_right"):
        return name.removesuffix("_right") + "_left"
    return name


MIRROR: tuple[int, ...] = tuple(INDEX[other_side(name)] for name in NAMES)
"""For each joint the index of its partner on the other side."""


def forward(root: Array, rotations: Array) -> tuple[Array, Array]:
    """Forward kinematics.

    `root` (..., 3) is the pelvis origin in the world [m], `rotations` (..., J, 4) the local unit
    quaternions (x, y, z, w). Returns world positions (..., J, 3) [m] and rotations (..., J, 4).
    """
    turned: list[Array] = []
    placed: list[Array] = []
    for i, parent in enumerate(PARENTS):
        if parent < 0:
            turned.append(rotations[..., i, :])
            placed.append(np.broadcast_to(root, (*rotations.shape[:-2], 3)))
        else:
            turned.append(quaternion.multiply(turned[parent], rotations[..., i, :]))
            placed.append(placed[parent] + quaternion.rotate(turned[parent], OFFSETS[i]))
    return np.stack(placed, axis=-2), np.stack(turned, axis=-2)


def mirror(root: Array, rotations: Array) -> tuple[Array, Array]:
    """The same pose in the mid-sagittal mirror: left becomes right."""
    swapped = quaternion.mirror(rotations[..., list(MIRROR), :])
    return root * np.array([1.0, 1.0, -1.0]), swapped
