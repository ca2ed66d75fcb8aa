# SPDX-License-Identifier: Apache-2.0
"""The bones the hip muscles hold on to, drawn simply: right half of the pelvis with the sacrum and
the lumbar spine, and the thigh bone. Each is its own field, since each moves as one.
"""

from __future__ import annotations

import fast_simplification
import numpy as np
from numpy.typing import NDArray

from figure.shapes import Shape, blend, carve, chain, cubes, ellipsoid, loft, rod, union
from hipfirst.body.skeleton import Array

_STEP = 0.0022
_WING = (
    # crest from behind to the front, then down to the hip socket
    chain(
        [(-0.070, 0.070, 0.040), (-0.052, 0.098, 0.078), (-0.008, 0.106, 0.110),
         (0.036, 0.096, 0.120), (0.064, 0.068, 0.112)],
        [0.010, 0.009, 0.0085, 0.008, 0.009], 0.010,
    ),
)  # fmt: skip


def _blade(points: Array) -> Array:
    """The wing of the ilium: a thin curved plate below its crest."""
    x, y, z = points.T
    middle = 0.086 + 0.34 * (y - 0.03) - 2.6 * (x - 0.004) ** 2 + 0.16 * x
    outline = ellipsoid((-0.002, 0.058, 0.092), (0.066, 0.054, 0.060))(points)
    plate = np.abs(z - middle) - 0.0042
    return np.asarray(np.maximum(outline, plate))


def _pelvis(points: Array) -> Array:
    whole = blend(_WING[0](points), _blade(points), 0.012)
    parts = (
        (ellipsoid((0.0, 0.004, 0.074), (0.029, 0.031, 0.022)), 0.022),  # round the socket
        (rod((-0.004, -0.014, 0.068), (-0.036, -0.066, 0.062), 0.015, 0.016), 0.020),  # sit bone
        (rod((-0.036, -0.066, 0.060), (0.036, -0.034, 0.014), 0.011, 0.008), 0.014),  # its branch
        (rod((0.012, 0.010, 0.062), (0.052, -0.006, 0.010), 0.013, 0.011), 0.018),  # pubis
        (rod((0.052, -0.004, 0.002), (0.046, -0.032, 0.002), 0.010, 0.009), 0.012),
        (rod((-0.066, 0.062, 0.046), (-0.068, 0.030, 0.050), 0.012, 0.010), 0.020),
    )
    for part, width in parts:
        whole = blend(whole, part(points), width)
    return carve(whole, ellipsoid((0.0, 0.0, 0.090), (0.026, 0.026, 0.026))(points), 0.004)


_SACRUM = loft(
    # y, front x, back x, right z, left z
    [
        (-0.030, -0.070, -0.078, 0.009, -0.009),
        (-0.010, -0.078, -0.090, 0.014, -0.014),
        (0.020, -0.070, -0.092, 0.026, -0.026),
        (0.050, -0.048, -0.084, 0.038, -0.038),
        (0.078, -0.026, -0.068, 0.044, -0.044),
        (0.086, -0.026, -0.062, 0.036, -0.036),
    ],
    along=1,
    power=2.3,
    cap=0.008,
)


def _vertebra(y: float) -> Shape:
    return union(
        (ellipsoid((0.004, y, 0.0), (0.021, 0.0170, 0.025)), 0.0),
        (rod((-0.022, y - 0.002, 0.0), (-0.054, y - 0.010, 0.0), 0.007, 0.005), 0.012),
        (rod((-0.018, y, 0.010), (-0.026, y + 0.001, 0.040), 0.006, 0.004), 0.010),
        (rod((-0.018, y, -0.010), (-0.026, y + 0.001, -0.040), 0.006, 0.004), 0.010),
    )


_SPINE = union(*((_vertebra(y), 0.002) for y in (0.014, 0.047, 0.080, 0.113, 0.146)))


def _femur(points: Array) -> Array:
    whole = ellipsoid((0.0, 0.0, 0.0), (0.0235, 0.0235, 0.0235))(points)
    parts = (
        (rod((0.0, -0.002, 0.006), (-0.004, -0.022, 0.048), 0.0150, 0.0165), 0.010),  # neck
        (ellipsoid((-0.008, -0.018, 0.060), (0.018, 0.024, 0.014)), 0.016),  # greater trochanter
        (ellipsoid((-0.012, -0.058, 0.030), (0.010, 0.012, 0.010)), 0.014),  # lesser trochanter
        (chain([(-0.004, -0.040, 0.050), (0.010, -0.200, 0.022), (0.002, -0.370, 0.004)],
               [0.0165, 0.0135, 0.0180], 0.020), 0.020),
        (ellipsoid((-0.008, -0.396, 0.021), (0.027, 0.021, 0.017)), 0.022),  # condyles
        (ellipsoid((-0.008, -0.398, -0.021), (0.027, 0.021, 0.017)), 0.022),
    )  # fmt: skip
    for part, width in parts:
        whole = blend(whole, part(points), width)
    return whole


BONES: tuple[tuple[str, Shape, Array, Array, int], ...] = (
    # bone it moves with, field in that frame, box low and high [m], triangles kept
    ("pelvis", _pelvis, np.array([-0.11, -0.095, 0.0]), np.array([0.09, 0.125, 0.14]), 1500),
    ("pelvis", _SACRUM, np.array([-0.11, -0.05, 0.0]), np.array([0.0, 0.10, 0.06]), 300),
    ("lumbar", _SPINE, np.array([-0.08, -0.02, 0.0]), np.array([0.04, 0.18, 0.06]), 900),
    ("thigh_right", _femur, np.array([-0.06, -0.44, -0.06]), np.array([0.06, 0.05, 0.09]), 1000),
)


def mesh(
    field: Shape, low: Array, high: Array, target: int
) -> tuple[Array, Array, NDArray[np.int64]]:
    """Points (n, 3), normals (n, 3) and triangles (m, 3) of a bone in its own frame."""
    cells = np.ceil((high - low) / _STEP).astype(int) + 1
    corner = np.stack(np.meshgrid(*[np.arange(n) for n in cells], indexing="ij"), -1)
    values = field((low + corner * _STEP).reshape(-1, 3)).reshape(cells)
    points, triangles = cubes(values, _STEP, low)
    points, triangles = fast_simplification.simplify(
        points, triangles.astype(np.int32), target_count=target, agg=3.0
    )
    slopes = [field(points + 0.001 * e) - field(points - 0.001 * e) for e in np.eye(3)]
    normals = np.stack(slopes, -1)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    corners = points[triangles]
    facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    if (facing * normals[triangles[:, 0]]).sum() < 0:
        triangles = triangles[:, ::-1]
    return np.asarray(points, dtype=float), normals, np.asarray(triangles, dtype=np.int64)
