# SPDX-License-Identifier: Apache-2.0
"""Unit quaternions as arrays (..., 4) in the order x, y, z, w; every function broadcasts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

IDENTITY: Array = np.array([0.0, 0.0, 0.0, 1.0])
IDENTITY.setflags(write=False)


def from_axis_angle(axis: Array | tuple[float, float, float], angle: Array | float) -> Array:
    """Rotation by `angle` [rad] (...) about a unit `axis` (3)."""
    half = np.asarray(angle, dtype=float)[..., None] / 2
    return np.concatenate([np.asarray(axis) * np.sin(half), np.cos(half)], axis=-1)


def multiply(a: Array, b: Array) -> Array:
    """The rotation that applies `b` first, then `a`: (..., 4)."""
    ax, ay, az, aw = (a[..., k] for k in range(4))
    bx, by, bz, bw = (b[..., k] for k in range(4))
    return np.stack(
        [
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
            aw * bw - ax * bx - ay * by - az * bz,
        ],
        axis=-1,
    )


def conjugate(q: Array) -> Array:
    """The inverse rotation: (..., 4)."""
    return np.asarray(q * np.array([-1.0, -1.0, -1.0, 1.0]))


def rotate(q: Array, vector: Array) -> Array:
    """`vector` (..., 3) turned by `q` (..., 4)."""
    x, y, z, w = (q[..., k] for k in range(4))
    a, b, c = (vector[..., k] for k in range(3))
    u, v, s = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)
    turned = (
        a + w * u + y * s - z * v,
        b + w * v + z * u - x * s,
        c + w * s + x * v - y * u,
    )
    return np.stack(np.broadcast_arrays(*turned), axis=-1)


def to_matrix(q: Array) -> Array:
    """Rotation matrices (..., 3, 3)."""
    columns = [rotate(q, np.broadcast_to(e, (*q.shape[:-1], 3))) for e in np.eye(3)]
    return np.stack(columns, axis=-1)


def slerp(a: Array, b: Array, t: Array | float) -> Array:
    """The shorter way from `a` to `b` (..., 4) at `t` (...) in 0..1."""
    dot = np.sum(a * b, axis=-1, keepdims=True)
    b = np.where(dot < 0, -b, b)
    angle = np.arccos(np.clip(np.abs(dot), 0, 1))
    t = np.asarray(t, dtype=float)[..., None]
    small = angle < 1e-6
    sine = np.where(small, 1.0, np.sin(angle))
    wa = np.where(small, 1 - t, np.sin((1 - t) * angle) / sine)
    wb = np.where(small, t, np.sin(t * angle) / sine)
    mixed = wa * a + wb * b
    return np.asarray(mixed / np.linalg.norm(mixed, axis=-1, keepdims=True))


def mirror(q: Array) -> Array:
    """`q` seen in the mid-sagittal mirror (z -> -z)."""
    return np.asarray(q * np.array([-1.0, -1.0, 1.0, 1.0]))
