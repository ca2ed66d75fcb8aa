# SPDX-License-Identifier: Apache-2.0
"""Where a picture is taken from. Azimuth 0 looks from +X (the front of a standing body), 90 from
+Z (its right side); the distance follows from what must fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipfirst.body.skeleton import Array

FIELD_DEG = 26.0
"""Vertical field of view, or the horizontal one of an upright picture."""


def direction(azimuth_deg: float, elevation_deg: float) -> Array:
    """The unit vector (3,) from the target towards the camera."""
    a, e = np.radians(azimuth_deg), np.radians(elevation_deg)
    return np.array([np.cos(e) * np.cos(a), np.sin(e), np.cos(e) * np.sin(a)])


@dataclass(frozen=True)
class Camera:
    """An eye [m], its axes (right, up, back) as rows (3, 3), pixels per unit slope, and the
    picture's (height, width).
    """

    eye: Array
    axes: Array
    focal: float
    shape: tuple[int, int]

    def project(self, points: Array) -> tuple[Array, Array]:
        """Pixels (n, 2), y down, and reciprocal depths (n,) of world points."""
        seen = (points - self.eye) @ self.axes.T
        near = 1 / np.maximum(-seen[:, 2], 1e-6)
        middle = np.array([self.shape[1] / 2, self.shape[0] / 2])
        pixels = middle + seen[:, :2] * np.array([1.0, -1.0]) * (self.focal * near)[:, None]
        return pixels, near

    def rays(self) -> Array:
        """Unit directions through the pixel centres (height * width, 3)."""
        height, width = self.shape
        y, x = np.mgrid[0:height, 0:width]
        slope = np.stack(
            [x + 0.5 - width / 2, height / 2 - y - 0.5, np.full(x.shape, -self.focal)], -1
        )
        ray = slope.reshape(-1, 3) @ self.axes
        return np.asarray(ray / np.linalg.norm(ray, axis=1, keepdims=True))


def facing(azimuth_deg: float, elevation_deg: float) -> Array:
    """Right, up and back of a camera looking from there (3, 3)."""
    back = direction(azimuth_deg, elevation_deg)
    right = np.cross([0.0, 1.0, 0.0], back)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(back, right), back])


def fitted(
    points: Array,
    azimuth_deg: float,
    elevation_deg: float,
    shape: tuple[int, int],
    margin: float = 1.06,
) -> Camera:
    """The nearest camera that still shows all `points` (n, 3), with as much room on every side.

    Along each picture axis a point fits when |p - shift| <= reach (distance - depth); the two
    strictest points give distance and shift in closed form.
    """
    height, width = shape
    axes = facing(azimuth_deg, elevation_deg)
    focal = min(height, width) / 2 / np.tan(np.radians(FIELD_DEG) / 2)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    seen = (points - middle) @ axes.T
    reach = np.array([width, height]) / 2 / focal / margin
    high = (seen[:, :2] + reach * seen[:, 2:]).max(axis=0)
    low = (-seen[:, :2] + reach * seen[:, 2:]).max(axis=0)
    distance = ((high + low) / 2 / reach).max()
    eye = middle + (high - low) / 2 @ axes[:2] + axes[2] * distance
    return Camera(eye, axes, focal, shape)
