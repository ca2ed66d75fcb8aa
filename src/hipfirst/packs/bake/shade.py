# SPDX-License-Identifier: Apache-2.0
"""What keeps light away: the shadow of the key light, and the dark where things near the floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipfirst.body.skeleton import Array
from hipfirst.packs.bake.raster import rasterise

_SHADOW_CELLS = 320


@dataclass(frozen=True)
class Model:
    """Everything to draw as one triangle list; `skin` vertices come first."""

    points: Array
    normals: Array
    triangles: NDArray[np.int64]
    colours: Array
    skin: int


class Shadow:
    """How much of the key light from `key` (3,) reaches a point."""

    def __init__(self, model: Model, key: Array) -> None:
        self.key = key
        up = np.array([0.0, 1.0, 0.0])
        right = np.cross(up, key)
        right /= np.linalg.norm(right)
        self._axes = np.stack([right, np.cross(key, right), key])
        self._low, self._scale, self._depth = self._map(model)

    def _map(self, model: Model) -> tuple[Array, float, Array]:
        seen = model.points @ self._axes.T
        low, high = seen.min(axis=0) - 0.05, seen.max(axis=0) + 0.05
        scale = _SHADOW_CELLS / float((high - low)[:2].max())
        cells = _SHADOW_CELLS
        near = 0.5 + (seen[:, 2] - low[2]) / (high[2] - low[2])
        hits = rasterise(
            (seen[:, :2] - low[:2]) * scale, near, model.triangles, (cells, cells), cull=False
        )
        depth = np.full(cells * cells, -np.inf)
        level = seen[model.triangles[hits.triangle], 2]
        depth[hits.pixel] = (level * hits.shares).sum(axis=1)
        return low, scale, depth.reshape(cells, cells)

    def light(self, points: Array, lean: float, spread: int) -> Array:
        """1 in full light, 0 in shadow (n,); averaged over a square of `spread` cells each way."""
        seen = points @ self._axes.T
        cell = np.floor((seen[:, :2] - self._low[:2]) * self._scale).astype(int)
        total = np.zeros(len(points))
        steps = range(-spread, spread + 1)
        for dx in steps:
            for dy in steps:
                x = np.clip(cell[:, 0] + dx, 0, _SHADOW_CELLS - 1)
                y = np.clip(cell[:, 1] + dy, 0, _SHADOW_CELLS - 1)
                total += self._depth[y, x] > seen[:, 2] + lean
        return 1 - total / len(steps) ** 2


def contact(points: Array, model: Model, floor: float) -> Array:
    """Darkness (n,) under what is near the floor, for points on the floor."""
    cells, low, high = (
        96,
        model.points.min(axis=0)[[0, 2]] - 0.3,
        model.points.max(axis=0)[[0, 2]] + 0.3,
    )
    size = float((high - low).max()) / cells
    place = np.clip(((model.points[:, [0, 2]] - low) / size).astype(int), 0, cells - 1)
    above = np.clip(model.points[:, 1] - floor, 0, None)
    weight = np.exp(-above / 0.07)
    weight[model.skin :] *= model.points[model.skin :, 1] > floor + 0.05
    dark = np.zeros((cells, cells))
    np.maximum.at(dark, (place[:, 0], place[:, 1]), weight)
    for _ in range(3):
        for axis in (0, 1):
            dark = (np.roll(dark, 1, axis) + dark + np.roll(dark, -1, axis)) / 3
    where = (points[:, [0, 2]] - low) / size - 0.5
    base = np.clip(np.floor(where).astype(int), 0, cells - 2)
    part = np.clip(where - base, 0, 1)
    out = np.zeros(len(points))
    for dx in (0, 1):
        for dy in (0, 1):
            share = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
            out += share * dark[base[:, 0] + dx, base[:, 1] + dy]
    inside = ((points[:, [0, 2]] > low) & (points[:, [0, 2]] < high)).all(axis=1)
    return np.where(inside, out, 0.0)
