# SPDX-License-Identifier: Apache-2.0
"""Signed distance shapes: each maps points (n, 3) [m] to distances (n,) [m], negative inside.

The distances are exact enough near the surface, which is all that marching cubes asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from skimage import measure

from hipfirst.body.skeleton import Array

Shape = Callable[[Array], Array]
Point = tuple[float, float, float]

MIRRORED = np.array([1.0, 1.0, -1.0])


def blend(a: Array, b: Array, width: float) -> Array:
    """Union of two fields with a fillet about `width` wide."""
    overlap = np.maximum(width - np.abs(a - b), 0) / width
    return np.minimum(a, b) - overlap * overlap * width / 4


def carve(a: Array, b: Array, width: float) -> Array:
    """What of `a` lies outside `b`, with a rounded rim."""
    return -blend(-a, b, width)


def smoothstep(low: float, high: float, x: Array) -> Array:
    """0 below `low`, 1 above `high`, smooth between; `low` may exceed `high`."""
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def union(*parts: tuple[Shape, float]) -> Shape:
    """All parts melted into one, each with its own fillet width [m]; the first width is unused."""

    def field(points: Array) -> Array:
        whole = parts[0][0](points)
        for part, width in parts[1:]:
            whole = blend(whole, part(points), width)
        return whole

    return field


def mirrored(part: Shape) -> Shape:
    """The same part on the other side of the body."""
    return lambda points: part(points * MIRRORED)


def cubes(values: Array, step: float, low: Array) -> tuple[Array, NDArray[np.int64]]:
    """Points (n, 3) [m] and triangles (m, 3) where a field on a grid from corner `low` is zero."""
    points, triangles, _, _ = measure.marching_cubes(  # type: ignore[no-untyped-call]
        values, 0.0, spacing=(step,) * 3
    )
    points = points.astype(float) + low
    points[np.abs(points[:, 2]) < 1e-7, 2] = 0.0  # the mid-plane stays exact
    return points, triangles.astype(np.int64)


def ellipsoid(centre: Point, radii: Point, tilt: float = 0.0) -> Shape:
    """An ellipsoid, turned by `tilt` [rad] about the z axis."""
    cos, sin = np.cos(tilt), np.sin(tilt)
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])

    def field(points: Array) -> Array:
        scaled = ((points - np.array(centre)) @ turn) / np.array(radii)
        k0 = np.linalg.norm(scaled, axis=-1)
        k1 = np.linalg.norm(scaled / np.array(radii), axis=-1) + 1e-9
        return cast("Array", k0 * (k0 - 1) / k1)

    return field


def rod(start: Point, end: Point, start_radius: float, end_radius: float) -> Shape:
    """A capsule whose radius changes evenly from `start` to `end`."""
    a = np.array(start)
    axis = np.array(end) - a

    def field(points: Array) -> Array:
        along = np.clip(((points - a) @ axis) / (axis @ axis), 0, 1)
        off = points - a - along[:, None] * axis
        return cast(
            "Array",
            np.linalg.norm(off, axis=-1) - (start_radius + (end_radius - start_radius) * along),
        )

    return field


def chain(points: Sequence[Point], radii: Sequence[float], width: float = 0.004) -> Shape:
    """Rods end to end: a finger, a toe."""
    rods = [
        (rod(points[i], points[i + 1], radii[i], radii[i + 1]), width)
        for i in range(len(points) - 1)
    ]
    return union(*rods)


def loft(
    rows: Sequence[tuple[float, float, float, float, float]],
    along: int,
    power: float = 2.0,
    cap: float = 0.02,
) -> Shape:
    """Superelliptic sections threaded along axis `along` (0 x, 1 y, 2 z).

    A row is (place on the axis, high and low edge on the first other axis, high and low edge on the
    second). `cap` [m] rounds the two ends.
    """
    table = np.array(sorted(rows))
    first, second = (axis for axis in range(3) if axis != along)
    curve = PchipInterpolator(table[:, 0], table[:, 1:])

    def field(points: Array) -> Array:
        t = np.clip(points[:, along], table[0, 0], table[-1, 0])
        high_a, low_a, high_b, low_b = np.moveaxis(curve(t), -1, 0)
        ra, rb = (high_a - low_a) / 2, (high_b - low_b) / 2
        a = np.abs(points[:, first] - (high_a + low_a) / 2) / ra
        b = np.abs(points[:, second] - (high_b + low_b) / 2) / rb
        beyond = np.abs(points[:, along] - t) / cap
        level = (a**power + b**power + beyond**power) ** (1 / power)
        return cast("Array", (level - 1) * np.minimum(ra, rb))

    return field
