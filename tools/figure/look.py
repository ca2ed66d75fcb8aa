# SPDX-License-Identifier: Apache-2.0
"""Colours and the drawn face, kept in the file so that player and rasteriser paint alike."""

from __future__ import annotations

PALETTE = {
    "skin": "#d8a083",
    "blush": "#c4725c",
    "lips": "#b5685b",
    "hair": "#43302a",
    "tie": "#c8694a",
    "leggings": "#33506a",
    "top": "#5f958a",
    "trim": "#e9dfd0",
    "glow-low": "#eebd80",
    "glow-high": "#d96a4a",
    "bone": "#ede3d0",
    "muscle": "#b98f86",
    "mat": "#8fa8a0",
    "wood": "#c7a27c",
    "cushion": "#c9b27c",
    "wall": "#e6ded1",
}
"""sRGB; skin and garments, the glow of working muscles, and the things in the room."""
FACE = {
    "eye": [0.0925, 0.0300, 0.0125, 0.0058],
    "iris": [0.0930, 0.0294, 0.0061],
    "brow": [0.1105, 0.0310, 0.0165, 0.0023],
    "mouth": [0.0362, 0.0192, 0.0042],
    "cheek": [0.0600, 0.0400, 0.0170],
}
"""In the frame of the head [m]: eye (height, aside, half width, half height), iris (height, aside,
radius), brow (height, aside, half length, half thickness), mouth (height, half width, half height),
cheek (height, aside, radius)."""
