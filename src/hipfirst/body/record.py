# SPDX-License-Identifier: Apache-2.0
"""A solved motion as a clip: rotations, frame ranges, and what follows from where the body is
(the mat under it, the cushion between the knees, the camera's distance).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hipfirst.body import joints
from hipfirst.body.clip import Clip, Rest, Span
from hipfirst.body.motion import FPS, Camera, Motion
from hipfirst.body.props import MAT_THICKNESS, Prop
from hipfirst.body.skeleton import Array
from hipfirst.body.solve import MARKS, Solved

_MARGIN = 0.03  # flesh and hair outside the landmarks [m]
_ARM = ("arm", "hand", "palm", "finger", "elbow")
_BODY = [i for i, mark in enumerate(MARKS) if not any(part in mark for part in _ARM)]
_HUNG = 0.65  # share of a held cushion that hangs below the points which hold it
_VIEW = 3.1  # camera distance per radius of the bounds


def record(solved: Solved) -> Clip:
    """The clip of a solved motion."""
    motion, marks = solved.motion, solved.marks
    props = tuple(_placed(prop, motion, marks) for prop in motion.props)
    bounds = np.stack([marks.min(axis=(0, 1)) - _MARGIN, marks.max(axis=(0, 1)) + _MARGIN])
    bounds[0, 1] = min(0.0, float(marks[..., 1].min()))
    spans = _spans(motion)
    return Clip(
        slug=motion.name,
        fps=FPS,
        side=motion.side,
        phases=spans,
        root=solved.root.copy(),
        rotations=joints.rotations(solved.angles, motion.base),
        contacts=_rests(motion, spans),
        props=props,
        camera=_camera(motion.camera, bounds),
        bounds=bounds,
    )


def _spans(motion: Motion) -> tuple[Span, ...]:
    ends = np.cumsum([phase.frames for phase in motion.phases])
    return tuple(
        Span(phase.name, int(end) - phase.frames, int(end), phase.hold)
        for phase, end in zip(motion.phases, ends, strict=True)
    )


def _rests(motion: Motion, spans: tuple[Span, ...]) -> tuple[Rest, ...]:
    return tuple(
        Rest(
            mark,
            contact.surface,
            contact.locked,
            tuple((span.start, span.end) for span in spans if span.name in contact.during),
        )
        for contact in motion.contacts
        for mark in contact.landmarks
    )


def _placed(prop: Prop, motion: Motion, marks: Array) -> Prop:
    """The prop with a position, as far as it follows from the body in the first frame."""
    if prop.between:
        a, b = (marks[0, MARKS.index(name)] for name in prop.between)
        x, y, z = (a + b) / 2
        low = y - _HUNG * prop.extent[1]
        return replace(prop, position=(float(x), float(low), float(z)))
    if prop.kind == "mat" and prop.position is None:
        trunk_and_legs = marks[:, _BODY]
        x, _, z = (trunk_and_legs.min(axis=(0, 1)) + trunk_and_legs.max(axis=(0, 1))) / 2
        yaw = np.pi / 2 if motion.orientation == "side-lying" else 0.0
        return replace(prop, position=(float(x), -MAT_THICKNESS, float(z)), yaw=yaw)
    return prop


def _camera(camera: Camera, bounds: Array) -> Camera:
    x, y, z = bounds.mean(axis=0)
    radius = float(np.linalg.norm(bounds[1] - bounds[0])) / 2
    return replace(
        camera,
        target=camera.target or (float(x), float(y), float(z)),
        distance=camera.distance or round(radius * _VIEW, 2),
    )
