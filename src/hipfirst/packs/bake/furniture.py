# SPDX-License-Identifier: Apache-2.0
"""Props as simple shapes: mat, chair, cushion, step and wall.

A prop's position is the middle of its footprint at its underside; its own frame is the world's
turned by its yaw about +Y.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hipfirst.body.props import SEAT, Prop
from hipfirst.body.skeleton import Array

Size = tuple[float, float, float]
_CELL = 0.12
"""Faces are cut into cells about this long [m], which keeps the rasteriser's boxes small."""


@dataclass(frozen=True)
class Solid:
    """points, normals (n, 3), triangles (m, 3), counter-clockwise from outside; a colour role."""

    points: Array
    normals: Array
    triangles: NDArray[np.int64]
    colour: str


def _grid_triangles(rows: int, columns: int) -> NDArray[np.int64]:
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (i * columns + j).ravel()
    b, c, d = a + 1, a + columns, a + columns + 1
    return np.concatenate([np.stack([a, b, c], -1), np.stack([b, d, c], -1)])


def _face(
    axis: int, sign: float, low: Array, high: Array
) -> tuple[Array, Array, NDArray[np.int64]]:
    u, v = [(1, 2), (2, 0), (0, 1)][axis]
    if sign > 0:
        u, v = v, u
    steps = [max(2, round((high[k] - low[k]) / _CELL) + 1) for k in (u, v)]
    s, t = np.meshgrid(
        np.linspace(low[u], high[u], steps[0]),
        np.linspace(low[v], high[v], steps[1]),
        indexing="ij",
    )
    points = np.empty((s.size, 3))
    points[:, u], points[:, v] = s.ravel(), t.ravel()
    points[:, axis] = high[axis] if sign > 0 else low[axis]
    normals = np.zeros_like(points)
    normals[:, axis] = sign
    return points, normals, _grid_triangles(*steps)


def box(low: Size, high: Size, colour: str) -> Solid:
    """An axis-aligned box between two corners [m]."""
    a, b = np.array(low), np.array(high)
    faces = [_face(axis, sign, a, b) for axis in range(3) for sign in (-1.0, 1.0)]
    shift = np.cumsum([0] + [len(face[0]) for face in faces[:-1]])
    return Solid(
        np.concatenate([face[0] for face in faces]),
        np.concatenate([face[1] for face in faces]),
        np.concatenate([face[2] + n for face, n in zip(faces, shift, strict=True)]),
        colour,
    )


def _pillow(size: Size) -> list[Solid]:
    rows, columns, power = 17, 25, 0.55
    up, round_ = np.meshgrid(
        np.linspace(-np.pi / 2, np.pi / 2, rows), np.linspace(0, 2 * np.pi, columns), indexing="ij"
    )

    def bulge(x: Array) -> Array:
        return np.asarray(np.sign(x) * np.abs(x) ** power)

    unit = np.stack(
        [bulge(np.cos(up)) * bulge(np.cos(round_)), bulge(np.sin(up)),
         bulge(np.cos(up)) * bulge(np.sin(round_))], -1,
    ).reshape(-1, 3)  # fmt: skip
    half = np.array(size) / 2
    normals = np.sign(unit) * np.abs(unit) ** (2 / power - 1) / half
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    points = unit * half + np.array([0, half[1], 0])
    return [Solid(points, normals, _grid_triangles(rows, columns)[:, ::-1], "cushion")]


def _slab(colour: str) -> Callable[[Size], list[Solid]]:
    def solids(size: Size) -> list[Solid]:
        x, y, z = size
        return [box((-x / 2, 0, -z / 2), (x / 2, y, z / 2), colour)]

    return solids


def _chair(size: Size) -> list[Solid]:
    x, y, z = size[0] / 2, size[1], size[2] / 2
    post, seat = 0.036, SEAT * y
    parts = [box((-x + 0.01, seat - 0.03, -z), (x, seat, z), "wood")]
    for side in (-1.0, 1.0):
        a, b = sorted((side * z, side * (z - post)))
        parts.append(box((x - post, 0, a), (x, seat - 0.03, b), "wood"))
        parts.append(box((-x, 0, a), (-x + post, y - 0.001, b), "wood"))
    parts.append(box((-x, y - 0.11, -z), (-x + 0.04, y, z), "wood"))
    low, high = (-x + 0.006, seat + 0.14, -z + post), (-x + 0.03, seat + 0.21, z - post)
    parts.append(box(low, high, "wood"))
    return parts


_KINDS: dict[str, Callable[[Size], list[Solid]]] = {
    "mat": _slab("mat"),
    "chair": _chair,
    "cushion": _pillow,
    "step": _slab("wood"),
    "wall": _slab("wall"),
}


def solids(prop: Prop) -> list[Solid]:
    """The prop's solids in the world; a kind that is drawn elsewhere (a band) has none."""
    shape = _KINDS.get(prop.kind)
    c, s = np.cos(prop.yaw), np.sin(prop.yaw)
    turn = np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])
    at = np.array(prop.position or (0.0, 0.0, 0.0))
    return [
        Solid(part.points @ turn.T + at, part.normals @ turn.T, part.triangles, part.colour)
        for part in (shape(prop.extent) if shape else [])
    ]
