# SPDX-License-Identifier: Apache-2.0
"""The figure: a skinned mesh bound to the one skeleton, read from `figure.bin`.

File: `HFIG`, header length (uint32, little-endian), JSON header, then for each of the header's
`sections` its columns one after the other. A column holds each value minus the one before
(wrapping); 16-bit columns store all low bytes, then all high bytes. Only the right half of the body
is stored: the left is its mirror image, and vertices on the mid-plane (z = 0) belong to both.

- `triangles` counter-clockwise from outside; `positions` in units of `scale` [m], bind pose;
  `normals` / 127; `joints` and `weights` / 255: the four bones a vertex follows. Bones are the
  skeleton's joints, then the half joints (`halves`), each turning half as far as its joint.
- `garments` / 127 * `reach`: signed distance [m] to each garment's edge, positive inside.
- `muscles` / 255: how far the skin lies in each muscle: 1 on a fibre, 0.5 at the edge.
- `inner_*`: what the x-ray view shows; `inner_kinds` is a muscle's index, or 255 for bone.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import quaternion, skeleton
from hipfirst.body.skeleton import Array

ASSET = Path(__file__).with_name("figure.bin")
ROLES = ("main", "helps")
SIGN = {"left": -1, "right": 1}
"""Sign of z on each side of the body."""


class Works(Protocol):
    """What a muscle does in an exercise (planning.timeline.MuscleWork has this form)."""

    @property
    def muscle(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def side(self) -> str: ...


@dataclass(frozen=True)
class Mesh:
    """Both halves of the skin.

    points, normals (n, 3) of the bind pose; triangles (m, 3); joints (n, 4) into the bones and
    weights (n, 4); sides (n,): -1 left, 0 middle, 1 right.
    """

    points: Array
    normals: Array
    triangles: NDArray[np.int64]
    joints: NDArray[np.int64]
    weights: Array
    sides: NDArray[np.int64]

    def moved(self, bones: tuple[Array, Array]) -> tuple[Array, Array]:
        """Points and unit normals (n, 3) under bone matrices (b, 3, 3) and shifts (b, 3)."""
        turns, shifts = bones
        turn = np.einsum("nk,nkij->nij", self.weights, turns[self.joints])
        shift = np.einsum("nk,nki->ni", self.weights, shifts[self.joints])
        points = np.einsum("nij,nj->ni", turn, self.points) + shift
        normals = np.einsum("nij,nj->ni", turn, self.normals)
        return points, normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)


@dataclass(frozen=True)
class Figure:
    """The skin with its channels: garments (n, 3) [m] and muscles (n, M). What lies under the skin
    is drawn by the player alone.
    """

    skin: Mesh
    garments: Array
    muscles: Array
    header: dict[str, Any]

    def bones(self, root: Array, rotations: Array) -> tuple[Array, Array]:
        """Matrices (b, 3, 3) and shifts (b, 3) that carry bind-pose points into the pose."""
        bind = np.array(self.header["bind"])
        rest_places, rest_turns = skeleton.forward(np.zeros(3), bind)
        places, turns = skeleton.forward(root, rotations)
        halves = [skeleton.INDEX[name] for name in self.header["halves"]]
        parents = [skeleton.PARENTS[i] for i in halves]
        carried = quaternion.multiply(turns[parents], bind[halves])
        turns = np.concatenate([turns, quaternion.slerp(carried, turns[halves], 0.5)])
        places = np.concatenate([places, places[halves]])
        rest_turns = np.concatenate([rest_turns, rest_turns[halves]])
        rest_places = np.concatenate([rest_places, rest_places[halves]])
        matrices = quaternion.to_matrix(
            quaternion.multiply(turns, quaternion.conjugate(rest_turns))
        )
        return matrices, places - np.einsum("bij,bj->bi", matrices, rest_places)

    def heat(self, muscles: Iterable[Works], side: str | None) -> Array:
        """How far the skin lies in main and in helping muscles (n, 2): 1 on a fibre, 0.5 at a
        muscle's edge. `side` is the clip's working side.
        """
        out = np.zeros((len(self.skin.points), len(ROLES)))
        for (body_side, role), chosen in self._columns(muscles, side).items():
            there = self.skin.sides * SIGN[body_side] >= 0
            column = ROLES.index(role)
            depth = self.muscles[:, chosen].max(axis=1, initial=0.0)
            out[there, column] = np.maximum(out[there, column], depth[there])
        return out

    def _columns(
        self, muscles: Iterable[Works], side: str | None
    ) -> dict[tuple[str, str], list[int]]:
        """Indices of the muscles for each side of the body and each role."""
        order: list[str] = self.header["muscles"]
        columns: dict[tuple[str, str], list[int]] = {(s, r): [] for s in SIGN for r in ROLES}
        for item in muscles:
            for body_side in _sides(item.side, side):
                columns[body_side, item.role].append(order.index(item.muscle))
        return columns


def _sides(side: str, working: str | None) -> tuple[str, ...]:
    if side == "both" or working is None:
        return ("left", "right")
    if side == "working":
        return (working,)
    return ("left",) if working == "right" else ("right",)


def _sections(raw: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    (length,) = struct.unpack_from("<I", raw, 4)
    header = json.loads(raw[8 : 8 + length])
    at, arrays = 8 + length, {}
    for section in header["sections"]:
        kind, rows, columns = np.dtype(section["type"]), section["rows"], section["columns"]
        size = rows * columns * kind.itemsize
        planes = np.frombuffer(raw, np.uint8, size, at).reshape(columns, kind.itemsize, rows)
        steps = planes.astype(np.int64)
        steps = steps[:, 0] + (steps[:, 1] << 8 if kind.itemsize == 2 else 0)
        values = np.cumsum(steps, axis=1) % (1 << (8 * kind.itemsize))
        unsigned = np.uint8 if kind.itemsize == 1 else np.uint16
        arrays[section["name"]] = values.astype(unsigned).view(kind).T
        at += size
    return header, arrays


def _both(header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Mesh:
    points = arrays["positions"] * header["scale"]
    normals = arrays["normals"] / 127.0
    triangles = arrays["triangles"].astype(np.int64)
    joints = arrays["joints"].astype(np.int64)
    weights = arrays["weights"] / 255.0
    aside = np.flatnonzero(points[:, 2] != 0)
    partner = np.arange(len(points))
    partner[aside] = len(points) + np.arange(len(aside))
    flip = np.array([1.0, 1.0, -1.0])
    return Mesh(
        points=np.concatenate([points, points[aside] * flip]),
        normals=np.concatenate([normals, normals[aside] * flip]),
        triangles=np.concatenate([triangles, partner[triangles][:, ::-1]]),
        joints=np.concatenate([joints, _bone_mirror(header)[joints[aside]]]),
        weights=np.concatenate([weights, weights[aside]]),
        sides=np.concatenate([np.sign(points[:, 2]), -np.ones(len(aside))]).astype(np.int64),
    )


def _bone_mirror(header: dict[str, Any]) -> NDArray[np.int64]:
    halves = header["halves"]
    others = [len(header["joints"]) + halves.index(skeleton.other_side(name)) for name in halves]
    return np.array(header["mirror"] + others)


def _mirrored_rows(rows: NDArray[Any], mesh: Mesh) -> NDArray[Any]:
    stored = np.flatnonzero(mesh.sides[: len(rows)] != 0)
    return np.concatenate([rows, rows[stored]])


@cache
def load() -> Figure:
    """The figure, read once."""
    header, arrays = _sections(ASSET.read_bytes())
    if header["joints"] != list(skeleton.NAMES):
        raise ValueError(f"{ASSET.name} was made for another skeleton; run tools/figure again")
    skin = _both(header, arrays)
    return Figure(
        skin=skin,
        garments=_mirrored_rows(arrays["garments"] / 127.0 * header["reach"], skin),
        muscles=_mirrored_rows(arrays["muscles"] / 255.0, skin),
        header=header,
    )
