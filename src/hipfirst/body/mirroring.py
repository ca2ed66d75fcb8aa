# SPDX-License-Identifier: Apache-2.0
"""The other side by rule: write a motion once, for one side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hipfirst.body import joints
from hipfirst.body.motion import Align, Camera, Contact, Direction, Motion, Side, Touch
from hipfirst.body.props import Prop
from hipfirst.body.skeleton import other_side


def mirror_motion(motion: Motion) -> Motion:
    """The same movement done by the other side; mirrored twice it is the original."""
    return replace(
        motion,
        side=opposite(motion.side),
        lying_on=opposite(motion.lying_on),
        poses={name: mirror_angles(pose) for name, pose in motion.poses.items()},
        contacts=tuple(_contact(contact) for contact in motion.contacts),
        touches=tuple(_touch(touch) for touch in motion.touches),
        aligns=tuple(_align(align) for align in motion.aligns),
        free=frozenset(other_side(name) for name in motion.free),
        loads=tuple(
            replace(load, segments=tuple(other_side(name) for name in load.segments))
            for load in motion.loads
        ),
        props=tuple(mirror_prop(prop) for prop in motion.props),
        camera=mirror_camera(motion.camera),
    )


def opposite(side: Side | None) -> Side | None:
    """Left for right, right for left, None for both."""
    sides: dict[Side | None, Side] = {"left": "right", "right": "left"}
    return sides.get(side)


def other_mark(name: str) -> str:
    """A landmark's name on the other side of the body."""
    stem, _, side = name.rpartition("-")
    return {"left": f"{stem}-right", "right": f"{stem}-left"}.get(side, name)


def mirror_angles(pose: Mapping[str, float]) -> dict[str, float]:
    """Named angles [rad] of the mirrored pose."""
    out: dict[str, float] = {}
    for name, value in pose.items():
        other, sign = joints.mirrored(name)
        out[other] = sign * value
    return out


def mirror_prop(prop: Prop) -> Prop:
    """The prop on the other side (z -> -z, yaw -> -yaw)."""
    at = prop.position and (prop.position[0], prop.position[1], -prop.position[2])
    between = prop.between and (other_mark(prop.between[0]), other_mark(prop.between[1]))
    return replace(prop, position=at, yaw=-prop.yaw, between=between)


def mirror_camera(camera: Camera) -> Camera:
    """The view that shows the mirrored body as the mirror would."""
    at = camera.target and (camera.target[0], camera.target[1], -camera.target[2])
    return replace(camera, azimuth_deg=-camera.azimuth_deg, target=at)


def _contact(contact: Contact) -> Contact:
    return replace(contact, landmarks=tuple(other_mark(mark) for mark in contact.landmarks))


def _touch(touch: Touch) -> Touch:
    a, b = touch.landmarks
    return replace(touch, landmarks=(other_mark(a), other_mark(b)))


def _align(align: Align) -> Align:
    sides: dict[Direction, Direction] = {"left": "right", "right": "left"}
    return replace(
        align,
        segment=other_side(align.segment),
        axis=sides.get(align.axis, align.axis),
        to=sides.get(align.to, align.to),
    )
