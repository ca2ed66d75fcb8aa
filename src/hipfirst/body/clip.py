# SPDX-License-Identifier: Apache-2.0
"""A clip: a motion solved and sampled, ready to play, and its file.

The file (docs/conventions.md, "Clip file") holds rotations and roots as 16-bit integers. Values are
rounded to a micro-unit before they are quantised, so that the last bits, in which machines differ,
do not reach the file.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hipfirst.body import skeleton
from hipfirst.body.errors import InvalidClipError
from hipfirst.body.mirroring import mirror_camera, mirror_prop, opposite, other_mark
from hipfirst.body.motion import Camera, Side
from hipfirst.body.props import Prop
from hipfirst.body.skeleton import Array

FORMAT = 1
_FULL = 32767
_STILL = 1e-5  # a joint that turns less than this in a clip is fixed


@dataclass(frozen=True)
class Span:
    """Frames [start, end) of one phase."""

    name: str
    start: int
    end: int
    hold: bool


@dataclass(frozen=True)
class Rest:
    """A landmark on a surface; `during` (start, end) lists frame ranges, empty for the whole."""

    landmark: str
    surface: str
    locked: bool
    during: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Clip:
    """Root (N, 3) [m] and local unit quaternions (N, J, 4), with all that a player must know.

    The clip loops: frame N would equal frame 0. Camera and props have all their numbers.
    """

    slug: str
    fps: int
    side: Side | None
    phases: tuple[Span, ...]
    root: Array
    rotations: Array
    contacts: tuple[Rest, ...]
    props: tuple[Prop, ...]
    camera: Camera
    bounds: Array

    def __post_init__(self) -> None:
        frames = len(self.root)
        if self.rotations.shape != (frames, len(skeleton.NAMES), 4):
            raise InvalidClipError(f"{self.slug}: rotations are {self.rotations.shape}")
        edges = [0, *(span.end for span in self.phases)]
        if edges[-1] != frames or [span.start for span in self.phases] != edges[:-1]:
            raise InvalidClipError(f"{self.slug}: phases do not tile frames 0 to {frames}")
        for array in (self.root, self.rotations, self.bounds):
            array.setflags(write=False)

    @property
    def frames(self) -> int:
        return len(self.root)

    @property
    def seconds(self) -> float:
        return self.frames / self.fps

    def positions(self) -> Array:
        """World positions of all joint centres (N, J, 3) [m]."""
        return skeleton.forward(self.root, self.rotations)[0]


def mirror(clip: Clip) -> Clip:
    """The same movement done by the other side of the body."""
    root, rotations = skeleton.mirror(clip.root, clip.rotations)
    low, high = clip.bounds
    return replace(
        clip,
        side=opposite(clip.side),
        root=root,
        rotations=rotations,
        contacts=tuple(replace(c, landmark=other_mark(c.landmark)) for c in clip.contacts),
        props=tuple(mirror_prop(prop) for prop in clip.props),
        camera=mirror_camera(clip.camera),
        bounds=np.array([[low[0], low[1], -high[2]], [high[0], high[1], -low[2]]]),
    )


def dumps(clip: Clip) -> str:
    """The clip file's text: the same clip gives the same bytes."""
    return json.dumps(to_json(clip), separators=(",", ":"), sort_keys=False) + "\n"


def to_json(clip: Clip) -> dict[str, Any]:
    """The clip file as plain values."""
    return {
        "format": FORMAT,
        "slug": clip.slug,
        "fps": clip.fps,
        "frames": clip.frames,
        "side": clip.side,
        "phases": [
            {"name": s.name, "start": s.start, "end": s.end, "hold": s.hold} for s in clip.phases
        ],
        "root": _root(clip.root),
        "rotations": _turns(clip.rotations),
        "contacts": [_rest(contact) for contact in clip.contacts],
        "props": [_prop(prop) for prop in clip.props],
        "camera": {
            "azimuth_deg": clip.camera.azimuth_deg,
            "elevation_deg": clip.camera.elevation_deg,
            "distance": round(clip.camera.distance or 0.0, 3),
            "target": _rounded(clip.camera.target or (0, 0, 0), 3),
        },
        "bounds": [_rounded(row, 3) for row in clip.bounds],
    }


def _root(root: Array) -> dict[str, Any]:
    origin = _rounded((root.min(axis=0) + root.max(axis=0)) / 2, 4)
    reach = float(np.abs(root - origin).max())
    scale = max(float(np.ceil(reach / _FULL * 1e9)) / 1e9, 1e-9)
    return {"origin": origin, "scale": scale, "data": _pack(np.round(root - origin, 6) / scale)}


