# SPDX-License-Identifier: Apache-2.0
"""Where the body's mass sits: fractions of body mass and centres of mass per segment.

Fractions and proximal distances: Winter (2009), table 4.1; the trunk is split as there (pelvis
0.142, abdomen 0.139, thorax 0.216, head and neck 0.081). Trunk centres are placed on the reference
body at half the segment's height.
"""

from __future__ import annotations

import numpy as np

from hipfirst.body.skeleton import Array

_MIDLINE = (
    ("pelvis", 0.142, (-0.010, 0.030, 0.0)),
    ("lumbar", 0.139, (0.005, 0.080, 0.0)),
    ("thorax", 0.216, (-0.005, 0.120, 0.0)),
    ("head", 0.081, (0.005, 0.080, 0.0)),
)
_PAIRED = (
    ("upper_arm", 0.028, (0.0, -0.436 * 0.295, 0.0)),
    ("forearm", 0.016, (0.0, -0.430 * 0.245, 0.0)),
    ("hand", 0.006, (0.0, -0.080, 0.0)),
    ("thigh", 0.100, (0.0, -0.433 * 0.410, 0.0)),
    ("shank", 0.0465, (0.0, -0.433 * 0.405, 0.0)),
    ("foot", 0.0145, (0.050, -0.045, 0.0)),
)

SEGMENTS: tuple[str, ...] = (
    *(row[0] for row in _MIDLINE),
    *(f"{row[0]}_{side}" for side in ("left", "right") for row in _PAIRED),
)
FRACTIONS: Array = np.array([row[1] for row in _MIDLINE] + 2 * [row[1] for row in _PAIRED])
"""Share of the body's mass (S); sums to 1."""
CENTRES: Array = np.array([row[2] for row in _MIDLINE] + 2 * [row[2] for row in _PAIRED])
"""Centre of mass in the segment's frame (S, 3) [m]."""
for _table in (FRACTIONS, CENTRES):
    _table.setflags(write=False)
