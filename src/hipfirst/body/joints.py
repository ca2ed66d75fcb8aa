# SPDX-License-Identifier: Apache-2.0
"""Clinical joint angles: their names, axes and ranges, and the way to local rotations and back.

Every joint turns about its axes in the order of this table (intrinsic: each axis is carried along
by the turns before it): flexion first, then sideways, then about the long axis, the order of Grood
and Suntay (1983) that the ISB recommends (Wu et al. 2002). The shoulder follows the hip instead of
the ISB's Y-X-Y, because "flexion and abduction" is how a physiotherapist writes an arm. The pelvis
against its base position turns about its long axis first (Baker 2001).

Positive is flexion, abduction, external rotation, dorsiflexion, inversion, pronation, elevation,
protraction; for the midline, side-bending to the right and turning to the left. Ranges [deg] are
generous adult ranges after Norkin and White (2016) and, for the spine, White and Panjabi (1990).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hipfirst.body import quaternion
from hipfirst.body.skeleton import INDEX, NAMES, SKELETON, Array, other_side


@dataclass(frozen=True)
class Angle:
    """One turn of one joint: about `axis` of its frame, between `low` and `high` [rad]."""

    name: str
    joint: str
    axis: tuple[float, float, float]
    low: float
    high: float


_X, _Y, _Z = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
_BACK_X, _BACK_Y, _BACK_Z = (-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), (0.0, 0.0, -1.0)

# segment, angle, axis (of the right side), lowest and highest [deg]
_TABLE = (
    ("pelvis", "pelvis_rotation", _Y, -90, 90),
    ("pelvis", "pelvis_list", _X, -60, 60),
    ("pelvis", "pelvis_tilt", _BACK_Z, -90, 90),
    ("lumbar", "lumbar_flexion", _BACK_Z, -30, 60),
    ("lumbar", "lumbar_lateral_flexion", _X, -30, 30),
    ("lumbar", "lumbar_rotation", _Y, -18, 18),
    ("thorax", "thorax_flexion", _BACK_Z, -25, 45),
    ("thorax", "thorax_lateral_flexion", _X, -30, 30),
    ("thorax", "thorax_rotation", _Y, -40, 40),
    ("neck", "neck_flexion", _BACK_Z, -45, 45),
    ("neck", "neck_lateral_flexion", _X, -35, 35),
    ("neck", "neck_rotation", _Y, -45, 45),
    ("head", "head_flexion", _BACK_Z, -30, 30),
    ("head", "head_lateral_flexion", _X, -20, 20),
    ("head", "head_rotation", _Y, -45, 45),
    ("clavicle", "clavicle_elevation", _BACK_X, -10, 45),
    ("clavicle", "clavicle_protraction", _Y, -25, 35),
    ("upper_arm", "shoulder_flexion", _Z, -60, 185),
    ("upper_arm", "shoulder_abduction", _BACK_X, -60, 180),
    ("upper_arm", "shoulder_external_rotation", _BACK_Y, -95, 100),
    ("forearm", "elbow_flexion", _Z, -5, 150),
    ("forearm", "forearm_pronation", _Y, -90, 95),
    ("hand", "wrist_flexion", _X, -80, 85),
    ("hand", "wrist_ulnar_deviation", _BACK_Z, -25, 40),
    ("thigh", "hip_flexion", _Z, -30, 130),
    ("thigh", "hip_abduction", _BACK_X, -35, 60),
    ("thigh", "hip_external_rotation", _BACK_Y, -50, 80),  # as in sitting cross-legged
    ("shank", "knee_flexion", _BACK_Z, -5, 155),
    ("shank", "knee_external_rotation", _BACK_Y, -25, 35),
    ("foot", "ankle_dorsiflexion", _Z, -55, 35),
    ("foot", "ankle_inversion", _X, -25, 40),
    ("toes", "toe_extension", _Z, -40, 80),
)


def _spread() -> tuple[Angle, ...]:
    """The table with paired rows written out for both sides, in the skeleton's joint order."""
    out: list[Angle] = []
    for joint in NAMES:
        stem = joint.removesuffix("_left").removesuffix("_right")
        suffix = joint.removeprefix(stem)
        sign = -1.0 if suffix == "_left" else 1.0
        for segment, name, (x, y, z), low, high in _TABLE:
            if segment == stem:
                axis = (sign * x, sign * y, z)
                span = (float(np.radians(low)), float(np.radians(high)))
                out.append(Angle(f"{name}{suffix}", joint, axis, *span))
    return tuple(out)


