# SPDX-License-Identifier: Apache-2.0
"""The closed lists a document may choose from. A slug here is stable; its label is translated."""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["exercise", "session", "program", "article", "evidence"]
Position = Literal[
    "supine",
    "side-lying",
    "prone",
    "quadruped",
    "kneeling",
    "half-kneeling",
    "seated",
    "standing",
    "plank",
]
Kit = Literal[
    "mat",
    "cushion",
    "chair",
    "wall",
    "step",
    "ball",
    "mini-band",
    "long-band",
    "ankle-weight",
    "dumbbell",
    "slider",
    "towel",
]
Muscle = Literal[
    "piriformis",
    "deep-rotators",  # obturators, gemelli, quadratus femoris
    "gluteus-medius",
    "gluteus-minimus",
    "gluteus-maximus",
    "tensor-fasciae-latae",
    "iliopsoas",
    "adductors",
    "rectus-femoris",
    "vasti",
    "hamstrings",
    "calf",
    "abdominals",
    "obliques",
    "back-extensors",
    "shoulders",
]
Level = Literal["gentle", "steady", "strong"]
Side = Literal["left", "right"]
CueName = Literal["set_up", "move", "feel", "avoid", "breathe"]
Reason = Literal["hurts", "too-hard", "too-easy", "no-space", "no-kit", "not-today"]
"""Why a movement is skipped or swapped."""

POSITIONS: tuple[str, ...] = get_args(Position)
KIT: tuple[str, ...] = get_args(Kit)
MUSCLES: tuple[str, ...] = get_args(Muscle)
LEVELS: tuple[str, ...] = get_args(Level)
REASONS: tuple[Reason, ...] = get_args(Reason)
CUE_NAMES: tuple[CueName, ...] = get_args(CueName)

COMFORT: frozenset[str] = frozenset({"mat"})
"""Kit that makes a movement nicer and is never needed."""
KNEELING: frozenset[str] = frozenset({"quadruped", "kneeling", "half-kneeling"})
"""Positions in which weight rests on a knee."""
OFF_THE_FLOOR: frozenset[str] = frozenset({"seated", "standing"})
"""Positions that need no getting down."""
DEEP: frozenset[str] = frozenset({"piriformis", "deep-rotators", "gluteus-minimus", "iliopsoas"})
"""Muscles that lie under others: the figure shows them in the x-ray view."""
