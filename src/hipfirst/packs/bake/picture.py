# SPDX-License-Identifier: Apache-2.0
"""One picture of the figure in its place: mesh, props, soft light and shadow, on paper or on nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import skeleton
from hipfirst.body.props import MAT_THICKNESS, Prop
from hipfirst.body.skeleton import Array
from hipfirst.packs.bake import figure, furniture, paint
from hipfirst.packs.bake.camera import Camera, direction, facing
from hipfirst.packs.bake.raster import Hits, rasterise

PAPER = "#f6f1e8"
_SUPER = 2
_SHADOW_CELLS = 320
_KEY_TURN_DEG, _KEY_ELEVATION_DEG = -48.0, 52.0


@dataclass(frozen=True)
class Pose:
    """One instant: root (3,) [m] and local rotations (J, 4)."""

    root: Array
    rotations: Array


@dataclass(frozen=True)
class Stage:
    """What stands around the figure and how it works: props, and muscles with the clip's working
    `side`."""

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


@dataclass(frozen=True)
class _Model:
    """Everything to draw as one triangle list; `skin` vertices come first."""

    points: Array
    normals: Array
    triangles: NDArray[np.int64]
    colours: Array
    skin: int


def _model(pose: Pose, stage: Stage) -> _Model:
    body = figure.load()
    points, normals = body.skin.moved(body.bones(pose.root, pose.rotations))
    palette = body.header["palette"]
    solids = [solid for p in stage.props for solid in furniture.solids(p)]
    shift = np.cumsum([len(points)] + [len(s.points) for s in solids])
    tints = [np.broadcast_to(paint.linear(palette[s.colour]), s.points.shape) for s in solids]
    return _Model(
        np.concatenate([points, *(s.points for s in solids)]),
        np.concatenate([normals, *(s.normals for s in solids)]),
        np.concatenate(
            [body.skin.triangles, *(s.triangles + n for s, n in zip(solids, shift, strict=False))]
        ),
        np.concatenate([np.zeros_like(points), *tints]),
        len(points),
    )


class _Shadow:
    """How much of the key light reaches a point, and how close the floor is to what stands on it."""

    def __init__(self, model: _Model, key: Array, floor: float) -> None:
        up = np.array([0.0, 1.0, 0.0])
        right = np.cross(up, key)
        right /= np.linalg.norm(right)
        self._axes = np.stack([right, np.cross(key, right), key])
        self._floor = floor
        self._low, self._scale, self._depth = self._map(model)

    def _map(self, model: _Model) -> tuple[Array, float, Array]:
        seen = model.points @ self._axes.T
        low, high = seen.min(axis=0) - 0.05, seen.max(axis=0) + 0.05
        scale = _SHADOW_CELLS / float((high - low)[:2].max())
        cells = _SHADOW_CELLS
        near = 0.5 + (seen[:, 2] - low[2]) / (high[2] - low[2])
        hits = rasterise(
            (seen[:, :2] - low[:2]) * scale, near, model.triangles, (cells, cells), cull=False
        )
        depth = np.full(cells * cells, -np.inf)
        level = seen[model.triangles[hits.triangle], 2]
        depth[hits.pixel] = (level * hits.shares).sum(axis=1)
        return low, scale, depth.reshape(cells, cells)

    def light(self, points: Array, lean: float, spread: int) -> Array:
        """1 in full light, 0 in shadow (n,); averaged over a square of `spread` cells each way."""
        seen = points @ self._axes.T
        cell = np.floor((seen[:, :2] - self._low[:2]) * self._scale).astype(int)
        total = np.zeros(len(points))
        steps = range(-spread, spread + 1)
        for dx in steps:
            for dy in steps:
                x = np.clip(cell[:, 0] + dx, 0, _SHADOW_CELLS - 1)
                y = np.clip(cell[:, 1] + dy, 0, _SHADOW_CELLS - 1)
                total += self._depth[y, x] > seen[:, 2] + lean
        return 1 - total / len(steps) ** 2


def contact(points: Array, model: _Model, floor: float) -> Array:
    """Darkness (n,) under what is near the floor, for points on the floor."""
    cells, low, high = (
        96,
        model.points.min(axis=0)[[0, 2]] - 0.3,
        model.points.max(axis=0)[[0, 2]] + 0.3,
    )
    size = float((high - low).max()) / cells
    place = np.clip(((model.points[:, [0, 2]] - low) / size).astype(int), 0, cells - 1)
    above = np.clip(model.points[:, 1] - floor, 0, None)
    weight = np.exp(-above / 0.07)
    weight[model.skin :] *= model.points[model.skin :, 1] > floor + 0.05
    dark = np.zeros((cells, cells))
    np.maximum.at(dark, (place[:, 0], place[:, 1]), weight)
    for _ in range(3):
        for axis in (0, 1):
            dark = (np.roll(dark, 1, axis) + dark + np.roll(dark, -1, axis)) / 3
    where = (points[:, [0, 2]] - low) / size - 0.5
    base = np.clip(np.floor(where).astype(int), 0, cells - 2)
    part = np.clip(where - base, 0, 1)
    out = np.zeros(len(points))
    for dx in (0, 1):
        for dy in (0, 1):
            share = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
            out += share * dark[base[:, 0] + dx, base[:, 1] + dy]
    inside = ((points[:, [0, 2]] > low) & (points[:, [0, 2]] < high)).all(axis=1)
    return np.where(inside, out, 0.0)


def _albedo(model: _Model, hits: Hits, stage: Stage) -> tuple[Array, Array]:
    """Colour (k, 3) and own light (k, 3) of every hit."""
    body = figure.load()
    palette = body.header["palette"]
    extra = len(model.points) - model.skin

    def padded(values: Array) -> Array:
        return np.concatenate([values, np.zeros((extra, values.shape[1]))])

    rest, turn = body.header["bind"], skeleton.INDEX["head"]
    places, _ = skeleton.forward(np.zeros(3), np.array(rest))
    head = body.skin.points - places[turn]
    channels = np.column_stack([body.garments, stage.heat, head])
    read = hits.mix(model.triangles, np.column_stack([padded(channels), model.colours]))
    garments, heat, at, tint = read[:, :3], read[:, 3:5], read[:, 5:8], read[:, 8:]
    colour = paint.dressed(garments[:, :2], 0.0022, palette)
    near_face = (at[:, 1] > -0.02) & (at[:, 0] > 0.04) & (garments[:, 2] < 0)
    colour[near_face] = paint.face(colour[near_face], at[near_face], body.header["face"], palette)
    on_head = garments[:, 2] > -0.004
    hair = garments[on_head, 2]
    colour[on_head] = paint.hair(colour[on_head], hair, at[on_head], palette)
    colour, own = paint.glow(colour, heat * (garments[:, 2:] < 0), palette)
    prop = model.triangles[hits.triangle, 0] >= model.skin
    return np.where(prop[:, None], tint, colour), np.where(prop[:, None], 0.0, own)


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
    shadow = _Shadow(model, key, stage.floor)
    count = fine.shape[0] * fine.shape[1]
    colour = np.zeros((count, 4))
    colour[hits.pixel] = _shaded(model, hits, stage, camera, key, shadow)
    empty = np.setdiff1d(np.arange(count), hits.pixel, assume_unique=True)
    ground, real = _ground(fine, stage.floor, empty)
    dark = 0.20 * (1 - shadow.light(ground[real], 0.004, 2))
    dark = 1 - (1 - dark) * (1 - 0.34 * contact(ground[real], model, stage.floor))
    colour[empty[real], 3] = dark
    colour[empty[real], :3] = np.array([0.10, 0.07, 0.05]) * dark[:, None]
    return _finished(colour.reshape(*fine.shape, 4), paper)


def _shaded(
    model: _Model, hits: Hits, stage: Stage, camera: Camera, key: Array, shadow: _Shadow
) -> Array:
    """Premultiplied colour and alpha (k, 4) of every hit."""
    read = hits.mix(model.triangles, np.column_stack([model.points, model.normals]))
    points, normals = read[:, :3], read[:, 3:]
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    view = camera.eye - points
    view /= np.linalg.norm(view, axis=1, keepdims=True)
    albedo, own = _albedo(model, hits, stage)
    light = shadow.light(points + normals * 0.012, 0.010, 1)
    colour = paint.lit(albedo, normals, view, key, light) + own
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
