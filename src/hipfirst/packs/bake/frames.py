# SPDX-License-Identifier: Apache-2.0
"""Pictures of a clip: one camera that keeps the whole movement in view, any frame, any side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hipfirst.body.clip import Clip
from hipfirst.body.skeleton import Array
from hipfirst.packs.bake import figure, furniture
from hipfirst.packs.bake.camera import Camera, fitted
from hipfirst.packs.bake.picture import PAPER, Pose, Stage, render
from hipfirst.packs.slots import held

_LOOKED_AT = 12
"""Frames whose skin decides what must fit into the picture."""

_STILL = 0.005
"""Joints this near to where they began are in the start pose [m]."""


def shown(clip: Clip) -> Array:
    """Points (n, 3) [m] of the skin over the whole clip, and of the props but for walls."""
    body = figure.load()
    chosen = np.linspace(0, clip.frames - 1, min(_LOOKED_AT, clip.frames)).round().astype(int)
    skins = [body.skin.moved(body.bones(clip.root[i], clip.rotations[i]))[0] for i in chosen]
    things = [s.points for p in clip.props if p.kind != "wall" for s in furniture.solids(p)]
    return np.concatenate([*skins, *things])


def view(clip: Clip, shape: tuple[int, int], turn_deg: float = 0.0) -> Camera:
    """The clip's own camera, turned by `turn_deg`, for a picture (height, width)."""
    seen_from = clip.camera
    azimuth = seen_from.azimuth_deg + turn_deg
    return fitted(shown(clip), azimuth, seen_from.elevation_deg, shape)


def stage(clip: Clip, muscles: Iterable[figure.Works] = ()) -> Stage:
    """The clip's props and its muscles at work."""
    return Stage(clip.props, tuple(muscles), clip.side)


def shots(
    clip: Clip, frames: Sequence[int], camera: Camera, scene: Stage, paper: str | None = PAPER
) -> list[NDArray[np.uint8]]:
    """One picture (height, width, 4) for each of `frames`."""
    return [render(Pose(clip.root[i], clip.rotations[i]), scene, camera, paper) for i in frames]


def middle_of_work(clip: Clip) -> int:
    """The frame that shows the movement best: the middle of what is held, else the far end."""
    places = clip.positions()
    away = np.linalg.norm(places - places[:1], axis=-1).max(axis=-1)
    middles = [((s.start + s.end) // 2, s.end - s.start) for s in clip.phases if s.hold]
    middle = held((frame, length, bool(away[frame] < _STILL)) for frame, length in middles)
    if middle is not None:
        return middle
    return int(np.abs(places - places[:1]).sum(axis=(1, 2)).argmax())