ANGLES: tuple[Angle, ...] = _spread()
ANGLE_NAMES: tuple[str, ...] = tuple(angle.name for angle in ANGLES)
ANGLE_INDEX: dict[str, int] = {name: i for i, name in enumerate(ANGLE_NAMES)}
PAIRED: frozenset[str] = frozenset(
    name.removesuffix("_left") for name in ANGLE_NAMES if name.endswith("_left")
)
"""Names that take `_left` or `_right`."""
MIDLINE: frozenset[str] = frozenset(
    name for name in ANGLE_NAMES if not name.endswith(("_left", "_right"))
)
LOW: Array = np.array([angle.low for angle in ANGLES])
HIGH: Array = np.array([angle.high for angle in ANGLES])
AXES: Array = np.array([angle.axis for angle in ANGLES])
OF_JOINT: tuple[tuple[int, ...], ...] = tuple(
    tuple(i for i, angle in enumerate(ANGLES) if angle.joint == joint) for joint in NAMES
)
"""For each joint the angles that turn it, in order."""
JOINT_OF: tuple[int, ...] = tuple(INDEX[angle.joint] for angle in ANGLES)


def _groups() -> dict[str, tuple[str, ...]]:
    parts = {
        "pelvis": ("pelvis",),
        "spine": ("lumbar", "thorax"),
        "neck": ("neck", "head"),
        "arm": ("clavicle", "upper_arm", "forearm", "hand"),
        "leg": ("thigh", "shank", "foot", "toes"),
    }
    groups: dict[str, tuple[str, ...]] = {}
    for group, stems in parts.items():
        for suffix in ("", "_left", "_right"):
            joints = {f"{stem}{suffix}" for stem in stems}
            names = tuple(angle.name for angle in ANGLES if angle.joint in joints)
            if names:
                groups[f"{group}{suffix}"] = names
    groups["arms"] = groups["arm_left"] + groups["arm_right"]
    groups["legs"] = groups["leg_left"] + groups["leg_right"]
    return groups


GROUPS: dict[str, tuple[str, ...]] = _groups()
"""Short words for several angles at once: pelvis, spine, neck, arms, arm_left, legs ..."""


def vector(angles: Mapping[str, float]) -> Array:
    """Named angles [rad] as one row (A); angles not named are zero."""
    row = np.zeros(len(ANGLES))
    for name, value in angles.items():
        row[ANGLE_INDEX[name]] = value
    return row


def rotations(angles: Array, base: Array = quaternion.IDENTITY) -> Array:
    """Local quaternions (..., J, 4) of angles (..., A) [rad]; `base` (4) turns the pelvis first."""
    out: list[Array] = []
    for joint, turns in enumerate(OF_JOINT):
        start = base if joint == 0 else quaternion.IDENTITY
        local = np.broadcast_to(start, (*angles.shape[:-1], 4))
        for turn in turns:
            step = quaternion.from_axis_angle(ANGLES[turn].axis, angles[..., turn])
            local = quaternion.multiply(local, step)
        out.append(local)
    return np.stack(out, axis=-2)


def read(local: Array, base: Array = quaternion.IDENTITY) -> Array:
    """Angles (..., A) [rad] of local quaternions (..., J, 4): the inverse of `rotations`.

    A middle angle of 90 deg or more (an arm raised sideways past the horizontal) has two readings;
    the one with the smaller middle angle is given.
    """
    out = np.zeros((*local.shape[:-2], len(ANGLES)))
    for joint, turns in enumerate(OF_JOINT):
        q = local[..., joint, :]
        if joint == 0:
            q = quaternion.multiply(quaternion.conjugate(base), q)
        matrix = quaternion.to_matrix(q)
        out[..., list(turns)] = _read_joint(matrix, AXES[list(turns)])
    return out


def _read_joint(matrix: Array, axes: Array) -> Array:
    """Angles about up to three signed, mutually perpendicular coordinate axes, in order."""
    order = [int(np.argmax(np.abs(axis))) for axis in axes]
    signs = [float(axis[k]) for axis, k in zip(axes, order, strict=True)]
    missing = [k for k in (2, 0, 1) if k not in order]
    i, j, k = (order + missing)[:3]
    parity = 1.0 if (j - i) % 3 == 1 else -1.0
    middle = np.arcsin(np.clip(parity * matrix[..., i, k], -1, 1))
    first = np.arctan2(-parity * matrix[..., j, k], matrix[..., k, k])
    last = np.arctan2(-parity * matrix[..., i, j], matrix[..., i, i])
    found = [first, middle, last][: len(order)]
    return np.stack([s * value for s, value in zip(signs, found, strict=True)], axis=-1)


def mirrored(name: str) -> tuple[str, float]:
    """The angle that is the mirror image of `name`, and the sign it takes there.

    Midline bending to the right becomes bending to the left; flexion stays flexion.
    """
    other = other_side(name)
    axis = np.array(ANGLES[ANGLE_INDEX[name]].axis)
    image = axis * np.array([-1.0, -1.0, 1.0])
    return other, float(np.sign(image @ np.array(ANGLES[ANGLE_INDEX[other]].axis)))


assert {row[0] for row in _TABLE} == {
    joint.name.removesuffix("_left").removesuffix("_right") for joint in SKELETON
}
