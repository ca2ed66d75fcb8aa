# SPDX-License-Identifier: Apache-2.0
"""Where chosen points of the body are for given angles, and how they move with each angle.

The derivative of a point p on a segment below joint j, with respect to one turn of j about the
world axis a through the joint's centre c, is a x (p - c) (docs/conventions.md, eq. 1). So one
forward pass gives exact Jacobians for every frame at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipfirst.body import quaternion
from hipfirst.body.joints import ANGLES, AXES, JOINT_OF, OF_JOINT
from hipfirst.body.skeleton import INDEX, OFFSETS, PARENTS, Array


def _moves() -> Array:
    """1 where turning angle a (A) moves segment s (J): a's joint is s or above it."""
    table = np.zeros((len(ANGLES), len(PARENTS)))
    for segment in range(len(PARENTS)):
        above = segment
        while above >= 0:
            for angle in OF_JOINT[above]:
                table[angle, segment] = 1.0
            above = PARENTS[above]
    return table


_MOVES = _moves()


@dataclass(frozen=True)
class Placed:
    """The body in F frames: joint centres (F, J, 3), world rotations (F, J, 4) and the world axes
    of all angles (F, A, 3).
    """

    origins: Array
    turned: Array
    axes: Array


def place(angles: Array, root: Array, base: Array) -> Placed:
    """Forward kinematics of angles (F, A) [rad] and pelvis origins (F, 3) [m]."""
    frames = angles.shape[0]
    turned: list[Array] = []
    origins: list[Array] = []
    axes = np.zeros((frames, len(ANGLES), 3))
    for joint, parent in enumerate(PARENTS):
        q = np.broadcast_to(base, (frames, 4)) if parent < 0 else turned[parent]
        at = root if parent < 0 else origins[parent] + quaternion.rotate(q, OFFSETS[joint])
        for angle in OF_JOINT[joint]:
            axes[:, angle] = quaternion.rotate(q, AXES[angle])
            step = quaternion.from_axis_angle(ANGLES[angle].axis, angles[:, angle])
            q = quaternion.multiply(q, step)
        turned.append(q)
        origins.append(at)
    return Placed(np.stack(origins, axis=1), np.stack(turned, axis=1), axes)


def locate(placed: Placed, segments: list[int], local: Array) -> Array:
    """World positions (F, K, 3) of points `local` (K, 3) fixed to `segments` (K)."""
    return placed.origins[:, segments] + quaternion.rotate(placed.turned[:, segments], local)


def jacobian(placed: Placed, segments: list[int], points: Array) -> Array:
    """D points / d angles (F, K, 3, A) for world `points` (F, K, 3) on `segments` (K)."""
    arms = points[:, :, None, :] - placed.origins[:, None, list(JOINT_OF), :]
    a = placed.axes[:, None, :, :]
    swing = np.stack(
        [
            a[..., 1] * arms[..., 2] - a[..., 2] * arms[..., 1],
            a[..., 2] * arms[..., 0] - a[..., 0] * arms[..., 2],
            a[..., 0] * arms[..., 1] - a[..., 1] * arms[..., 0],
        ],
        axis=2,
    )
    return np.asarray(swing * _MOVES[:, segments].T[None, :, None, :])


def indices(segments: tuple[str, ...]) -> list[int]:
    """Joint numbers of segment names."""
    return [INDEX[name] for name in segments]
