# SPDX-License-Identifier: Apache-2.0
"""Head and hair, in the frame of the head joint. Calm and simple: the features are drawn by the
shader, the shapes under them (brow, nose, lips, ears) catch the light.
"""

from __future__ import annotations

import numpy as np

from figure.shapes import (
    Shape,
    blend,
    carve,
    chain,
    ellipsoid,
    mirrored,
    rod,
    union,
)
from hipfirst.body.skeleton import Array

_EAR = union(
    (ellipsoid((-0.002, 0.083, 0.071), (0.017, 0.029, 0.009), 0.18), 0.0),
    (chain([(0.006, 0.064, 0.070), (-0.001, 0.058, 0.069)], [0.007, 0.006]), 0.006),
)
_HALF: tuple[tuple[Shape, float], ...] = (
    (_EAR, 0.006),
    (rod((0.083, 0.1115, 0.014), (0.070, 0.113, 0.040), 0.006, 0.005), 0.022),  # brow
    (ellipsoid((0.0945, 0.0670, 0.0075), (0.0070, 0.0058, 0.0058)), 0.009),  # nostril wing
)
_SKULL = union(
    (ellipsoid((-0.006, 0.118, 0.0), (0.096, 0.087, 0.0735)), 0.0),
    (ellipsoid((0.036, 0.072, 0.0), (0.052, 0.058, 0.056)), 0.040),  # middle of the face
    (ellipsoid((0.046, 0.034, 0.0), (0.040, 0.042, 0.041)), 0.040),  # jaw
    (ellipsoid((0.068, 0.008, 0.0), (0.018, 0.016, 0.020)), 0.030),  # chin
    (rod((0.086, 0.098, 0.0), (0.0985, 0.0715, 0.0), 0.0050, 0.0072), 0.018),  # nose
    (ellipsoid((0.0815, 0.0400, 0.0), (0.0105, 0.0060, 0.0190)), 0.012),  # upper lip
    (ellipsoid((0.0805, 0.0305, 0.0), (0.0105, 0.0066, 0.0155)), 0.011),  # lower lip
    *_HALF,
    *((mirrored(part), width) for part, width in _HALF),
)
_SOCKET = ellipsoid((0.097, 0.094, 0.031), (0.016, 0.012, 0.019))
_LID = ellipsoid((0.0640, 0.0932, 0.0300), (0.0170, 0.0125, 0.0165))

_SHELL = ellipsoid((-0.011, 0.122, 0.0), (0.0975, 0.0900, 0.0785))
_BUN = ellipsoid((-0.062, 0.214, 0.0), (0.034, 0.030, 0.036), -0.7)
_TIE = ellipsoid((-0.048, 0.196, 0.0), (0.022, 0.020, 0.024), -0.7)


def bare_head(points: Array) -> Array:
    """Distance to the head without hair [m]."""
    carved = _SKULL(points)
    for socket, lid in ((_SOCKET, _LID), (mirrored(_SOCKET), mirrored(_LID))):
        carved = blend(carve(carved, socket(points), 0.016), lid(points), 0.005)
    return carved


def hair(points: Array) -> Array:
    """Distance to the hair: a close shell behind the hair line, tied up in a bun [m]."""
    x, y, z = points.T
    line = 0.080 - 0.62 * (np.hypot(z, 0.02) - 0.02) + 0.45 * (y - 0.165)
    sides = -0.020 + 0.45 * (y - 0.060)
    front = x - np.maximum(line, sides)
    shell = carve(_SHELL(points), -np.maximum(front, 0.052 - y - 0.15 * (x + 0.06)), 0.010)
    return blend(blend(shell, _TIE(points), 0.010), _BUN(points), 0.006)


def head(points: Array) -> Array:
    """Distance to the head with its hair [m]."""
    return blend(bare_head(points), hair(points), 0.004)
