# SPDX-License-Identifier: Apache-2.0
"""Where each muscle lies under the skin of the right side: fibres from origin to insertion.

A fibre is a line through points given in the frame of a segment. It is laid onto the skin and
glows with soft edges, widest in the belly and thin towards its two ends.
"""

from __future__ import annotations

import numpy as np

from figure import bind, surface
from figure.surface import Surface
from hipfirst.body.skeleton import Array
from hipfirst.packs.vocabulary import MUSCLES

Place = tuple[str, float, float, float]
Fibre = tuple[float, tuple[Place, ...]]
"""Half width of the belly [m] and the places it runs through, origin first."""

_P, _L, _T, _C, _TH, _UA = (
    "pelvis",
    "lumbar",
    "thorax",
    "clavicle_right",
    "thigh_right",
    "upper_arm_right",
)


def _pelvis_to_thigh(
    width: float,
    origin: tuple[float, float, float],
    *,
    via: tuple[float, float, float] | None = None,
    to: tuple[float, float, float],
) -> Fibre:
    middle: tuple[Place, ...] = () if via is None else ((_P, *via),)
    return width, ((_P, *origin), *middle, (_TH, *to))


FIBRES: dict[str, tuple[Fibre, ...]] = {
    "gluteus-maximus": (
        _pelvis_to_thigh(0.026, (-0.098, 0.092, 0.045), to=(-0.030, -0.055, 0.080)),
        _pelvis_to_thigh(0.028, (-0.104, 0.062, 0.028), to=(-0.048, -0.085, 0.070)),
        _pelvis_to_thigh(0.030, (-0.108, 0.026, 0.022), to=(-0.064, -0.112, 0.052)),
        _pelvis_to_thigh(0.028, (-0.100, -0.018, 0.024), to=(-0.074, -0.128, 0.030)),
    ),
    "gluteus-medius": (
        _pelvis_to_thigh(0.022, (0.040, 0.098, 0.122), to=(0.008, -0.012, 0.085)),
        _pelvis_to_thigh(0.024, (0.002, 0.108, 0.130), to=(0.000, -0.012, 0.085)),
        _pelvis_to_thigh(0.024, (-0.040, 0.104, 0.116), to=(-0.006, -0.012, 0.085)),
        _pelvis_to_thigh(0.020, (-0.072, 0.088, 0.090), to=(-0.014, -0.010, 0.083)),
    ),
    "gluteus-minimus": (
        _pelvis_to_thigh(0.024, (0.044, 0.062, 0.125), to=(0.020, -0.015, 0.085)),
        _pelvis_to_thigh(0.024, (0.006, 0.070, 0.135), to=(0.010, -0.015, 0.085)),
    ),
    "tensor-fasciae-latae": (
        (
            0.022,
            ((_P, 0.066, 0.078, 0.112), (_TH, 0.050, -0.060, 0.070), (_TH, 0.028, -0.165, 0.076)),
        ),
    ),
    "piriformis": (
        _pelvis_to_thigh(
            0.026, (-0.104, 0.050, 0.020), via=(-0.095, 0.035, 0.085), to=(-0.020, 0.006, 0.082)
        ),
    ),
    "deep-rotators": (
        _pelvis_to_thigh(
            0.022, (-0.100, -0.010, 0.040), via=(-0.100, -0.012, 0.095), to=(-0.024, -0.016, 0.082)
        ),
        _pelvis_to_thigh(
            0.022, (-0.090, -0.060, 0.050), via=(-0.092, -0.048, 0.100), to=(-0.030, -0.045, 0.080)
        ),
    ),
    "iliopsoas": (
        (
            0.026,
            (
                (_L, 0.090, 0.130, 0.040),
                (_P, 0.092, 0.075, 0.062),
                (_P, 0.088, 0.010, 0.082),
                (_TH, 0.078, -0.085, -0.030),
            ),
        ),
        (
            0.022,
            ((_P, 0.085, 0.090, 0.095), (_P, 0.090, 0.020, 0.088), (_TH, 0.080, -0.080, -0.026)),
        ),
    ),
    "adductors": (
        (0.026, ((_P, 0.075, -0.030, 0.030), (_TH, 0.040, -0.130, -0.064))),
        (
            0.026,
            (
                (_P, 0.040, -0.070, 0.030),
                (_TH, 0.010, -0.150, -0.074),
                (_TH, 0.006, -0.240, -0.062),
            ),
        ),
        (
            0.022,
            (
                (_P, -0.010, -0.085, 0.030),
                (_TH, -0.016, -0.180, -0.070),
                (_TH, -0.010, -0.350, -0.050),
            ),
        ),
    ),
    "rectus-femoris": (
        (
            0.028,
            (
                (_P, 0.082, 0.040, 0.098),
                (_TH, 0.082, -0.110, 0.016),
                (_TH, 0.074, -0.220, 0.006),
                (_TH, 0.056, -0.355, 0.0),
            ),
        ),
    ),
    "vasti": (
        (
            0.026,
            ((_TH, 0.040, -0.070, 0.072), (_TH, 0.048, -0.200, 0.058), (_TH, 0.046, -0.350, 0.028)),
        ),
        (
            0.022,
            ((_TH, 0.014, -0.110, 0.080), (_TH, 0.026, -0.230, 0.066), (_TH, 0.036, -0.350, 0.038)),
        ),
        (
            0.026,
            (
                (_TH, 0.060, -0.200, -0.046),
                (_TH, 0.046, -0.320, -0.042),
                (_TH, 0.050, -0.388, -0.020),
            ),
        ),
    ),
    "hamstrings": (
        (
            0.026,
            (
                (_P, -0.072, -0.088, 0.064),
                (_TH, -0.076, -0.180, 0.030),
                (_TH, -0.062, -0.300, 0.036),
                (_TH, -0.038, -0.405, 0.038),
            ),
        ),
        (
            0.026,
            (
                (_P, -0.074, -0.088, 0.060),
                (_TH, -0.076, -0.190, -0.018),
                (_TH, -0.062, -0.300, -0.028),
                (_TH, -0.038, -0.405, -0.036),
            ),
        ),
    ),
    "calf": (
        (
            0.024,
            (
                (_TH, -0.046, -0.415, -0.022),
                (_TH, -0.064, -0.510, -0.024),
                (_TH, -0.044, -0.620, -0.008),
            ),
        ),
        (
            0.022,
            (
                (_TH, -0.046, -0.415, 0.022),
                (_TH, -0.062, -0.500, 0.024),
                (_TH, -0.044, -0.610, 0.008),
            ),
        ),
        (
            0.020,
            ((_TH, -0.050, -0.580, 0.0), (_TH, -0.042, -0.680, 0.0), (_TH, -0.046, -0.765, 0.0)),
        ),
    ),
    "abdominals": (
        (0.032, ((_T, 0.112, 0.055, 0.034), (_L, 0.105, 0.070, 0.034), (_P, 0.096, 0.015, 0.022))),
    ),
    "obliques": (
        (0.024, ((_T, 0.060, 0.030, 0.116), (_L, 0.095, 0.080, 0.072))),
        (0.026, ((_T, 0.005, 0.020, 0.128), (_L, 0.060, 0.080, 0.105), (_P, 0.086, 0.085, 0.078))),
        (
            0.024,
            ((_T, -0.030, -0.010, 0.120), (_L, 0.030, 0.060, 0.120), (_P, 0.055, 0.092, 0.115)),
        ),
    ),
    "back-extensors": (
        (
            0.030,
            (
                (_P, -0.104, 0.070, 0.032),
                (_L, -0.070, 0.090, 0.036),
                (_T, -0.100, 0.070, 0.036),
                (_T, -0.100, 0.160, 0.040),
            ),
        ),
    ),
    "shoulders": (
        (
            0.024,
            ((_C, -0.005, 0.010, 0.085), (_UA, 0.038, -0.050, 0.022), (_UA, 0.008, -0.140, 0.040)),
        ),
        (
            0.026,
            ((_C, -0.035, 0.035, 0.118), (_UA, 0.000, -0.050, 0.050), (_UA, 0.000, -0.145, 0.042)),
        ),
        (
            0.024,
            (
                (_C, -0.080, 0.010, 0.095),
                (_UA, -0.038, -0.055, 0.024),
                (_UA, -0.008, -0.140, 0.040),
            ),
        ),
    ),
}
_SAMPLES = 15


