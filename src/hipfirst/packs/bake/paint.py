# SPDX-License-Identifier: Apache-2.0
"""Light and colour: what the player's shaders do, done with arrays. Colours are linear inside."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hipfirst.body.skeleton import Array

SKY = np.array([1.00, 0.985, 0.96])
GROUND = np.array([0.66, 0.56, 0.48])
KEY = np.array([1.00, 0.94, 0.85])
RIM = np.array([0.92, 0.95, 1.00])
AMBIENT, KEY_STRENGTH, RIM_STRENGTH = 0.56, 0.62, 0.10


def linear(colour: str) -> Array:
    """A hex colour as linear red, green, blue (3,)."""
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def encoded(colour: Array) -> NDArray[np.uint8]:
    """Linear colours as sRGB bytes."""
    value = np.clip(colour, 0, 1)
    curve = np.where(value <= 0.0031308, value * 12.92, 1.055 * value ** (1 / 2.4) - 0.055)
    return np.round(curve * 255).astype(np.uint8)


def smoothstep(low: float, high: float, x: Array) -> Array:
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def over(base: Array, colour: Array, share: Array) -> Array:
    """`colour` laid over `base` (n, 3) with opacity `share` (n,)."""
    return np.asarray(base + (colour - base) * share[:, None])


def lit(albedo: Array, normals: Array, view: Array, key: Array, shadow: Array) -> Array:
    """Light leaving a surface (n, 3): soft sky and ground, one warm key light, a cool rim.

    `view` (n, 3) points to the eye, `key` (3,) to the light, `shadow` (n,) is 1 in full light.
    """
    up = 0.5 + 0.5 * normals[:, 1:2]
    wrapped = np.clip((normals @ key + 0.22) / 1.22, 0, 1) * shadow
    light = AMBIENT * (GROUND + (SKY - GROUND) * up) + KEY_STRENGTH * wrapped[:, None] * KEY
    grazing = (1 - np.clip((normals * view).sum(axis=1), 0, 1)) ** 3
    return np.asarray(albedo * light + RIM_STRENGTH * grazing[:, None] * RIM * (0.3 + 0.7 * up))


def glow(base: Array, heat: Array, palette: dict[str, str]) -> tuple[Array, Array]:
    """Working muscle over `base` (n, 3); also the light it gives off itself (n, 3).

    `heat` (n, 2) as of `Figure.heat`: helping muscles shine amber, main ones clay above them.
    """
    colour, own = base, np.zeros_like(base)
    for column, name, most in ((1, "glow-low", 0.80), (0, "glow-high", 0.92)):
        depth = heat[:, column]
        share = most * (0.55 * smoothstep(0.40, 0.60, depth) + 0.45 * smoothstep(0.45, 0.95, depth))
        colour = over(colour, linear(palette[name]), share)
        own = over(own, linear(palette[name]) * 0.20, share)
    return colour, own


def dressed(garments: Array, blur: float, palette: dict[str, str]) -> Array:
    """Skin, leggings and top (n, 3) from signed distances (n, 2) [m]; `blur` [m] softens edges."""

    def edge(distance: Array) -> Array:
        return np.clip(distance / blur + 0.5, 0, 1)

    leggings, top = garments.T
    colour = np.broadcast_to(linear(palette["skin"]), (len(garments), 3))
    for distance, name in ((leggings, "leggings"), (top, "top")):
        shade = linear(palette[name])
        colour = over(colour, shade, edge(distance))
        hem = edge(distance) * edge(0.007 - distance)
        colour = over(colour, shade * 0.72, 0.8 * hem)
    return np.asarray(colour)


def hair(base: Array, distance: Array, head: Array, palette: dict[str, str]) -> Array:
    """Hair over `base` where `distance` (n,) is positive: strands up to the bun, and its tie;
    `head` (n, 3) are points in the head's frame.
    """
    x, y, z = (head - np.array([-0.010, 0.110, 0.0])).T
    along, aside = 0.877 * y - 0.480 * x, 0.877 * x + 0.480 * y
    turn = np.arctan2(z, aside)
    strands = 0.5 + 0.3 * np.sin(64 * turn) + 0.2 * np.sin(151 * turn + 1.3)
    colour = linear(palette["hair"]) * (1.12 - 0.30 * strands)[:, None]
    ring = smoothstep(0.0905, 0.0915, along) * smoothstep(0.0985, 0.0975, along)
    colour = over(colour, linear(palette["tie"]), ring * (np.hypot(z, aside) < 0.032))
    return over(base, colour, np.clip(distance / 0.0016 + 0.5, 0, 1))


def face(base: Array, head: Array, form: dict[str, Any], palette: dict[str, str]) -> Array:
    """Eyes, brows, lips and cheeks drawn on skin; `head` (n, 3) are points in the head's frame."""
    x, y, z = head.T
    aside = np.abs(z)
    front = smoothstep(0.045, 0.060, x)
    out = over(base, linear(palette["blush"]), front * 0.30 * _disc(form["cheek"], y, aside))
    out = over(out, linear(palette["lips"]), front * _mouth(form["mouth"], y, aside))
    eye, lash = _eye(form["eye"], y, aside)
    out = over(out, np.array([0.86, 0.83, 0.80]), front * eye)
    height, middle, radius = form["iris"]
    far = np.hypot(y - height, aside - middle)
    out = over(
        out, np.array([0.055, 0.030, 0.020]), front * eye * smoothstep(1.08, 0.92, far / radius)
    )
    spark = np.hypot(y - height - 0.0022, z - np.sign(z) * middle - 0.0018)
    out = over(out, np.ones(3), front * eye * smoothstep(0.0016, 0.0010, spark))
    hair = linear(palette["hair"])
    out = over(out, hair * 0.6, front * lash)
    return over(out, hair, 0.85 * front * _brow(form["brow"], y, aside))


