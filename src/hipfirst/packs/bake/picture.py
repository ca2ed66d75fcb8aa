# SPDX-License-Identifier: Apache-2.0
"""One picture of the figure in its place: mesh, props, light and shadow, on paper or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import skeleton
from hipfirst.body.props import MAT_THICKNESS, Prop
from hipfirst.body.skeleton import Array
from hipfirst.packs.bake import figure, furniture, paint
from hipfirst.packs.bake.camera import Camera, direction
from hipfirst.packs.bake.raster import Hits, rasterise
from hipfirst.packs.bake.shade import Model, Shadow, contact

PAPER = "#f6f1e8"
_SUPER = 2
_KEY_TURN_DEG, _KEY_ELEVATION_DEG = -48.0, 52.0


@dataclass(frozen=True)
class Pose:
    """One instant: root (3,) [m] and local rotations (J, 4)."""

    root: Array
    rotations: Array


@dataclass(frozen=True)
class Stage:
    """What stands around the figure and how it works: props, and muscles with the clip's working
    `side`.
    """

    props: Sequence[Prop] = ()
    muscles: Iterable[figure.Works] = ()
    side: str | None = None
    heat: Array = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "muscles", tuple(self.muscles))
        object.__setattr__(self, "heat", figure.load().heat(self.muscles, self.side))

    @property
    def floor(self) -> float:
        """Height of the floor [m]: a mat's top is the plane y = 0."""
        return -MAT_THICKNESS if any(p.kind == "mat" for p in self.props) else 0.0


def _model(pose: Pose, stage: Stage) -> Model:
    body = figure.load()
    points, normals = body.skin.moved(body.bones(pose.root, pose.rotations))
    palette = body.header["palette"]
    solids = [solid for p in stage.props for solid in furniture.solids(p)]
    shift = np.cumsum([len(points)] + [len(s.points) for s in solids])
    tints = [np.broadcast_to(paint.linear(palette[s.colour]), s.points.shape) for s in solids]
    return Model(
        np.concatenate([points, *(s.points for s in solids)]),
        np.concatenate([normals, *(s.normals for s in solids)]),
        np.concatenate(
            [body.skin.triangles, *(s.triangles + n for s, n in zip(solids, shift, strict=False))]
        ),
        np.concatenate([np.zeros_like(points), *tints]),
        len(points),
    )


def _albedo(model: Model, hits: Hits, stage: Stage) -> tuple[Array, Array]:
    """Colour (k, 3) and own light (k, 3) of every hit."""
    colour, own = hits.mix(model.triangles, model.colours), np.zeros((len(hits.pixel), 3))
    skin = model.triangles[hits.triangle, 0] < model.skin
    body = figure.load()
    places, _ = skeleton.forward(np.zeros(3), np.array(body.header["bind"]))
    head = body.skin.points - places[skeleton.INDEX["head"]]
    channels = np.column_stack([body.garments, stage.heat, head])
    there = Hits(hits.pixel[skin], hits.triangle[skin], hits.shares[skin], hits.near[skin])
    colour[skin], own[skin] = _skin(there.mix(model.triangles, channels))
    return colour, own


def _skin(channels: Array) -> tuple[Array, Array]:
    """Colour and own light (k, 3) of skin and clothes; `channels` are garments (3), heat (2) and
    the place in the frame of the head (3).
    """
    garments, heat, head = channels[:, :3], channels[:, 3:5], channels[:, 5:]
    form, palette = figure.load().header["face"], figure.load().header["palette"]
    colour = paint.dressed(garments[:, :2], 0.0022, palette)
    front = (head[:, 1] > -0.02) & (head[:, 0] > 0.04) & (garments[:, 2] < 0)
    colour[front] = paint.face(colour[front], head[front], form, palette)
    hairy = garments[:, 2] > -0.004
    colour[hairy] = paint.hair(colour[hairy], garments[hairy, 2], head[hairy], palette)
    return paint.glow(colour, heat * (garments[:, 2:] < 0), palette)


def _ground(camera: Camera, floor: float, empty: NDArray[np.int64]) -> tuple[Array, Array]:
    """World points (k, 3) on the floor behind the pixels `empty`, and which of them are real."""
    ray = camera.rays()[empty]
    down = ray[:, 1] < -1e-4
    reach = (floor - camera.eye[1]) / np.where(down, ray[:, 1], -1.0)
    return camera.eye + ray * reach[:, None], down & (reach < 12)


def render(
    pose: Pose, stage: Stage, camera: Camera, paper: str | None = PAPER
) -> NDArray[np.uint8]:
    """The picture as sRGB with alpha (height, width, 4).

    `camera.shape` is the size of the result. With `paper` None the background is transparent and
    carries only the shadow.
    """
    fine = Camera(
        camera.eye, camera.axes, camera.focal * _SUPER,
        (camera.shape[0] * _SUPER, camera.shape[1] * _SUPER),
    )  # fmt: skip
    model = _model(pose, stage)
    pixels, near = fine.project(model.points)
    hits = rasterise(pixels, near, model.triangles, fine.shape)
    turn = np.degrees(np.arctan2(camera.axes[2][2], camera.axes[2][0]))
    key = direction(turn + _KEY_TURN_DEG, _KEY_ELEVATION_DEG)
    shadow = Shadow(model, key)
    count = fine.shape[0] * fine.shape[1]
    colour = np.zeros((count, 4))
    colour[hits.pixel] = _shaded(model, hits, stage, camera.eye, shadow)
    empty = np.setdiff1d(np.arange(count), hits.pixel, assume_unique=True)
    ground, real = _ground(fine, stage.floor, empty)
    dark = 0.20 * (1 - shadow.light(ground[real], 0.004, 2))
    dark = 1 - (1 - dark) * (1 - 0.34 * contact(ground[real], model, stage.floor))
    colour[empty[real], 3] = dark
    colour[empty[real], :3] = np.array([0.10, 0.07, 0.05]) * dark[:, None]
    return _finished(colour.reshape(*fine.shape, 4), paper)


def _shaded(model: Model, hits: Hits, stage: Stage, eye: Array, shadow: Shadow) -> Array:
    """Premultiplied colour and alpha (k, 4) of every hit."""
    read = hits.mix(model.triangles, np.column_stack([model.points, model.normals]))
    points, normals = read[:, :3], read[:, 3:]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    view = eye - points
    view /= np.linalg.norm(view, axis=1, keepdims=True)
    albedo, own = _albedo(model, hits, stage)
    light = shadow.light(points + normals * 0.012, 0.010, 1)
    colour = paint.lit(albedo, normals, view, shadow.key, light) + own
    prop = model.triangles[hits.triangle, 0] >= model.skin
    flat = prop & (normals[:, 1] > 0.9) & (points[:, 1] < 0.05)
    colour[flat] *= 1 - 0.42 * contact(points[flat], model, 0.0)[:, None]
    return np.column_stack([colour, np.ones(len(colour))])


def _finished(colour: Array, paper: str | None) -> NDArray[np.uint8]:
    height, width = colour.shape[0] // _SUPER, colour.shape[1] // _SUPER
    if paper is not None:
        colour = colour + (1 - colour[..., 3:]) * np.append(paint.linear(paper), 1.0)
    colour = colour.reshape(height, _SUPER, width, _SUPER, 4).mean(axis=(1, 3))
    alpha = colour[..., 3:]
    straight = colour[..., :3] / np.maximum(alpha, 1e-6)
    return np.concatenate(
        [paint.encoded(straight), np.round(alpha * 255).astype(np.uint8)], axis=-1
    )