def _turns(rotations: Array) -> dict[str, Any]:
    """Joints that stay as they are once, those that move frame by frame."""
    turned = np.round(_continuous(rotations), 6)
    spread = np.abs(turned - turned[:1]).max(axis=(0, 2))
    moving = [i for i, value in enumerate(spread) if value > _STILL]
    return {
        "fixed": {
            name: _rounded(turned[0, i], 5)
            for i, name in enumerate(skeleton.NAMES)
            if i not in moving
        },
        "moving": [skeleton.NAMES[i] for i in moving],
        "data": _pack(turned[:, moving] * _FULL),
    }


def _prop(prop: Prop) -> dict[str, Any]:
    return {
        "kind": prop.kind,
        "position": _rounded(prop.position or (0, 0, 0), 4),
        "yaw_deg": round(float(np.degrees(prop.yaw)), 3) + 0.0,
        "size": _rounded(prop.extent, 4),
    }


def _rest(contact: Rest) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "landmark": contact.landmark,
        "surface": contact.surface,
        "locked": contact.locked,
    }
    if contact.during:
        plain["during"] = [list(span) for span in contact.during]
    return plain


def _rounded(values: Sequence[float] | Array, digits: int) -> list[float]:
    return [round(float(value), digits) + 0.0 for value in values]


def _pack(values: Array) -> str:
    whole = np.clip(np.rint(values), -_FULL, _FULL).astype("<i2")
    return base64.b64encode(whole.tobytes()).decode("ascii")


def _continuous(rotations: Array) -> Array:
    """The same rotations with w > 0 in the first frame and no change of sign along the frames."""
    out = rotations * np.where(rotations[:1, :, 3:] < 0, -1.0, 1.0)
    agree = np.sign(np.sum(out[1:] * out[:-1], axis=-1, keepdims=True))
    flips = np.cumprod(np.where(agree < 0, -1.0, 1.0), axis=0)
    return np.concatenate([out[:1], out[1:] * flips])


def loads(text: str, source: str = "clip") -> Clip:
    """Read a clip file. Raises InvalidClipError, naming `source` and what is wrong."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise InvalidClipError(f"{source}: format is {data['format']!r}, this reads {FORMAT}")
        return _from_json(data)
    except KeyError as error:
        raise InvalidClipError(
            f"{source}: field {error.args[0]!r} is missing or unknown"
        ) from error
    except (TypeError, ValueError) as error:
        raise InvalidClipError(f"{source}: {error}") from error


def _from_json(data: Mapping[str, Any]) -> Clip:
    frames = int(data["frames"])
    root = _unpack(data["root"]["data"], (frames, 3)) * data["root"]["scale"]
    camera = data["camera"]
    return Clip(
        slug=data["slug"],
        fps=int(data["fps"]),
        side=data["side"],
        phases=tuple(Span(s["name"], s["start"], s["end"], s["hold"]) for s in data["phases"]),
        root=root + np.array(data["root"]["origin"]),
        rotations=_rotations(data["rotations"], frames),
        contacts=tuple(
            Rest(
                c["landmark"],
                c["surface"],
                c["locked"],
                tuple((int(a), int(b)) for a, b in c.get("during", [])),
            )
            for c in data["contacts"]
        ),
        props=tuple(
            Prop(p["kind"], tuple(p["position"]), float(np.radians(p["yaw_deg"])), tuple(p["size"]))
            for p in data["props"]
        ),
        camera=Camera(
            camera["azimuth_deg"],
            camera["elevation_deg"],
            camera["distance"],
            tuple(camera["target"]),
        ),
        bounds=np.array(data["bounds"], dtype=float),
    )


def _rotations(data: Mapping[str, Any], frames: int) -> Array:
    out = np.zeros((frames, len(skeleton.NAMES), 4))
    given = {*data["fixed"], *data["moving"]}
    if unknown := given - set(skeleton.NAMES):
        raise InvalidClipError(f"no joint is named {', '.join(sorted(unknown))}")
    if missing := set(skeleton.NAMES) - given:
        raise InvalidClipError(f"no rotation for {', '.join(sorted(missing))}")
    for name, value in data["fixed"].items():
        out[:, skeleton.INDEX[name]] = value
    if data["moving"]:
        shape = (frames, len(data["moving"]), 4)
        out[:, [skeleton.INDEX[n] for n in data["moving"]]] = _unpack(data["data"], shape) / _FULL
    return np.asarray(out / np.linalg.norm(out, axis=-1, keepdims=True))


def _unpack(text: str, shape: tuple[int, ...]) -> Array:
    values = np.frombuffer(base64.b64decode(text, validate=True), dtype="<i2")
    return values.astype(float).reshape(shape)
