# SPDX-License-Identifier: Apache-2.0
"""What a motion is: key poses on a tempo, what touches what, and where the body starts.

Angles are radians, lengths metres, times seconds. Everything is checked when it is made, so a
`Motion` that exists can be solved; whether the result is a movement a body can do, `checks` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np

from hipfirst.body import quaternion
from hipfirst.body.errors import (
    AngleOutOfRangeError,
    InvalidMotionError,
    NotPeriodicError,
    UnknownNameError,
)
from hipfirst.body.joints import ANGLE_INDEX, ANGLE_NAMES, ANGLES
from hipfirst.body.landmarks import LANDMARKS
from hipfirst.body.props import KINDS, SURFACES, Prop
from hipfirst.body.skeleton import INDEX, Array

Side = Literal["left", "right"]
Orientation = Literal["upright", "supine", "prone", "side-lying"]
Direction = Literal["forward", "backward", "up", "down", "left", "right"]

ORIENTATIONS: tuple[str, ...] = get_args(Orientation)
DIRECTIONS: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "forward": (1.0, 0.0, 0.0),
        "backward": (-1.0, 0.0, 0.0),
        "up": (0.0, 1.0, 0.0),
        "down": (0.0, -1.0, 0.0),
        "right": (0.0, 0.0, 1.0),
        "left": (0.0, 0.0, -1.0),
    }
)
"""Words for an axis of the world or of a segment in the zero pose."""
GROUND: tuple[str, ...] = ("floor", "mat")
"""Surfaces that are the plane y = 0."""
STANDING: tuple[str, ...] = (*GROUND, "step")
"""Surfaces on which feet carry the body."""
WHOLE_FOOT = ("heel", "ball-inner", "ball-outer")
WHOLE_HAND = ("palm", "fingertips")
FPS = 20
MOST_SECONDS = 60.0
"""Longest motion [s]: every frame is solved, and a clip has to be light."""
MOST_NEWTONS = 1000.0
"""Strongest pull of a band: about the weight of a person [N]."""
MOST_KILOGRAMS = 100.0
"""Heaviest thing that is held or worn [kg]."""


def _expand(name: str) -> tuple[str, ...]:
    part, _, side = name.rpartition("-")
    if side in {"left", "right"} and part in {"foot", "hand"}:
        marks = WHOLE_FOOT if part == "foot" else WHOLE_HAND
        return tuple(f"{mark}-{side}" for mark in marks)
    return (name,)


def _known(where: str, kind: str, names: Iterable[str], allowed: Iterable[str]) -> None:
    allowed = tuple(allowed)
    for name in names:
        if name not in allowed:
            raise UnknownNameError(where, kind, name, allowed)


@dataclass(frozen=True)
class Phase:
    """A stretch of the movement that ends in pose `to`; a hold stays where it is. `seconds` [s]."""

    name: str
    to: str
    seconds: float
    hold: bool = False

    def __post_init__(self) -> None:
        if not 0.1 <= self.seconds <= 120:
            problem = f"seconds is {self.seconds:g}, allowed 0.1 to 120"
            raise InvalidMotionError(f"phase {self.name!r}", problem)

    @property
    def frames(self) -> int:
        return max(2, round(self.seconds * FPS))


@dataclass(frozen=True)
class Contact:
    """Landmarks that rest on a surface; `locked` ones stay where they first touched it.

    `foot-left` stands for heel and both balls, `hand-left` for palm and fingertips. `during` names
    the phases in which the contact holds; empty means always.
    """

    surface: str
    landmarks: tuple[str, ...]
    locked: bool = True
    during: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        spread = tuple(mark for name in self.landmarks for mark in _expand(name))
        allowed = (*LANDMARKS, "foot-left", "foot-right", "hand-left", "hand-right")
        _known(f"contact with {self.surface}", "landmark", spread, allowed)
        object.__setattr__(self, "landmarks", spread)


@dataclass(frozen=True)
class Touch:
    """Two landmarks that stay together, or `gap` [m] apart."""

    landmarks: tuple[str, str]
    gap: float = 0.0
    during: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _known("touches", "landmark", self.landmarks, LANDMARKS)
        if not 0 <= self.gap <= 1:
            raise InvalidMotionError("touches", f"gap is {self.gap:g} m, allowed 0 to 1 m")


@dataclass(frozen=True)
class Align:
    """`axis` of `segment` points to `to` in the world: forward is +X, up +Y, right +Z."""

    segment: str
    axis: Direction
    to: Direction
    during: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _known("aligns", "segment", [self.segment], INDEX)
        _known("aligns", "direction", [self.axis, self.to], DIRECTIONS)


@dataclass(frozen=True)
class Load:
    """Something besides gravity that pulls: `kind` of kit, where, and its size [N] or [kg]."""

    kind: str
    segments: tuple[str, ...]
    newtons: float = 0.0
    kilograms: float = 0.0

    def __post_init__(self) -> None:
        _known("loads", "segment", self.segments, INDEX)
        for unit, given, most in (
            ("newtons", self.newtons, MOST_NEWTONS),
            ("kilograms", self.kilograms, MOST_KILOGRAMS),
        ):
            if not 0 <= given <= most:
                raise InvalidMotionError("loads", f"{unit} is {given:g}, allowed 0 to {most:g}")


@dataclass(frozen=True)
class Camera:
    """Where the viewer stands: azimuth 0 looks from +X, 90 deg from +Z [deg].

    `distance` [m] and `target` (3) [m] follow from the body's bounds when None.
    """

    azimuth_deg: float
    elevation_deg: float
    distance: float | None = None
    target: tuple[float, float, float] | None = None

    def __post_init__(self) -> None:
        if not -180 <= self.azimuth_deg <= 360 or not -10 <= self.elevation_deg <= 89:
            given = f"azimuth {self.azimuth_deg:g}, elevation {self.elevation_deg:g}"
            raise InvalidMotionError(
                "camera", f"{given}; allowed azimuth -180 to 360 deg, elevation -10 to 89 deg"
            )


@dataclass(frozen=True)
class Motion:
    """One movement of one body, written for one side.

    `orientation` is how the pelvis lies before its own angles turn it; `lying_on` the side that is
    down when side-lying. `poses` map names to angles [rad]; `free` are the angles the solver may
    change. `side` is the working side, None when both work alike.
    """

    name: str
    orientation: Orientation
    start: str
    poses: Mapping[str, Mapping[str, float]]
    phases: tuple[Phase, ...]
    contacts: tuple[Contact, ...]
    camera: Camera
    side: Side | None = None
    lying_on: Side | None = None
    touches: tuple[Touch, ...] = ()
    aligns: tuple[Align, ...] = ()
    free: frozenset[str] = field(default_factory=lambda: frozenset(ANGLE_NAMES))
    loads: tuple[Load, ...] = ()
    props: tuple[Prop, ...] = ()

    def __post_init__(self) -> None:
        frozen = {name: MappingProxyType(dict(pose)) for name, pose in self.poses.items()}
        object.__setattr__(self, "poses", MappingProxyType(frozen))
        self._check_base()
        for name, pose in self.poses.items():
            self._check_pose(name, pose)
        self._check_phases()
        self._check_goals()
        self._check_props()

    def _check_base(self) -> None:
        _known(self.name, "orientation", [self.orientation], ORIENTATIONS)
        if (self.orientation == "side-lying") != (self.lying_on is not None):
            problem = "lying_on belongs to side-lying, and side-lying needs it (left or right)"
            raise InvalidMotionError(self.name, problem)
        _known(f"{self.name}: free", "angle", self.free, ANGLE_NAMES)

    def _check_pose(self, name: str, pose: Mapping[str, float]) -> None:
        where = f"{self.name}: poses.{name}"
        _known(where, "angle", pose, ANGLE_NAMES)
        for angle, value in pose.items():
            span = ANGLES[ANGLE_INDEX[angle]]
            if not span.low - 1e-9 <= value <= span.high + 1e-9:
                low, high = np.degrees([span.low, span.high])
                raise AngleOutOfRangeError(where, angle, float(np.degrees(value)), (low, high))

    def _check_phases(self) -> None:
        where = f"{self.name}: phases"
        if not self.phases:
            raise InvalidMotionError(where, "a motion needs at least one phase")
        _known(f"{self.name}: start", "pose", [self.start], self.poses)
        before = self.start
        for phase in self.phases:
            _known(f"{where}.{phase.name}", "pose", [phase.to], self.poses)
            if phase.hold and phase.to != before:
                problem = f"a hold stays in pose {before!r}, given {phase.to!r}"
                raise InvalidMotionError(f"{where}.{phase.name}", problem)
            before = phase.to
        if before != self.start:
            raise NotPeriodicError(where, self.start, before)
        if (seconds := sum(phase.seconds for phase in self.phases)) > MOST_SECONDS:
            problem = (
                f"they take {seconds:g} s, allowed {MOST_SECONDS:g} s: use a short hold here, "
                "and hold_s in the session"
            )
            raise InvalidMotionError(where, problem)
        names = [phase.name for phase in self.phases]
        if len(set(names)) < len(names):
            raise InvalidMotionError(where, f"names are used twice: {', '.join(names)}")

    def _check_goals(self) -> None:
        names = [phase.name for phase in self.phases]
        kinds = {prop.kind for prop in self.props}
        surfaces = (*GROUND, *kinds, *(s for s, kind in SURFACES.items() if kind in kinds))
        for contact in self.contacts:
            _known(f"{self.name}: contacts", "surface", [contact.surface], surfaces)
        goals: tuple[Contact | Touch | Align, ...] = (*self.contacts, *self.touches, *self.aligns)
        for goal in goals:
            _known(f"{self.name}: while", "phase", goal.during, names)
        if not any(contact.surface in GROUND for contact in self.contacts):
            raise InvalidMotionError(f"{self.name}: contacts", "nothing touches the ground")

    def _check_props(self) -> None:
        where = f"{self.name}: props"
        kinds = [prop.kind for prop in self.props]
        _known(where, "kind of prop", kinds, KINDS)
        if len(set(kinds)) < len(kinds):
            raise InvalidMotionError(where, f"one of each kind, given {', '.join(kinds)}")
        for contact in self.contacts:
            if contact.surface not in (*GROUND, *SURFACES):
                raise UnknownNameError(
                    where, "prop to rest on", contact.surface, (*GROUND, *SURFACES)
                )

    @property
    def base(self) -> Array:
        """The rotation (4) that lays the upright body down as `orientation` says."""
        return base_rotation(self.orientation, self.lying_on)

    def prop_of(self, surface: str) -> Prop:
        """The prop that has `surface`, which is not the ground. KeyError for an unknown one."""
        return next(prop for prop in self.props if prop.kind == SURFACES[surface])

    @property
    def frames(self) -> int:
        return sum(phase.frames for phase in self.phases)


def base_rotation(orientation: str, lying_on: str | None) -> Array:
    """Supine: head to -X, face up. Prone: head to +X, face down. On the left side: head to -Z,
    face to +X; on the right side: head to +Z, face to +X.
    """
    turn = np.pi / 2
    if orientation == "supine":
        return quaternion.from_axis_angle((0.0, 0.0, 1.0), turn)
    if orientation == "prone":
        return quaternion.from_axis_angle((0.0, 0.0, 1.0), -turn)
    if orientation == "side-lying":
        return quaternion.from_axis_angle((1.0, 0.0, 0.0), -turn if lying_on == "left" else turn)
    return quaternion.IDENTITY
