# SPDX-License-Identifier: Apache-2.0
"""The `motion:` block of an exercise document: what a physiotherapist writes, in degrees.

`docs/conventions.md` explains it field by field. Here it is declared, and turned into a
`hipfirst.body.Motion`; every error names the file and the place in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, get_args

import numpy as np
from pydantic import Field

from hipfirst.body import motion as body
from hipfirst.body.errors import InvalidMotionError, UnknownNameError
from hipfirst.body.joints import ANGLE_NAMES, GROUPS, MIDLINE, PAIRED
from hipfirst.body.props import LARGEST, REACH, SMALLEST, Prop
from hipfirst.packs.base import Document, Line
from hipfirst.packs.vocabulary import Position, Side

Degrees = Annotated[float, Field(ge=-360, le=360)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Names = tuple[str, ...]
Point = tuple[float, float, float]
Coordinate = Annotated[float, Field(ge=-REACH, le=REACH)]
Length = Annotated[float, Field(ge=SMALLEST, le=LARGEST)]
LoadKind = Literal["mini-band", "long-band", "ankle-weight", "dumbbell", "ball"]

LOADS: frozenset[str] = frozenset(get_args(LoadKind))
"""Kit that pulls or weighs: a motion has it as a load."""
ORIENTATION: Mapping[str, body.Orientation] = {
    "supine": "supine",
    "side-lying": "side-lying",
    "prone": "prone",
    "quadruped": "prone",
    "plank": "prone",
    "kneeling": "upright",
    "half-kneeling": "upright",
    "seated": "upright",
    "standing": "upright",
}
"""How the pelvis lies in each position before its own angles turn it."""


class PoseDocument(Document):
    """Joint angles [deg]: `both` sides alike, `left`, `right`, and the `middle` of the body."""

    extends: Name | None = None
    both: Mapping[str, Degrees] = {}
    left: Mapping[str, Degrees] = {}
    right: Mapping[str, Degrees] = {}
    middle: Mapping[str, Degrees] = {}


class PhaseDocument(Document):
    name: Name
    to: Name | None = None  # a hold stays where it is and needs none
    seconds: Annotated[float, Field(gt=0, le=120)]
    hold: bool = False
    say: Line | None = None  # what is shown and spoken as it begins; without it, its name


class Goal(Document):
    """Something that holds `while` the named phases run; always, when none is named."""

    phases: tuple[Name, ...] = Field(default=(), alias="while")


class ContactDocument(Goal):
    surface: Literal["floor", "mat", "chair", "seat", "step", "wall"]
    points: Annotated[Names, Field(min_length=1)]
    locked: bool = True


class TouchDocument(Goal):
    points: tuple[str, str]
    gap_cm: Annotated[float, Field(ge=0, le=100)] = 0.0


class AlignDocument(Goal):
    segment: str
    axis: body.Direction
    to: body.Direction


class LoadDocument(Document):
    kind: LoadKind
    segments: Names
    newtons: Annotated[float, Field(ge=0, le=body.MOST_NEWTONS)] = 0.0
    kilograms: Annotated[float, Field(ge=0, le=body.MOST_KILOGRAMS)] = 0.0


class PropDocument(Document):
    kind: Literal["mat", "chair", "cushion", "step", "wall"]
    position: tuple[Coordinate, Coordinate, Coordinate] | None = None
    yaw_deg: Degrees = 0.0
    size: tuple[Length, Length, Length] | None = None
    between: tuple[str, str] | None = None


class CameraDocument(Document):
    azimuth_deg: Degrees
    elevation_deg: Degrees
    distance: Annotated[float, Field(gt=0.3, le=20)] | None = None
    target: Point | None = None


class MotionDocument(Document):
    """One movement, written for one side; the other side is its mirror."""

    side: Literal["left", "right", "both"]
    lying_on: Side | None = None
    start: Name
    poses: Annotated[Mapping[Name, PoseDocument], Field(min_length=1)]
    phases: Annotated[tuple[PhaseDocument, ...], Field(min_length=1)]
    contacts: Annotated[tuple[ContactDocument, ...], Field(min_length=1)]
    touches: tuple[TouchDocument, ...] = ()
    aligns: tuple[AlignDocument, ...] = ()
    keep: Names = ()
    loads: tuple[LoadDocument, ...] = ()
    props: tuple[PropDocument, ...] = ()
    camera: CameraDocument


def to_motion(document: MotionDocument, slug: str, position: Position) -> body.Motion:
    """The motion of exercise `slug`, in radians. InvalidMotionError leads to the place in it."""
    try:
        return body.Motion(
            name=slug,
            orientation=ORIENTATION[position],
            start=document.start,
            poses={name: _pose(document, name, slug) for name in document.poses},
            phases=_phases(document),
            contacts=tuple(
                body.Contact(c.surface, c.points, c.locked, c.phases) for c in document.contacts
            ),
            camera=body.Camera(**document.camera.model_dump()),
            side=None if document.side == "both" else document.side,
            lying_on=document.lying_on,
            touches=tuple(body.Touch(t.points, t.gap_cm / 100, t.phases) for t in document.touches),
            aligns=tuple(body.Align(a.segment, a.axis, a.to, a.phases) for a in document.aligns),
            free=frozenset(ANGLE_NAMES) - _spread(f"{slug}: keep", document.keep),
            loads=tuple(body.Load(**load.model_dump()) for load in document.loads),
            props=tuple(_prop(p, f"{slug}: props.{n}") for n, p in enumerate(document.props)),
        )
    except InvalidMotionError as error:
        raise error.inside(slug) from None


def _phases(document: MotionDocument) -> tuple[body.Phase, ...]:
    at, phases = document.start, list[body.Phase]()
    for phase in document.phases:
        at = phase.to or at
        phases.append(body.Phase(phase.name, at, phase.seconds, phase.hold))
    return tuple(phases)


def _pose(
    document: MotionDocument, name: str, slug: str, seen: tuple[str, ...] = ()
) -> dict[str, float]:
    """A pose's angles [rad], on top of those of the pose it extends."""
    where = f"{slug}: poses.{name}"
    if name in seen:
        raise InvalidMotionError(where, f"extends itself ({' -> '.join((*seen, name))})")
    pose = document.poses.get(name)
    if pose is None:
        raise UnknownNameError(f"{slug}: poses.{seen[-1]}", "pose", name, document.poses)
    angles = _pose(document, pose.extends, slug, (*seen, name)) if pose.extends else {}
    for side in ("left", "right"):
        for part, given in (("both", pose.both), (side, getattr(pose, side))):
            _allow(f"{where}.{part}", given, PAIRED)
            angles |= {f"{key}_{side}": float(np.radians(value)) for key, value in given.items()}
    _allow(f"{where}.middle", pose.middle, MIDLINE)
    return angles | {key: float(np.radians(value)) for key, value in pose.middle.items()}


def _allow(where: str, given: Iterable[str], allowed: Iterable[str]) -> None:
    for name in given:
        if name not in allowed:
            raise UnknownNameError(where, "angle", name, allowed)


def _spread(where: str, names: Names) -> set[str]:
    """Angle names of groups (`pelvis`, `arms`, `leg_right`), pairs (`hip_flexion`) and angles."""
    out: set[str] = set()
    for name in names:
        if name in GROUPS:
            out.update(GROUPS[name])
        elif name in PAIRED:
            out.update((f"{name}_left", f"{name}_right"))
        elif name in ANGLE_NAMES:
            out.add(name)
        else:
            raise UnknownNameError(where, "angle or group", name, (*GROUPS, *PAIRED, *ANGLE_NAMES))
    return out


def _prop(prop: PropDocument, where: str) -> Prop:
    yaw = float(np.radians(prop.yaw_deg))
    try:
        return Prop(prop.kind, prop.position, yaw, prop.size, prop.between)
    except InvalidMotionError as error:
        raise error.inside(where) from None
