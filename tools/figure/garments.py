# SPDX-License-Identifier: Apache-2.0
"""What is worn: signed distances along the skin, positive inside the garment [m]."""

from __future__ import annotations

import numpy as np

from figure import bind, surface
from figure.shapes import ellipsoid
from hipfirst.body.skeleton import Array

GARMENTS = ("leggings", "top", "hair")
REACH = 0.032
"""Distances are kept up to here [m]; the drawing needs only the edge."""
_HEM = 0.112
_ANKLE = -0.735
_NECK = ellipsoid((0.055, 0.510, 0.0), (0.100, 0.088, 0.069))
_NAPE = ellipsoid((-0.105, 0.515, 0.0), (0.070, 0.058, 0.067))
_ARMHOLE = ellipsoid((-0.022, 0.455, 0.186), (0.125, 0.096, 0.074))


def worn(points: Array) -> Array:
    """Distances (n, 3) in the order of GARMENTS."""
    part = surface.parts(points)
    y = points[:, 1]
    not_arm = part["arm"] - np.minimum(part["leg"], part["trunk"]) + 0.004
    leg_y = bind.to_local(points, "thigh_right")[:, 1]
    leggings = np.minimum(_HEM + 0.012 - y, leg_y - _ANKLE)
    holes = np.minimum.reduce([_NECK(points), _NAPE(points), _ARMHOLE(points)])
    top = np.minimum.reduce([y - _HEM, holes, 0.52 - y])
    hair = np.minimum(part["head"], part["trunk"]) - part["hair"]
    hair = np.where(y > 0.6, hair - 0.0005, -REACH)
    dressed = np.stack([np.minimum(leggings, not_arm), np.minimum(top, not_arm), hair], -1)
    return np.clip(dressed, -REACH, REACH)
