# SPDX-License-Identifier: Apache-2.0
"""What is worn: signed distances along the skin, positive inside the garment [m]."""

from __future__ import annotations

import numpy as np

from figure import bind, surface
from figure.shapes import smoothstep
from hipfirst.body.skeleton import Array

GARMENTS = ("leggings", "top", "hair")
REACH = 0.032
"""Distances are kept up to here [m]; the drawing needs only the edge."""
_HEM = 0.112
_ANKLE = -0.735


def _round(across: Array, down: Array, wide: float, deep: Array | float) -> Array:
    """Distance outside a half ellipse that hangs down from a line and goes straight up above it."""
    level = np.hypot(across / wide, np.minimum(down, 0) / deep)
    return np.asarray((level - 1) * np.minimum(wide, deep))


def _holes(points: Array) -> Array:
    """Distance to the rims of neck and arm holes, positive on the cloth."""
    x, y, z = points.T
    deep = 0.072 + 0.036 * smoothstep(-0.04, 0.05, x)
    neck = _round(z, y - 0.530, 0.066, deep)
    arm = _round(z - 0.196, y - 0.470, 0.082, 0.105)
    return np.asarray(np.minimum(neck, arm))


def worn(points: Array) -> Array:
    """Distances (n, 3) in the order of GARMENTS."""
    part = surface.parts(points)
    y = points[:, 1]
    not_arm = part["arm"] - np.minimum(part["leg"], part["trunk"]) + 0.004
    leg_y = bind.to_local(points, "thigh_right")[:, 1]
    leggings = np.minimum(_HEM + 0.012 - y, leg_y - _ANKLE)
    top = np.minimum.reduce([y - _HEM, _holes(points), 0.565 - y])
    hair = np.minimum(part["head"], part["trunk"]) - part["hair"]
    hair = np.where(y > 0.6, hair - 0.0005, -REACH)
    dressed = np.stack([np.minimum(leggings, not_arm), np.minimum(top, not_arm), hair], -1)
    return np.asarray(np.clip(dressed, -REACH, REACH))
