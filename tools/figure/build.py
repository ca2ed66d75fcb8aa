# SPDX-License-Identifier: Apache-2.0
"""From field to file, step by step."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from figure import bind, garments, inner, look, muscles, surface, weights, write
from figure.surface import Surface
from figure.write import POSITION_SCALE, normals, positions
from hipfirst.body import skeleton
from hipfirst.packs.vocabulary import MUSCLES

_MUSCLE_SPREAD_MM2 = 20.0


def _ordered(skin: Surface) -> tuple[Surface, NDArray[np.int64]]:
    """Vertices along a space-filling curve, triangles along their vertices: neighbours compress."""
    cell = ((skin.points - skin.points.min(axis=0)) / 0.004).astype(np.int64)
    code = np.zeros(len(cell), dtype=np.int64)
    for bit in range(9):
        for axis in range(3):
            code |= ((cell[:, axis] >> bit) & 1) << (3 * bit + axis)
    order = np.argsort(code, kind="stable")
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    triangles = place[skin.triangles]
    first = triangles.argmin(axis=1)
    turned = triangles[np.arange(len(triangles))[:, None], (first[:, None] + np.arange(3)) % 3]
    turned = turned[np.lexsort((turned[:, 2], turned[:, 1], turned[:, 0]))]
    return Surface(skin.points[order], skin.normals[order], turned), order


def _skin(step: float, triangles: int) -> dict[str, NDArray[Any]]:
    dense = surface.dense(step)
    skin, _ = _ordered(surface.simplified(dense, triangles // 2))
    follow = weights.carried(
        weights.evened(weights.analytic(dense.points), dense, step), dense, skin.points
    )
    joints, shares = weights.strongest(weights.shared(follow, skin.points))
    glow = weights.evened(muscles.glow(dense), dense, step, _MUSCLE_SPREAD_MM2)
    glow = weights.carried(glow, dense, skin.points)
    worn = garments.worn(skin.points) / garments.REACH
    return {
        "triangles": skin.triangles.astype(np.uint16),
        "positions": positions(skin.points),
        "normals": normals(skin.normals),
        "joints": joints,
        "weights": shares,
        "garments": np.round(worn * 127).astype(np.int8),
        "muscles": np.round(np.clip(glow, 0, 1) * 255).astype(np.uint8),
    }


def build(step: float, triangles: int) -> bytes:
    """The figure file; `step` [m] is the grid of the field, `triangles` counts both halves."""
    header = {
        "format": 1,
        "scale": POSITION_SCALE,
        "reach": garments.REACH,
        "joints": list(skeleton.NAMES),
        "parents": list(skeleton.PARENTS),
        "offsets": skeleton.OFFSETS.tolist(),
        "mirror": list(skeleton.MIRROR),
        "bind": np.round(bind.LOCAL, 9).tolist(),
        "halves": list(bind.HALVES),
        "garments": list(garments.GARMENTS),
        "muscles": list(MUSCLES),
        "palette": look.PALETTE,
        "face": look.FACE,
    }
    return write.packed(header, _skin(step, triangles) | inner.arrays())