def _disc(form: list[float], y: Array, aside: Array) -> Array:
    height, middle, radius = form
    return smoothstep(1.0, 0.1, np.hypot(y - height, aside - middle) / radius)


def _eye(form: list[float], y: Array, aside: Array) -> tuple[Array, Array]:
    """Opening of the lids (n,) and the line of the lashes (n,)."""
    height, middle, wide, high = form
    along = (aside - middle) / wide
    arch = np.maximum(1 - along * along, 0)
    upper = height + high * arch**0.75 + 0.0012 * along
    lower = height - 0.62 * high * arch + 0.0012 * along
    inside = smoothstep(-0.0005, 0.0005, np.minimum(upper - y, y - lower))
    line = smoothstep(0.0017, 0.0007, np.abs(y - upper - 0.0004)) * smoothstep(
        1.12, 0.98, np.abs(along)
    )
    return inside * (np.abs(along) < 1), line


def _brow(form: list[float], y: Array, aside: Array) -> Array:
    height, middle, half, thick = form
    along = (aside - middle) / half
    curve = height + 0.0032 * (1 - (along - 0.1) ** 2) - 0.0010 * along
    taper = thick * (1 - 0.45 * np.clip(along, 0, 1))
    return smoothstep(1.3, 0.7, np.abs(y - curve) / taper) * smoothstep(1.05, 0.9, np.abs(along))


def _mouth(form: list[float], y: Array, aside: Array) -> Array:
    height, half, high = form
    along = aside / half
    arch = np.maximum(1 - along * along, 0)
    line = height + 0.0030 * along * along
    upper = line + high * arch * (0.82 + 0.25 * np.clip(along * 3, 0, 1) * arch)
    lower = line - 1.25 * high * arch**0.8
    lips = smoothstep(-0.0006, 0.0006, np.minimum(upper - y, y - lower)) * 0.72
    lips *= smoothstep(1.02, 0.94, along)
    seam = smoothstep(0.0011, 0.0004, np.abs(y - line)) * smoothstep(1.10, 0.95, along)
    return np.asarray(np.clip(lips + 0.35 * seam, 0, 1))