def line(places: tuple[Place, ...], samples: int = _SAMPLES) -> Array:
    """Evenly spaced points (samples, 3) of the bind pose along a fibre."""
    ends = np.concatenate([bind.to_bind(np.array([place[1:]]), place[0]) for place in places])
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ends, axis=0), axis=1))])
    at = np.linspace(0, way[-1], samples)
    return np.stack([np.interp(at, way, column) for column in ends.T], -1)


def _onto_skin(points: Array) -> Array:
    for _ in range(6):
        step = 0.001
        slope = np.stack(
            [surface.body(points + step * e) - surface.body(points - step * e) for e in np.eye(3)],
            -1,
        ) / (2 * step)
        reach = np.maximum((slope * slope).sum(1, keepdims=True), 0.25)
        points = points - np.clip(surface.body(points)[:, None] * slope / reach, -0.02, 0.02)
    return points


def _glow(skin: Surface, fibre: Fibre) -> Array:
    width, places = fibre
    path = _onto_skin(line(places))
    nearest = np.full(len(skin.points), np.inf)
    along = np.zeros(len(skin.points))
    for i in range(len(path) - 1):
        a, axis = path[i], path[i + 1] - path[i]
        t = np.clip(((skin.points - a) @ axis) / (axis @ axis), 0, 1)
        far = np.linalg.norm(skin.points - a - t[:, None] * axis, axis=1)
        closer = far < nearest
        nearest = np.where(closer, far, nearest)
        along = np.where(closer, (i + t) / (len(path) - 1), along)
    belly = width * (0.30 + 0.70 * np.sqrt(np.clip(np.sin(np.pi * along), 0, 1)))
    return np.asarray(np.clip(1 - 0.5 * nearest / belly, 0, 1))


def glow(skin: Surface) -> Array:
    """How deep each vertex lies in each muscle (n, muscles), in the order of MUSCLES.

    1 on a fibre's line, 0.5 at the muscle's edge, 0 beyond: even slopes, so that the edge stays
    smooth when it is interpolated over coarse triangles.
    """
    columns = [np.max([_glow(skin, fibre) for fibre in FIBRES[name]], axis=0) for name in MUSCLES]
    return np.stack(columns, -1)
