# SPDX-License-Identifier: Apache-2.0
"""A clip on one sheet, for looking at: its frames in a row, seen from two sides."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from hipfirst.body.clip import Clip
from hipfirst.packs.bake.figure import Works
from hipfirst.packs.bake.frames import shots, stage, view

_TILE = (300, 340)
_LABEL = 26
_AT_MOST = 9
_TURNS_DEG = (0.0, -75.0)
_INK = (38, 44, 58)


def _chosen(clip: Clip) -> list[int]:
    """Frames that tell the movement: where phases begin and their middles, thinned evenly."""
    frames = sorted({f for s in clip.phases for f in (s.start, (s.start + s.end) // 2)})
    while len(frames) > _AT_MOST:
        gaps = np.diff([*frames, clip.frames])
        del frames[1 + int(np.argmin(gaps[1:] + gaps[:-1]))]
    return frames


def _label(clip: Clip, frame: int) -> str:
    phase = next(s.name for s in clip.phases if s.start <= frame < s.end)
    return f"{frame}  {frame / clip.fps:.1f} s  {phase}"


def write_strip(clip: Clip, path: Path, muscles: Iterable[Works] = ()) -> None:
    """Writes a PNG: a row from the clip's own camera, below it the same frames from another side.

    `muscles` (with .muscle, .role and .side) glow on the figure.
    """
    frames, scene = _chosen(clip), stage(clip, muscles)
    height, width = _TILE
    sheet = Image.new("RGB", (width * len(frames), (height + _LABEL) * len(_TURNS_DEG)), "white")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(15)
    for row, turn in enumerate(_TURNS_DEG):
        top = row * (height + _LABEL)
        pictures = shots(clip, frames, view(clip, _TILE, turn), scene)
        for column, (frame, picture) in enumerate(zip(frames, pictures, strict=True)):
            sheet.paste(Image.fromarray(picture[..., :3]), (column * width, top + _LABEL))
            pen.text((column * width + 8, top + 5), _label(clip, frame), _INK, font)
    sheet.save(path)
