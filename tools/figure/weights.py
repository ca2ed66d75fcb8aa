# SPDX-License-Identifier: Apache-2.0
"""How the skin follows the bones: ramps across each joint, shared with its half joint, then evened
out over the surface and cut to the four strongest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from figure import bind, surface
from figure.shapes import smoothstep
from figure.surface import Surface
from hipfirst.body import skeleton
from hipfirst.body.skeleton import Array

STRONGEST = 4
_SPREAD_MM2 = 230.0
"""Variance of the evening-out: about 15 mm along the skin."""


class _Shares:
    """The part of each vertex that a chain of bones still has to hand out."""

    def __init__(self, count: int) -> None:
        self.table = np.zeros((count, len(bind.BONES)))

    def add(self, bone: str, share: Array) -> None:
        self.table[:, bind.BONE[bone]] += share

    def cross(self, joint: str, share: Array, ramp: Array) -> tuple[Array, Array]:
        """Splits `share` at a joint: what stays above, what passes below; its half gets more."""
        self.add(f"{joint}_right_half", share * 2 * ramp * (1 - ramp))
        return share * (1 - ramp) ** 2, share * ramp**2


def _leg(shares: _Shares, points: Array, part: dict[str, Array]) -> Array:
    x, y, z = bind.to_local(points, "thigh_right").T
    fx, fy, _ = bind.to_local(points, "foot_right").T
    own = smoothstep(-0.030, 0.015, part["arm"] - part["leg"])
    own *= smoothstep(0.0, 0.034, points[:, 2]) * smoothstep(0.135, 0.060, points[:, 1])
    hip = own * smoothstep(-0.080, 0.088, -y + 0.42 * x + 0.22 * z)
    knee = smoothstep(-0.056, 0.056, -y - 0.412)
    ankle = smoothstep(-0.036, 0.026, -fy + 0.55 * np.maximum(fx - 0.020, 0.0))
    ankle *= smoothstep(-0.70, -0.74, y)
    toes = smoothstep(0.118, 0.152, fx) * ankle
    ones = np.ones(len(points))
    stays, below = shares.cross("thigh", ones, hip)
    thigh, below = shares.cross("shank", below, knee)
    shank, below = shares.cross("foot", below, ankle)
    for bone, share in (("thigh", thigh), ("shank", shank), ("foot", below * (1 - toes))):
        shares.add(f"{bone}_right", share)
    shares.add("toes_right", below * toes)
    return stays


def _arm(shares: _Shares, points: Array, part: dict[str, Array], share: Array) -> Array:
    _, y, z = bind.to_local(points, "upper_arm_right").T
    own = smoothstep(-0.012, 0.034, part["trunk"] - part["arm"])
    own *= smoothstep(-0.010, 0.020, np.minimum(part["leg"], part["head"]) - part["arm"])
    shoulder = own * smoothstep(-0.045, 0.090, -y + 0.30 * z)
    elbow = smoothstep(-0.046, 0.046, -y - 0.295)
    wrist = smoothstep(-0.040, 0.030, -y - 0.540)
    stays, below = shares.cross("upper_arm", share, shoulder)
    upper, below = shares.cross("forearm", below, elbow)
    fore, below = shares.cross("hand", below, wrist)
    for bone, given in (("upper_arm", upper), ("forearm", fore), ("hand", below)):
        shares.add(f"{bone}_right", given)
    return stays


def _trunk(shares: _Shares, points: Array, share: Array) -> None:
    x, y, z = points.T
    lumbar = smoothstep(0.045, 0.175, y)
    thorax = smoothstep(0.185, 0.315, y)
    neck = smoothstep(0.470, 0.550, y + 0.15 * (x + 0.03) - 0.25 * np.maximum(z - 0.05, 0))
    head = smoothstep(0.576, 0.626, y + 0.55 * x)
    clavicle = 0.85 * smoothstep(0.045, 0.135, z) * smoothstep(0.345, 0.440, y) * (1 - neck)
    shares.add("pelvis", share * (1 - lumbar))
    shares.add("lumbar", share * lumbar * (1 - thorax))
    shares.add("thorax", share * thorax * (1 - neck) * (1 - clavicle))
    shares.add("clavicle_right", share * thorax * (1 - neck) * clavicle)
    shares.add("neck", share * neck * (1 - head))
    shares.add("head", share * neck * head)


def analytic(points: Array) -> Array:
    """Weights (n, bones) from the ramps alone; every row sums to one."""
    part = surface.parts(points)
    shares = _Shares(len(points))
    left = _leg(shares, points, part)
    left = _arm(shares, points, part, left)
    _trunk(shares, points, left)
    return np.asarray(shares.table / shares.table.sum(axis=1, keepdims=True))


def evened(field: Array, dense: Surface, step: float, spread_mm2: float = _SPREAD_MM2) -> Array:
    """`field` (n, k) diffused over the triangles of `dense`."""
    edges = np.concatenate([dense.triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])])
    count = len(dense.points)
    ones = np.ones(len(edges))
    near = sparse.coo_matrix((ones, (edges[:, 0], edges[:, 1])), shape=(count, count))
    near = ((near + near.T) > 0).astype(float).tocsr()
    mean = sparse.diags(1 / np.asarray(near.sum(axis=1)).ravel()) @ near
    for _ in range(max(1, round(spread_mm2 / (0.5 * (step * 1000) ** 2)))):
        field = 0.5 * field + 0.5 * (mean @ field)
    return field


def carried(field: Array, dense: Surface, points: Array) -> Array:
    """`field` of the dense mesh, read at `points` from the four nearest vertices."""
    far, index = cKDTree(dense.points).query(points, k=4)
    share = 1 / (far + 1e-4)
    share /= share.sum(axis=1, keepdims=True)
    return np.asarray((field[index] * share[..., None]).sum(axis=1))


def shared(table: Array, points: Array) -> Array:
    """`table` (n, bones) with the mid-plane's vertices drawn by both sides alike: by the bones of
    the middle and the one strongest pair, since four bones hold no more pairs evenly.
    """
    partner = np.array(
        [
            bind.BONE[skeleton.other_side(name.removesuffix("_half")) + _tail(name)]
            for name in bind.BONES
        ]
    )
    even = (table + table[:, partner]) / 2
    paired = partner != np.arange(len(partner))
    strongest_pair = np.where(paired, even, 0).max(axis=1, keepdims=True)
    even[paired & (even < strongest_pair)] = 0
    return np.where((points[:, 2] == 0.0)[:, None], even, table)


def _tail(bone: str) -> str:
    return "_half" if bone.endswith("_half") else ""


def strongest(table: Array) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The four strongest bones per vertex (n, 4) and their weights (n, 4), which sum to 255."""
    order = np.argsort(-table, axis=1, kind="stable")[:, :STRONGEST]
    kept = np.take_along_axis(table, order, axis=1)
    kept[kept < 0.012] = 0
    whole = np.round(kept / kept.sum(axis=1, keepdims=True) * 255).astype(int)
    whole[:, 0] += 255 - whole.sum(axis=1)
    order[whole == 0] = 0
    return order.astype(np.uint8), whole.astype(np.uint8)
