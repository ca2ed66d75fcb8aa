# SPDX-License-Identifier: Apache-2.0
"""Stills of a clip: one for cards, and a small moving one for devices without WebGL.

The background is transparent, so that both lie on light and on dark pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hipfirst.body.clip import Clip
from hipfirst.packs.bake.figure import Works
from hipfirst.packs.bake.frames import middle_of_work, shots, stage, view

STILL = (360, 480)
MOVING = (270, 360)
"""Height and width [px]."""
MOVING_FRAMES = 24
MOVING_BYTES = 100_000
"""A moving still is never heavier."""
_QUALITIES = (72, 60, 48, 36, 24, 12)


def still(clip: Clip, muscles: Iterable[Works] = ()) -> bytes:
    """A WebP (480 x 360) of the moment that shows the movement best."""
    picture = shots(clip, [middle_of_work(clip)], view(clip, STILL), stage(clip, muscles), None)[0]
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "WEBP", quality=84, alpha_quality=90, method=6, exact=False)
    return out.getvalue()


def moving_still(clip: Clip, muscles: Iterable[Works] = ()) -> bytes:
    """A looping WebP (360 x 270) of at most 24 frames and 100 kB, at the clip's own pace."""
    count = min(MOVING_FRAMES, clip.frames)
    chosen = (np.arange(count) * clip.frames / count).astype(int)
    pictures = shots(clip, chosen.tolist(), view(clip, MOVING), stage(clip, muscles), None)
    duration = round(1000 * clip.seconds / count)
    for quality in _QUALITIES:
        data = _animated(pictures, duration, quality)
        if len(data) <= MOVING_BYTES:
            return data
    raise ValueError(f"{clip.slug}: {count} frames need {len(data)} bytes, {MOVING_BYTES} allowed")


def _animated(pictures: list[NDArray[np.uint8]], duration_ms: int, quality: int) -> bytes:
    frames = [Image.fromarray(picture) for picture in pictures]
    out = io.BytesIO()
    frames[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=duration_ms,
        loop=0,
        quality=quality,
        alpha_quality=max(20, quality),
        method=4,
        minimize_size=True,
    )
    return out.getvalue()
