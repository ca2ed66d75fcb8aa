# SPDX-License-Identifier: Apache-2.0
"""Things in the room: their size, and the part of them a hand or foot can rest on.

A prop's `position` is the middle of its footprint, at its underside; its own frame is the world's
turned by `yaw` about +Y. A mat's top is the ground plane y = 0, so it lies at -0.012.
A chair is described by its back rest: it stands at the rear (-X of its own frame), `size[1]` high,
and the seat in front of it follows: a higher chair has a higher seat.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from hipfirst.body.errors import InvalidMotionError, UnknownNameError
from hipfirst.body.landmarks import LANDMARKS
from hipfirst.body.skeleton import Array

MAT_THICKNESS = 0.012
RAIL = 0.04
"""Depth of a chair's back rest [m]."""
SEAT = 0.46 / 0.90
"""Height of a chair's seat as a share of the height of its back rest."""
KINDS: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "mat": (1.83, MAT_THICKNESS, 0.66),
        "chair": (0.44, 0.90, 0.44),
        "cushion": (0.28, 0.24, 0.15),
        "step": (0.40, 0.20, 0.70),
        "wall": (0.10, 2.40, 2.00),
    }
)
"""Each kind with its usual size: along its own X, Y and Z [m]."""
REACH = 5.0
"""A prop lies at most this far from the middle of the room, along each axis [m]."""
SMALLEST, LARGEST = 0.005, 5.0
"""Bounds of each side of a prop [m]."""
SURFACES: Mapping[str, str] = MappingProxyType(
    {"chair": "chair", "seat": "chair", "step": "step", "wall": "wall"}
)
"""What a landmark can rest on exactly, and the kind of hard prop that has it."""


@dataclass(frozen=True)
class Prop:
    """A thing in the room. A mat without a position is laid under the body; a cushion `between`
    two landmarks is put where they are in the first frame.
    """

    kind: str
    position: tuple[float, float, float] | None = None
    yaw: float = 0.0
    size: tuple[float, float, float] | None = None
    between: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        where = f"prop {self.kind}"
        for mark in self.between or ():
            if mark not in LANDMARKS:
                raise UnknownNameError(f"{where}: between", "landmark", mark, LANDMARKS)
        _bounded(f"{where}: position", self.position, -REACH, REACH)
        _bounded(f"{where}: size", self.size, SMALLEST, LARGEST)
        if self.kind in KINDS and self.kind != "mat" and not (self.position or self.between):
            raise InvalidMotionError(where, "needs a position, or what it is between")

    @property
    def extent(self) -> tuple[float, float, float]:
        return self.size or KINDS[self.kind]


def _bounded(
    where: str, lengths: tuple[float, float, float] | None, low: float, high: float
) -> None:
    """Raises InvalidMotionError for a length that is not from `low` to `high` [m]."""
    for length in lengths or ():
        if not low <= length <= high:  # refuses a NaN, too
            problem = f"{length:g} m, allowed {low:g} to {high:g} m"
            raise InvalidMotionError(where, problem)


def seat_height(prop: Prop) -> float:
    """Where the top of a chair's seat is above its underside [m]."""
    return SEAT * prop.extent[1]


def seat_corners(chair: Prop) -> Array:
    """The four corners (4, 3) of a chair's seat [m]."""
    x, _, z = chair.extent
    far = np.array([(sx * x, 0.0, sz * z) for sx in (-1.0, 1.0) for sz in (-1.0, 1.0)])
    at, to_world = _frame(chair)
    return nearest(chair, far @ to_world.T + at, "seat")


def nearest(prop: Prop, points: Array, surface: str = "") -> Array:
    """The points (..., 3) of the prop's `surface` nearest to `points` (..., 3) [m].

    Without `surface`, the one that is named like the prop.
    """
    at, to_world = _frame(prop)
    low, high = _face(prop, surface)
    own = np.clip((points - at) @ to_world, low, high)
    return np.asarray(own @ to_world.T + at)


def held(prop: Prop, points: Array, surface: str = "") -> Array:
    """How (..., 3, 3) the way from the face to a point changes as the point moves: along the face
    it may wander for nothing.
    """
    at, to_world = _frame(prop)
    low, high = _face(prop, surface)
    own = (points - at) @ to_world
    fixed = np.where((own > low) & (own < high), 0.0, 1.0)
    return np.asarray((to_world * fixed[..., None, :]) @ to_world.T)


def _frame(prop: Prop) -> tuple[Array, Array]:
    """The prop's place (3) and the matrix (3, 3) from its own axes to the world's."""
    c, s = np.cos(prop.yaw), np.sin(prop.yaw)
    to_world = np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
    return np.array(prop.position or (0.0, 0.0, 0.0)), to_world


def _face(prop: Prop, surface: str) -> tuple[Array, Array]:
    x, y, z = prop.extent
    rear, top = -x / 2, seat_height(prop)
    if surface == "seat":
        return np.array([rear + RAIL, top, -z / 2]), np.array([x / 2, top, z / 2])
    if prop.kind == "chair":
        return np.array([rear, y, -z / 2]), np.array([rear + RAIL, y, z / 2])
    if prop.kind == "wall":
        return np.array([x / 2, 0.0, -z / 2]), np.array([x / 2, y, z / 2])
    return np.array([-x / 2, y, -z / 2]), np.array([x / 2, y, z / 2])
