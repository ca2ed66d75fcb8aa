# SPDX-License-Identifier: Apache-2.0
"""Triangles to pixels in plain NumPy: for every pixel the nearest triangle and the place in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipfirst.body.skeleton import Array

Indices = NDArray[np.int64]
_AT_ONCE = 2_000_000
"""Candidate pixels looked at together: bounds memory to a few hundred megabytes."""


@dataclass(frozen=True)
class Hits:
    """Pixels that show a triangle: flat `pixel` index (k,), `triangle` (k,) and the shares (k, 3)
    of its corners, right for perspective; `near` (k,) is the reciprocal of the depth.
    """

    pixel: Indices
    triangle: Indices
    shares: Array
    near: Array

    def mix(self, triangles: Indices, values: Array) -> Array:
        """Vertex `values` (n, c) read at each hit (k, c)."""
        corner = values[triangles[self.triangle]]
        return np.asarray((corner * self.shares[..., None]).sum(axis=1))


def _edges(corner: Array) -> tuple[Array, Array]:
    """Two affine functions per triangle (m, 2, 3): share of corner 0 and 1 as a x + b y + c."""
    (x0, y0), (x1, y1), (x2, y2) = (corner[:, i].T for i in range(3))
    area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    safe = np.where(np.abs(area) < 1e-12, 1.0, area)
    first = np.stack([y1 - y2, x2 - x1, x1 * y2 - x2 * y1], -1) / safe[:, None]
    second = np.stack([y2 - y0, x0 - x2, x2 * y0 - x0 * y2], -1) / safe[:, None]
    return np.stack([first, second], 1), area


def _boxes(corner: Array, width: int, height: int) -> tuple[Indices, Indices]:
    """Low pixel (m, 2) and size (m, 2) of each triangle's box of pixel centres, in the picture."""
    edge = np.array([width, height])
    low = np.clip(np.ceil(corner.min(axis=1) - 0.5), 0, edge).astype(np.int64)
    high = np.clip(np.floor(corner.max(axis=1) - 0.5) + 1, 0, edge).astype(np.int64)
    return low, np.maximum(high - low, 0)


def _candidates(low: Indices, size: Indices) -> tuple[Indices, Indices, Indices]:
    count = size[:, 0] * size[:, 1]
    owner = np.repeat(np.arange(len(count)), count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    wide = size[owner, 0]
    return owner, low[owner, 0] + step % wide, low[owner, 1] + step // wide


def rasterise(
    screen: Array, near: Array, triangles: Indices, shape: tuple[int, int], *, cull: bool = True
) -> Hits:
    """The nearest triangle at each pixel centre.

    `screen` (n, 2) in pixels (y down), `near` (n,) 1 / depth > 0, `shape` (height, width).
    With `cull`, triangles that turn away (clockwise on screen once y points down) are left out.
    """
    height, width = shape
    corner = screen[triangles]
    edges, area = _edges(corner)
    facing = area < -1e-9 if cull else np.abs(area) > 1e-9
    ahead = (near[triangles] > 0).all(axis=1)
    kept = np.flatnonzero(facing & ahead)
    low, size = _boxes(corner[kept], width, height)
    total = np.cumsum(size[:, 0] * size[:, 1])
    found: list[tuple[Indices, Indices, Array, Array]] = []
    cuts = np.searchsorted(total, np.arange(_AT_ONCE, total[-1] if len(total) else 0, _AT_ONCE))
    for block in np.split(np.arange(len(kept)), cuts):
        owner, x, y = _candidates(low[block], size[block])
        triangle = kept[block][owner]
        px, py = x + 0.5, y + 0.5
        edge = edges[triangle]
        shares = edge[:, :, 0] * px[:, None] + edge[:, :, 1] * py[:, None] + edge[:, :, 2]
        third = 1 - shares.sum(axis=1)
        inside = (shares[:, 0] >= -1e-9) & (shares[:, 1] >= -1e-9) & (third >= -1e-9)
        all_shares = np.column_stack([shares[inside], third[inside]])
        weighed = all_shares * near[triangles[triangle[inside]]]
        found.append(
            (y[inside] * width + x[inside], triangle[inside], weighed, weighed.sum(axis=1))
        )
    return _nearest(found, height * width)


def _nearest(found: list[tuple[Indices, Indices, Array, Array]], pixels: int) -> Hits:
    pixel, triangle, weighed, near = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(near, kind="stable")
    winner = np.full(pixels, -1)
    winner[pixel[order]] = order  # the nearest comes last and stays
    won = winner[winner >= 0]
    return Hits(pixel[won], triangle[won], weighed[won] / near[won, None], near[won])
