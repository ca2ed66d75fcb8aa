# SPDX-License-Identifier: Apache-2.0
"""The body as capsules, to tell when two parts run through each other.

Each capsule is the firm core of a segment: the landmarks' depths less the flesh that gives way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipfirst.body.skeleton import INDEX, PARENTS, Array

# name, segment, ends in the segment's frame (right side) [m], radius [m]
_MIDLINE = (
    ("pelvis", "pelvis", (0.0, 0.03, -0.06), (0.0, 0.03, 0.06), 0.080),
    ("waist", "lumbar", (0.0, 0.03, -0.03), (0.0, 0.14, 0.03), 0.085),
    ("chest", "thorax", (0.0, 0.08, -0.04), (0.0, 0.15, 0.04), 0.085),
    ("head", "head", (0.0, 0.06, 0.0), (0.0, 0.13, 0.0), 0.070),
)
_PAIRED = (
    ("upper arm", "upper_arm", (0.0, -0.05, 0.0), (0.0, -0.28, 0.0), 0.032),
    ("forearm", "forearm", (0.0, 0.0, 0.0), (0.0, -0.23, 0.0), 0.025),
    ("hand", "hand", (0.0, -0.03, 0.0), (0.0, -0.14, 0.0), 0.010),
    ("thigh", "thigh", (0.0, -0.16, 0.0), (0.0, -0.39, 0.0), 0.045),
    ("shank", "shank", (0.0, -0.02, 0.0), (0.0, -0.38, 0.0), 0.034),
    ("foot", "foot", (-0.02, -0.045, 0.0), (0.11, -0.055, 0.0), 0.024),
)


@dataclass(frozen=True)
class Capsule:
    """A line between `a` and `b` of `segment`'s frame, `radius` thick [m]."""

    name: str
    segment: str
    a: tuple[float, float, float]
    b: tuple[float, float, float]
    radius: float


def _both(side: str) -> tuple[Capsule, ...]:
    return tuple(
        Capsule(f"{side} {name}", f"{segment}_{side}", a, b, radius)
        for name, segment, a, b, radius in _PAIRED
    )


CAPSULES: tuple[Capsule, ...] = (
    *(Capsule(*row) for row in _MIDLINE),
    *_both("left"),
    *_both("right"),
)


def _near(a: str, b: str) -> bool:
    """Whether two segments are the same or joined through at most one other: they always touch."""

    def line(name: str) -> list[int]:
        chain = [INDEX[name]]
        while PARENTS[chain[-1]] >= 0:
            chain.append(PARENTS[chain[-1]])
        return chain

    ups, downs = line(a), line(b)
    shared = next(joint for joint in ups if joint in downs)
    return ups.index(shared) + downs.index(shared) <= 2 and {a, b} != {"thigh_left", "thigh_right"}


PAIRS: tuple[tuple[int, int], ...] = tuple(
    (i, j)
    for i, first in enumerate(CAPSULES)
    for j, second in enumerate(CAPSULES)
    if i < j and not _near(first.segment, second.segment)
)
"""Capsules that should keep clear of each other."""
APART: Array = np.array([CAPSULES[i].radius + CAPSULES[j].radius for i, j in PAIRS])
"""How far the axes of each pair must stay apart (p) [m]."""


def nearest(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Where (0 to 1) along the segments a-b and c-d, all (..., 3), the two come closest."""
    u, v, w = b - a, d - c, a - c
    uu, uv, vv = (np.sum(p * q, axis=-1) for p, q in ((u, u), (u, v), (v, v)))
    uw, vw = np.sum(u * w, axis=-1), np.sum(v * w, axis=-1)
    parallel = uu * vv - uv**2
    s = np.where(parallel > 1e-12, (uv * vw - vv * uw) / np.maximum(parallel, 1e-12), 0.0)
    t = np.clip((uv * np.clip(s, 0, 1) + vw) / vv, 0, 1)
    s = np.clip((uv * t - uw) / uu, 0, 1)
    return s, np.clip((uv * s + vw) / vv, 0, 1)


def clearance(a: Array, b: Array, c: Array, d: Array) -> Array:
    """Least distance (...) between the segments a-b and c-d, all (..., 3) [m]."""
    s, t = nearest(a, b, c, d)
    gap = a + s[..., None] * (b - a) - c - t[..., None] * (d - c)
    return np.asarray(np.linalg.norm(gap, axis=-1))
