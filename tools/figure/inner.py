# SPDX-License-Identifier: Apache-2.0
"""What the x-ray view shows under the skin of the right side: deep muscles as tapered bands along
their paths, and the bones they hold on to, drawn simply.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from figure import bind, bones
from figure.muscles import Place, line
from figure.weights import strongest
from figure.write import normals, positions
from hipfirst.body.skeleton import Array
from hipfirst.packs.vocabulary import MUSCLES

BONE = 255
"""Stands where a band names its muscle."""
_P, _L, _TH = "pelvis", "lumbar", "thigh_right"
_AROUND = 10
_ALONG = 13

Band = tuple[str, float, float, tuple[Place, ...]]
"""Muscle, half width and half thickness of the belly [m], places from origin to insertion."""

BANDS: tuple[Band, ...] = (
    (
        "piriformis",
        0.017,
        0.009,
        ((_P, -0.070, 0.058, 0.012), (_P, -0.072, 0.040, 0.060), (_TH, -0.012, 0.020, 0.058)),
    ),
    (
        "deep-rotators",
        0.010,
        0.006,
        ((_P, -0.010, -0.030, 0.045), (_P, -0.052, -0.018, 0.050), (_TH, -0.014, 0.008, 0.058)),
    ),
    ("deep-rotators", 0.016, 0.007, ((_P, -0.046, -0.062, 0.066), (_TH, -0.030, -0.040, 0.052))),
    (
        "gluteus-minimus",
        0.024,
        0.008,
        ((_P, 0.006, 0.078, 0.108), (_P, 0.002, 0.036, 0.124), (_TH, 0.012, 0.004, 0.064)),
    ),
    (
        "gluteus-minimus",
        0.018,
        0.007,
        ((_P, 0.040, 0.066, 0.112), (_P, 0.024, 0.030, 0.126), (_TH, 0.014, 0.000, 0.064)),
    ),
    (
        "iliopsoas",
        0.018,
        0.014,
        (
            (_L, 0.010, 0.150, 0.026),
            (_P, 0.014, 0.110, 0.042),
            (_P, 0.042, 0.030, 0.078),
            (_TH, -0.002, -0.055, -0.014),
        ),
    ),
    (
        "iliopsoas",
        0.022,
        0.009,
        ((_P, 0.016, 0.088, 0.098), (_P, 0.042, 0.034, 0.092), (_TH, -0.002, -0.055, -0.012)),
    ),
)


class _Builder:
    """Collects tubes as rows of the file's arrays."""

    def __init__(self) -> None:
        self.points: list[Array] = []
        self.normals: list[Array] = []
        self.shares: list[Array] = []
        self.triangles: list[NDArray[np.int64]] = []
        self.kinds: list[NDArray[np.int64]] = []
        self.count = 0

    def tube(self, path: Array, radii: Array, flat: Array, shares: Array, kind: int) -> None:
        """A tube of elliptic rings: path (m, 3), radii (m, 2) along `flat` (m, 3) and across."""
        ahead = np.gradient(path, axis=0)
        ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
        across = np.cross(ahead, flat)
        across /= np.linalg.norm(across, axis=1, keepdims=True)
        flat = np.cross(across, ahead)
        angle = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
        cos, sin = np.cos(angle)[None, :, None], np.sin(angle)[None, :, None]
        wide, thick = radii[:, 0, None, None], radii[:, 1, None, None]
        out = flat[:, None] * cos * wide + across[:, None] * sin * thick
        lean = flat[:, None] * cos / wide + across[:, None] * sin / thick
        lean /= np.linalg.norm(lean, axis=-1, keepdims=True)
        self.add(
            (path[:, None] + out).reshape(-1, 3),
            lean.reshape(-1, 3),
            np.repeat(shares, _AROUND, axis=0),
            kind,
            _skin_of(len(path)),
        )

    def add(
        self, points: Array, normals: Array, shares: Array, kind: int, triangles: NDArray[np.int64]
    ) -> None:
        self.points.append(points)
        self.normals.append(normals)
        self.shares.append(shares)
        self.kinds.append(np.full(len(points), kind))
        self.triangles.append(triangles + self.count)
        self.count += len(points)


def _skin_of(rings: int) -> NDArray[np.int64]:
    """Triangles (m, 3) of a tube, counter-clockwise from outside."""
    ring, spot = np.meshgrid(np.arange(rings - 1), np.arange(_AROUND), indexing="ij")
    a = (ring * _AROUND + spot).ravel()
    b = (ring * _AROUND + (spot + 1) % _AROUND).ravel()
    c, d = a + _AROUND, b + _AROUND
    return np.concatenate([np.stack([a, b, c], -1), np.stack([b, d, c], -1)])


def _bent(places: tuple[Place, ...], count: int) -> Array:
    """The path with its corners rounded (count, 3)."""
    path = line(places, count)
    for _ in range(count // 2):
        path[1:-1] = 0.5 * path[1:-1] + 0.25 * (path[:-2] + path[2:])
    return path


def _passing(places: tuple[Place, ...], count: int) -> Array:
    """Bone shares (count, bones) along a path: the first bone hands over to the last."""
    along = np.linspace(0, 1, count)
    shares = np.zeros((count, len(bind.BONES)))
    first, last = places[0][0], places[-1][0]
    if last == _TH and first != _TH:
        over = np.clip((along - 0.35) / 0.6, 0, 1)
        shares[:, bind.BONE["pelvis"]] = (1 - over) ** 2
        shares[:, bind.BONE["thigh_right_half"]] = 2 * over * (1 - over)
        shares[:, bind.BONE[_TH]] = over**2
        if first == _L:
            early = np.clip(1 - along / 0.3, 0, 1)
            shares *= (1 - early)[:, None]
            shares[:, bind.BONE[_L]] += early
        return shares
    shares[:, bind.BONE[first]] = 1 - along
    shares[:, bind.BONE[last]] += along
    return shares


def _add_bands(build: _Builder) -> None:
    for name, wide, thick, places in BANDS:
        path = _bent(places, _ALONG)
        along = np.linspace(0, 1, _ALONG)
        belly = 0.22 + 0.78 * np.sin(np.pi * np.clip(along * 0.94 + 0.03, 0, 1)) ** 0.8
        ahead = path[-1] - path[0]
        outward = path - np.array([0.0, 0.02, 0.03])
        flat = np.cross(outward, np.broadcast_to(ahead, path.shape))
        radii = np.stack([wide * belly, thick * belly], -1)
        build.tube(path, radii, flat, _passing(places, _ALONG), MUSCLES.index(name))


def _add_bones(build: _Builder) -> None:
    for bone, field, low, high, target in bones.BONES:
        points, normals, triangles = bones.mesh(field, low, high, target)
        shares = np.zeros((len(points), len(bind.BONES)))
        shares[:, bind.BONE[bone]] = 1.0
        turned = bind.to_bind(points + normals, bone) - bind.to_bind(points, bone)
        build.add(bind.to_bind(points, bone), turned, shares, BONE, triangles)


def arrays() -> dict[str, NDArray[Any]]:
    """The inner columns of the file."""
    build = _Builder()
    _add_bands(build)
    _add_bones(build)
    joints, shares = strongest(np.concatenate(build.shares))
    return {
        "inner_triangles": np.concatenate(build.triangles).astype(np.uint16),
        "inner_positions": positions(np.concatenate(build.points)),
        "inner_normals": normals(np.concatenate(build.normals)),
        "inner_joints": joints,
        "inner_weights": shares,
        "inner_kinds": np.concatenate(build.kinds).astype(np.uint8)[:, None],
    }
