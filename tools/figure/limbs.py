# SPDX-License-Identifier: Apache-2.0
"""The right leg in the frame of the thigh, the right arm in that of the upper arm; straight."""

from __future__ import annotations

import numpy as np

from figure.shapes import Shape, blend, carve, chain, ellipsoid, loft, rod, union
from hipfirst.body.skeleton import Array

ANKLE = -0.815
"""Height of the ankle in the frame of the thigh [m]."""
WRIST = -0.540
"""Height of the wrist in the frame of the upper arm [m]."""
_SOLE = -0.0752

_LEG = union(
    (
        loft(
            # y, front x, back x, outer z, inner z
            [
                (0.050, 0.050, -0.050, 0.052, -0.055),
                (0.000, 0.083, -0.084, 0.081, -0.085),
                (-0.060, 0.086, -0.088, 0.085, -0.086),
                (-0.120, 0.084, -0.084, 0.082, -0.081),
                (-0.180, 0.079, -0.079, 0.077, -0.074),
                (-0.250, 0.071, -0.070, 0.068, -0.064),
                (-0.330, 0.058, -0.059, 0.057, -0.054),
                (-0.380, 0.051, -0.053, 0.052, -0.051),
                (-0.410, 0.049, -0.050, 0.0505, -0.0505),
                (-0.450, 0.045, -0.052, 0.049, -0.049),
                (-0.500, 0.044, -0.060, 0.051, -0.050),
                (-0.540, 0.045, -0.064, 0.051, -0.048),
                (-0.590, 0.044, -0.059, 0.047, -0.044),
                (-0.660, 0.041, -0.046, 0.037, -0.036),
                (-0.730, 0.038, -0.037, 0.030, -0.030),
                (-0.780, 0.037, -0.036, 0.028, -0.029),
                (-0.815, 0.038, -0.040, 0.029, -0.030),
                (-0.840, 0.036, -0.040, 0.028, -0.028),
            ],
            along=1,
            power=2.05,
            cap=0.06,
        ),
        0.0,
    ),
    (ellipsoid((0.036, -0.398, 0.0), (0.020, 0.028, 0.023)), 0.018),  # kneecap
    (ellipsoid((0.022, -0.345, -0.024), (0.034, 0.045, 0.028)), 0.020),  # vastus medialis
    (ellipsoid((0.018, -0.270, 0.034), (0.044, 0.095, 0.032)), 0.030),  # vastus lateralis
    (ellipsoid((-0.040, -0.520, -0.022), (0.027, 0.068, 0.025)), 0.018),  # gastrocnemius, inner
    (ellipsoid((-0.038, -0.510, 0.023), (0.025, 0.060, 0.024)), 0.018),  # gastrocnemius, outer
    (rod((0.034, -0.455, 0.0), (0.036, -0.475, 0.0), 0.010, 0.010), 0.014),  # shin bone's head
    (rod((-0.034, -0.400, 0.036), (-0.030, -0.440, 0.036), 0.009, 0.008), 0.016),  # outer cord
    (rod((-0.036, -0.395, -0.034), (-0.030, -0.440, -0.034), 0.009, 0.008), 0.016),  # inner cord
    (rod((-0.034, -0.735, 0.0), (-0.036, -0.800, 0.0), 0.009, 0.010), 0.014),  # Achilles tendon
    (ellipsoid((-0.005, -0.817, 0.026), (0.011, 0.014, 0.010)), 0.012),  # outer ankle bone
    (ellipsoid((0.005, -0.807, -0.027), (0.011, 0.014, 0.010)), 0.012),  # inner ankle bone
)
_FOOT = loft(
    # x, top y, bottom y, outer z, inner z; from the ankle
    [
        (-0.056, -0.022, -0.066, 0.022, -0.022),
        (-0.040, 0.002, -0.076, 0.031, -0.031),
        (-0.012, 0.020, -0.077, 0.035, -0.034),
        (0.028, 0.008, -0.077, 0.037, -0.034),
        (0.052, -0.012, -0.076, 0.039, -0.034),
        (0.078, -0.027, -0.076, 0.040, -0.034),
        (0.110, -0.041, -0.076, 0.040, -0.036),
        (0.136, -0.049, -0.076, 0.036, -0.038),
        (0.152, -0.054, -0.075, 0.029, -0.036),
    ],
    along=0,
    power=2.5,
    cap=0.012,
)
_TOES: tuple[tuple[tuple[tuple[float, float, float], ...], tuple[float, ...]], ...] = (
    (((0.140, -0.062, -0.024), (0.176, -0.064, -0.0245), (0.198, -0.066, -0.022)),
     (0.0130, 0.0105, 0.0108)),
    (((0.142, -0.060, -0.006), (0.180, -0.062, -0.0045), (0.200, -0.068, -0.003)),
     (0.0100, 0.0078, 0.0076)),
    (((0.138, -0.060, 0.008), (0.172, -0.063, 0.0100), (0.190, -0.0685, 0.0105)),
     (0.0095, 0.0074, 0.0072)),
    (((0.132, -0.061, 0.020), (0.162, -0.064, 0.0230), (0.178, -0.0690, 0.0230)),
     (0.0090, 0.0070, 0.0068)),
    (((0.122, -0.063, 0.030), (0.148, -0.066, 0.0345), (0.162, -0.0695, 0.0345)),
     (0.0085, 0.0066, 0.0064)),
)  # fmt: skip
_ARCH = ellipsoid((0.045, -0.084, -0.040), (0.050, 0.016, 0.022))


