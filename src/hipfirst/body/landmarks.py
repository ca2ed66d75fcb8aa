# SPDX-License-Identifier: Apache-2.0
"""Points on the skin, fixed to a segment: what a motion can put on a surface, and what the figure's
mesh must pass through (a test holds the two together).

Coordinates are metres in the segment's frame in the zero pose, written for the right side; the left
is the mirror. Depths of flesh are those of the reference body in `skeleton`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hipfirst.body.skeleton import Array


@dataclass(frozen=True)
class Landmark:
    """A skin point: `segment` (a joint name of the skeleton) and its place in that frame [m]."""

    name: str
    segment: str
    point: tuple[float, float, float]


_MIDLINE = {
    "sacrum": ("pelvis", (-0.105, 0.060, 0.0)),
    "pubis": ("pelvis", (0.100, 0.000, 0.0)),
    "mid-back": ("thorax", (-0.100, 0.080, 0.0)),
    "belly": ("lumbar", (0.105, 0.060, 0.0)),
    "sternum": ("thorax", (0.115, 0.120, 0.0)),
    "occiput": ("head", (-0.105, 0.095, 0.0)),
    "forehead": ("head", (0.095, 0.130, 0.0)),
    "crown": ("head", (-0.005, 0.210, 0.0)),
}
_PAIRED = {
    "buttock": ("pelvis", (-0.125, -0.015, 0.075)),
    "sit-bone": ("pelvis", (-0.050, -0.095, 0.070)),
    "hip-bone": ("pelvis", (0.080, 0.075, 0.110)),  # anterior superior iliac spine
    "trochanter": ("thigh", (0.0, -0.010, 0.085)),
    "thigh-front": ("thigh", (0.080, -0.180, 0.0)),
    "thigh-back": ("thigh", (-0.080, -0.180, 0.0)),
    "thigh-outer": ("thigh", (0.0, -0.180, 0.078)),
    "kneecap": ("thigh", (0.055, -0.400, 0.0)),
    "knee-outer": ("thigh", (0.0, -0.410, 0.052)),
    "knee-inner": ("thigh", (0.0, -0.410, -0.052)),
    "shin": ("shank", (0.045, -0.150, 0.0)),
    "calf": ("shank", (-0.065, -0.130, 0.0)),
    "ankle-outer": ("shank", (-0.005, -0.400, 0.036)),
    "ankle-inner": ("shank", (0.005, -0.390, -0.036)),
    "heel": ("foot", (-0.040, -0.075, 0.0)),
    "heel-back": ("foot", (-0.060, -0.045, 0.0)),
    "ball-inner": ("foot", (0.140, -0.075, -0.028)),
    "ball-outer": ("foot", (0.110, -0.075, 0.035)),
    "foot-outer": ("foot", (0.050, -0.055, 0.040)),
    "foot-inner": ("foot", (0.050, -0.045, -0.036)),
    "toe-tip": ("toes", (0.070, -0.012, 0.0)),
    "instep": ("foot", (0.075, -0.025, 0.0)),
    "shoulder-blade": ("thorax", (-0.105, 0.150, 0.080)),
    "ribs": ("thorax", (0.005, 0.080, 0.140)),
    "shoulder-outer": ("upper_arm", (0.0, -0.020, 0.050)),
    "upper-arm-outer": ("upper_arm", (0.0, -0.150, 0.042)),
    "upper-arm-back": ("upper_arm", (-0.045, -0.150, 0.0)),
    "elbow": ("upper_arm", (-0.038, -0.300, 0.0)),
    "forearm-little-finger-side": ("forearm", (-0.030, -0.140, 0.0)),
    "palm": ("hand", (0.0, -0.080, -0.018)),
    "back-of-hand": ("hand", (0.0, -0.080, 0.016)),
    "fingertips": ("hand", (0.0, -0.185, -0.008)),
    "temple": ("head", (0.010, 0.100, 0.075)),
}


def _pair(name: str, segment: str, point: tuple[float, float, float]) -> tuple[Landmark, Landmark]:
    x, y, z = point
    if segment in {"pelvis", "thorax", "head"}:
        left_segment = right_segment = segment
    else:
        left_segment, right_segment = f"{segment}_left", f"{segment}_right"
    return (
        Landmark(f"{name}-left", left_segment, (x, y, -z)),
        Landmark(f"{name}-right", right_segment, (x, y, z)),
    )


LANDMARKS: dict[str, Landmark] = {
    mark.name: mark
    for mark in (
        *(Landmark(name, segment, point) for name, (segment, point) in _MIDLINE.items()),
        *(mark for name, spec in _PAIRED.items() for mark in _pair(name, *spec)),
    )
}


def points(names: tuple[str, ...]) -> Array:
    """Local coordinates of the named landmarks (n, 3) [m]."""
    return np.array([LANDMARKS[name].point for name in names])
