# SPDX-License-Identifier: Apache-2.0
"""What a solved motion shows about itself, so that no document has to declare it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipfirst.body import quaternion
from hipfirst.body.joints import ANGLE_NAMES
from hipfirst.body.motion import GROUND, Side
from hipfirst.body.skeleton import Array
from hipfirst.body.solve import Solved

KNEE_MARKS = ("kneecap", "shin")
FOOT_MARKS = (
    "heel",
    "heel-back",
    "ball-inner",
    "ball-outer",
    "foot-outer",
    "foot-inner",
    "toe-tip",
)
_LYING = 0.25  # a pelvis origin lower than this lies on the ground [m]
_MORE = 1.5  # a side that moves this much more than the other is the working one


@dataclass(frozen=True)
class Facts:
    """`kneels`: weight on a knee; `on_floor`: one has to get down; `side` works (None: both);
    `facing`: where the front of the pelvis looks in the first frame; `seconds` per repetition.
    """

    kneels: bool
    on_floor: bool
    side: Side | None
    facing: str
    seconds: float


def facts(solved: Solved) -> Facts:
    """Derived from contacts and movement alone."""
    motion = solved.motion
    grounded = [
        mark
        for contact in motion.contacts
        if contact.surface in GROUND
        for mark in contact.landmarks
    ]
    low = bool(solved.root[:, 1].min() < _LYING)
    stems = {mark.removesuffix("-left").removesuffix("-right") for mark in grounded}
    kneels = not low and bool(stems & set(KNEE_MARKS))
    return Facts(
        kneels=kneels,
        on_floor=low or kneels or not stems <= set(FOOT_MARKS),
        side=_working(solved.angles),
        facing=_facing(solved),
        seconds=sum(phase.seconds for phase in motion.phases),
    )


def _working(angles: Array) -> Side | None:
    """The side whose hip and knee travel clearly further, None when both do alike."""
    travel = {side: _travel(angles, side) for side in ("left", "right")}
    if travel["left"] > _MORE * travel["right"]:
        return "left"
    return "right" if travel["right"] > _MORE * travel["left"] else None


def _travel(angles: Array, side: str) -> float:
    columns = [
        i
        for i, name in enumerate(ANGLE_NAMES)
        if name.startswith(("hip_", "knee_flexion")) and name.endswith(side)
    ]
    return float(np.linalg.norm(np.ptp(angles[:, columns], axis=0)))


def _facing(solved: Solved) -> str:
    """One of up, down, left-side, right-side (lying on it), ahead; by the pelvis."""
    from_base = quaternion.from_axis_angle((0.0, 1.0, 0.0), solved.angles[0, 0])
    pelvis = quaternion.multiply(solved.motion.base, from_base)
    front, top, right = (quaternion.rotate(pelvis, axis) for axis in np.eye(3))
    heights = {
        "up": front[1],
        "down": -front[1],
        "ahead": top[1],
        "left-side": right[1],
        "right-side": -right[1],
    }
    return max(heights, key=lambda name: float(heights[name]))
