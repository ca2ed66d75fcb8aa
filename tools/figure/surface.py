# SPDX-License-Identifier: Apache-2.0
"""The whole body as one field, and its right half as triangles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import fast_simplification
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from figure import bind, head, limbs, trunk
from figure.shapes import MIRRORED, blend, cubes
from hipfirst.body.skeleton import Array

Triangles = NDArray[np.int64]

LOW = np.array([-0.165, -0.905, 0.0])
HIGH = np.array([0.235, 0.865, 0.630])
"""The box that holds the right half in the bind pose [m]."""
_ZOOMED: tuple[tuple[str, tuple[float, float, float], float, float], ...] = (
    ("head", (0.02, 0.09, 0.0), 0.150, 2.6),
    ("hand_right", (0.01, -0.1, 0.0), 0.12, 2.2),
    ("foot_right", (0.10, -0.05, 0.0), 0.14, 2.0),
)
"""Where detail matters: joint, centre in its frame, radius [m], and how much finer it is kept."""


_RELAXED = 4


@dataclass(frozen=True)
class Surface:
    """Points (n, 3) [m], unit normals (n, 3), triangles (m, 3), counter-clockwise from outside."""

    points: Array
    normals: Array
    triangles: Triangles


def parts(points: Array) -> dict[str, Array]:
    """Distances (n,) [m] to each part in the bind pose."""
    return {
        "trunk": trunk.trunk(points),
        "head": head.bare_head(bind.to_local(points, "head")),
        "hair": head.hair(bind.to_local(points, "head")),
        "leg": limbs.leg(bind.to_local(points, "thigh_right")),
        "leg_left": limbs.leg(bind.to_local(points * MIRRORED, "thigh_right")),
        "arm": limbs.arm(bind.to_local(points, "upper_arm_right")),
    }


def body(points: Array) -> Array:
    """Distance (n,) [m] to the skin of the right half; right of the mid-plane it is the body's."""
    part = parts(points)
    legs = blend(part["leg"], part["leg_left"], 0.012)
    whole = blend(part["trunk"], part["head"], 0.016)
    whole = blend(blend(whole, legs, 0.040), part["arm"], 0.036)
    return blend(whole, part["hair"], 0.004)


def _grid(step: float) -> Array:
    """Distances on a grid over the box, exact in a band round the skin."""
    coarse = 4
    cells = (np.ceil((HIGH - LOW) / (step * coarse))).astype(int)
    corner = np.stack(np.meshgrid(*[np.arange(n) for n in cells], indexing="ij"), -1)
    middles = LOW + (corner + 0.5 - 0.5 / coarse) * step * coarse
    rough = body(middles.reshape(-1, 3)).reshape(cells)
    field = np.repeat(np.repeat(np.repeat(rough, coarse, 0), coarse, 1), coarse, 2)
    inner = np.stack(np.meshgrid(*[np.arange(coarse)] * 3, indexing="ij"), -1).reshape(-1, 3)
    near = corner[np.abs(rough) < step * coarse * 1.3 + 0.012]
    for block in np.array_split(near, max(1, len(near) // 4000)):
        index = (block[:, None] * coarse + inner).reshape(-1, 3)
        field[tuple(index.T)] = body(LOW + index * step)
    return cast("Array", field)


def _largest(triangles: Triangles, count: int) -> Triangles:
    """The triangles of the largest connected piece."""
    label = np.arange(count)
    while True:
        lowest = label[triangles].min(axis=1)
        before = label.copy()
        np.minimum.at(label, triangles.ravel(), np.repeat(lowest, 3))
        label = label[label]
        if np.array_equal(label, before):
            break
    piece = label[triangles[:, 0]]
    return np.asarray(triangles[piece == np.bincount(piece).argmax()])


def dense(step: float) -> Surface:
    """Marching cubes at `step` [m]."""
    points, triangles = cubes(_grid(step), step, LOW)
    triangles = _largest(triangles, len(points))
    used, packed = np.unique(triangles, return_inverse=True)
    surface = Surface(points[used], np.empty((0, 3)), packed.reshape(-1, 3))
    return _outward(_settled(surface))


def _gradient(points: Array) -> Array:
    step = 0.0008
    slopes = [body(points + step * axis) - body(points - step * axis) for axis in np.eye(3)]
    return np.stack(slopes, -1) / (2 * step)


def _settled(surface: Surface) -> Surface:
    """The same triangles with every point moved onto the skin, and true normals."""
    points = surface.points.copy()
    middle = points[:, 2] == 0.0
    for _ in range(3):
        slope = _gradient(points)
        slope[middle, 2] = 0.0
        reach = np.maximum((slope * slope).sum(1), 0.25)
        move = -(body(points) / reach)[:, None] * slope
        points += np.clip(move, -0.003, 0.003)
        points[:, 2] = np.maximum(points[:, 2], 0.0)
    normals = _gradient(points)
    normals[middle, 2] = 0.0
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Surface(points, normals, surface.triangles)


def _outward(surface: Surface) -> Surface:
    corner = surface.points[surface.triangles]
    facing = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    inside_out = (facing * surface.normals[surface.triangles[:, 0]]).sum() < 0
    triangles = surface.triangles[:, ::-1] if inside_out else surface.triangles
    return Surface(surface.points, surface.normals, np.ascontiguousarray(triangles))


def _zoomed(points: Array) -> Array:
    """Points spread out where detail matters, so that simplification keeps more of it."""
    out = points.copy()
    for joint, centre, radius, factor in _ZOOMED:
        middle = bind.to_bind(np.array([centre]), joint)[0]
        away = points - middle
        far = np.linalg.norm(away, axis=1, keepdims=True)
        # Beyond the radius everything shifts outward by the same length: no fold, no overlap.
        push = np.where(far < radius, factor - 1, (factor - 1) * radius / np.maximum(far, 1e-9))
        out += away * push
    out[points[:, 2] == 0.0, 2] = 0.0
    return out


def simplified(surface: Surface, target: int) -> Surface:
    """About `target` triangles with the same shape, points back on the skin."""
    wide = _zoomed(surface.points)
    points, triangles = fast_simplification.simplify(
        wide, surface.triangles.astype(np.int32), target_count=target, agg=3.0
    )
    _, nearest = cKDTree(wide).query(points, k=1)
    whole = triangles.astype(np.int64)
    skin = _settled(Surface(surface.points[nearest], np.empty((0, 3)), whole))
    for _ in range(_RELAXED):
        skin = _settled(_relaxed(skin))
    return skin


def _relaxed(surface: Surface) -> Surface:
    """Every point a little towards the middle of its neighbours, along the skin: fewer slivers."""
    count = len(surface.points)
    edges = np.concatenate([surface.triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])])
    edges = np.concatenate([edges, edges[:, ::-1]])
    total, number = np.zeros((count, 3)), np.bincount(edges[:, 0], minlength=count)
    np.add.at(total, edges[:, 0], surface.points[edges[:, 1]])
    move = 0.4 * (total / np.maximum(number, 1)[:, None] - surface.points)
    move -= (move * surface.normals).sum(axis=1, keepdims=True) * surface.normals
    move[surface.points[:, 2] == 0.0] = 0.0
    return Surface(surface.points + move, surface.normals, surface.triangles)