def foot(points: Array) -> Array:
    """The bare right foot in its own frame; flat on the plane of the sole [m]."""
    whole = carve(_FOOT(points), _ARCH(points), 0.010)
    toes = chain(*_TOES[0])(points)
    for toe in _TOES[1:]:
        toes = blend(toes, chain(*toe)(points), 0.0022)
    whole = blend(whole, toes, 0.008)
    return carve(whole, points[:, 1] - _SOLE, 0.008)


def leg(points: Array) -> Array:
    """Leg with its foot [m]."""
    below = foot(points - np.array([0.0, ANKLE, 0.0]))
    return blend(_LEG(points), below, 0.024)


_ARM: Shape = union(
    (
        loft(
            # y, thumb side x, little finger side x, outer z, inner z
            [
                (0.020, 0.034, -0.036, 0.034, -0.036),
                (0.000, 0.043, -0.046, 0.046, -0.042),
                (-0.030, 0.046, -0.049, 0.050, -0.043),
                (-0.080, 0.045, -0.048, 0.047, -0.042),
                (-0.150, 0.041, -0.045, 0.042, -0.039),
                (-0.220, 0.036, -0.040, 0.036, -0.036),
                (-0.280, 0.033, -0.037, 0.035, -0.036),
                (-0.310, 0.034, -0.037, 0.037, -0.037),
                (-0.350, 0.036, -0.037, 0.038, -0.036),
                (-0.400, 0.033, -0.033, 0.033, -0.032),
                (-0.435, 0.030, -0.030, 0.029, -0.028),
                (-0.490, 0.026, -0.026, 0.021, -0.021),
                (-0.530, 0.025, -0.025, 0.0175, -0.0175),
                (-0.560, 0.026, -0.027, 0.0165, -0.0170),
            ],
            along=1,
            power=2.0,
            cap=0.03,
        ),
        0.0,
    ),
    (ellipsoid((0.004, -0.050, 0.012), (0.042, 0.062, 0.036)), 0.020),  # deltoid
    (ellipsoid((0.020, -0.165, -0.002), (0.023, 0.070, 0.026)), 0.020),  # biceps
    (ellipsoid((-0.022, -0.150, 0.006), (0.022, 0.080, 0.026)), 0.020),  # triceps
)
_PALM = loft(
    # y, thumb side x, little finger side x, back z, palm z; from the wrist
    [
        (0.010, 0.025, -0.026, 0.0165, -0.0170),
        (-0.020, 0.031, -0.030, 0.0160, -0.0180),
        (-0.055, 0.038, -0.036, 0.0155, -0.0180),
        (-0.085, 0.040, -0.039, 0.0140, -0.0165),
        (-0.100, 0.038, -0.037, 0.0105, -0.0135),
    ],
    along=1,
    power=2.5,
    cap=0.010,
)
_FINGERS: tuple[tuple[float, float, float], ...] = (
    # x at the knuckle, length, radius
    (0.0290, 0.077, 0.0092),
    (0.0085, 0.088, 0.0094),
    (-0.0105, 0.081, 0.0090),
    (-0.0295, 0.060, 0.0080),
)


def _finger(x: float, length: float, radius: float) -> Shape:
    places = [
        (x, -0.092, -0.001),
        (x * 1.06, -0.096 - 0.52 * length, -0.003),
        (x * 1.04, -0.098 - length + radius, -0.008),
    ]
    return chain(places, [radius * 1.1, radius, radius * 0.84])


def hand(points: Array) -> Array:
    """The right hand in its own frame, fingers straight and together [m]."""
    fingers = _finger(*_FINGERS[0])(points)
    for finger in _FINGERS[1:]:
        fingers = blend(fingers, _finger(*finger)(points), 0.0016)
    thumb = chain(
        [(0.016, -0.022, -0.008), (0.042, -0.058, -0.016), (0.054, -0.088, -0.018),
         (0.058, -0.108, -0.018)],
        [0.015, 0.0125, 0.0098, 0.0082],
    )(points)  # fmt: skip
    return blend(blend(_PALM(points), fingers, 0.006), thumb, 0.012)


def arm(points: Array) -> Array:
    """Arm with its hand [m]."""
    below = hand(points - np.array([0.0, WRIST, 0.0]))
    return blend(_ARM(points), below, 0.014)
