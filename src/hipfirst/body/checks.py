# SPDX-License-Identifier: Apache-2.0
"""Whether a solved motion is a movement a body can do. Each rule is one function; all run.

Tolerances are what an eye would notice on the figure, not what the solver reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import joints, kinematics, props
from hipfirst.body.capsules import CAPSULES, PAIRS, clearance
from hipfirst.body.errors import (
    BodyPenetratedError,
    ContactLostError,
    ContactSlidesError,
    FloorPenetratedError,
    LimitExceededError,
    LoopOpenError,
    OutOfBalanceError,
    PositionContradictedError,
    RejectedMotionError,
    SeatPenetratedError,
    TooFastError,
    TouchLostError,
)
from hipfirst.body.facts import facts
from hipfirst.body.joints import ANGLE_NAMES, HIGH, LOW
from hipfirst.body.mirroring import mirror_angles
from hipfirst.body.motion import FPS, GROUND, Contact, Motion, Touch
from hipfirst.body.skeleton import Array
from hipfirst.body.solve import MARKS, Solved

CONTACT = 0.002  # a contact may be this far from its surface [m]
SLIDE = 0.003  # a locked contact may wander this far [m]
TOUCH = 0.003  # points that touch may be this far apart [m]
DEPTH = 0.008  # any landmark may be this far below the ground [m]
SEAT_DEPTH = 0.06  # what is deeper is below the seat, not in it [m]
OVERLAP = 0.005  # the firm cores of two segments may overlap this much [m]
OVER_RANGE = np.radians(1.0)
SPEED = np.radians(260.0)  # fastest turn of a joint in a strength exercise [rad/s]
ROOT_SPEED = 0.8  # fastest travel of the pelvis [m/s]
BALANCE_MARGIN = 0.03  # feet are longer than their landmarks [m]

Rule = Callable[[Solved], Iterator[RejectedMotionError]]


def faults(solved: Solved, position: str | None = None) -> list[RejectedMotionError]:
    """Everything that is wrong with a solved motion; nothing when it is fine.

    `position` is what the exercise declares (supine, standing ...); it must be what is seen.
    """
    found = [fault for rule in RULES for fault in rule(solved)]
    return found + (list(_position(solved, position)) if position else [])


def _active(solved: Solved, goal: Contact | Touch) -> NDArray[np.intp]:
    """Frames (n) in which a goal holds."""
    names = [phase.name for phase in solved.motion.phases for _ in range(phase.frames)]
    return np.flatnonzero([not goal.during or name in goal.during for name in names])


def _mm(metres: float) -> str:
    return f"{metres * 1000:.1f} mm"


def contacts_hold(solved: Solved) -> Iterator[RejectedMotionError]:
    for contact in solved.motion.contacts:
        frames = _active(solved, contact)
        for mark in contact.landmarks:
            points = solved.marks[frames, MARKS.index(mark)]
            off = _off_surface(solved, contact.surface, points)
            worst = int(np.argmax(off))
            if off[worst] > CONTACT:
                detail = f"{_mm(off[worst])} from the {contact.surface}, allowed {_mm(CONTACT)}"
                yield ContactLostError(solved.motion.name, mark, detail, int(frames[worst]))


def _off_surface(solved: Solved, surface: str, points: Array) -> Array:
    if surface in GROUND:
        return np.abs(points[:, 1])
    on = props.nearest(solved.motion.prop_of(surface), points, surface)
    return np.asarray(np.linalg.norm(points - on, axis=-1))


def locked_stay(solved: Solved) -> Iterator[RejectedMotionError]:
    for contact in solved.motion.contacts:
        if not contact.locked:
            continue
        frames = _active(solved, contact)
        for mark in contact.landmarks:
            points = solved.marks[frames, MARKS.index(mark)]
            slid = np.linalg.norm((points - points[0])[:, [0, 2]], axis=-1)
            worst = int(np.argmax(slid))
            if slid[worst] > SLIDE:
                detail = f"{_mm(slid[worst])}, allowed {_mm(SLIDE)}"
                yield ContactSlidesError(solved.motion.name, mark, detail, int(frames[worst]))


def touches_hold(solved: Solved) -> Iterator[RejectedMotionError]:
    for touch in solved.motion.touches:
        frames = _active(solved, touch)
        a, b = (solved.marks[frames, MARKS.index(mark)] for mark in touch.landmarks)
        off = np.abs(np.linalg.norm(a - b, axis=-1) - touch.gap)
        worst = int(np.argmax(off))
        if off[worst] > TOUCH:
            pair = " and ".join(touch.landmarks)
            detail = f"{_mm(off[worst])} off, allowed {_mm(TOUCH)}"
            yield TouchLostError(solved.motion.name, pair, detail, int(frames[worst]))


def angles_in_range(solved: Solved) -> Iterator[RejectedMotionError]:
    over = np.maximum(solved.angles - HIGH, LOW - solved.angles)
    for column in np.flatnonzero(over.max(axis=0) > OVER_RANGE):
        frame = int(np.argmax(over[:, column]))
        given = np.degrees(solved.angles[frame, column])
        low, high = np.degrees([LOW[column], HIGH[column]])
        detail = f"{given:.0f} deg, allowed {low:.0f} to {high:.0f} deg"
        yield LimitExceededError(solved.motion.name, ANGLE_NAMES[column], detail, frame)


def above_floor(solved: Solved) -> Iterator[RejectedMotionError]:
    heights = solved.marks[..., 1]
    for column in np.flatnonzero(heights.min(axis=0) < -DEPTH):
        frame = int(np.argmin(heights[:, column]))
        detail = f"{_mm(-heights[frame, column])} deep, allowed {_mm(DEPTH)}"
        yield FloorPenetratedError(solved.motion.name, MARKS[column], detail, frame)


def clear_of_seat(solved: Solved) -> Iterator[RejectedMotionError]:
    for chair in (prop for prop in solved.motion.props if prop.kind == "chair"):
        way = solved.marks - props.nearest(chair, solved.marks, "seat")
        over = np.hypot(way[..., 0], way[..., 2]) < 1e-9
        depths = np.where(over & (-way[..., 1] < SEAT_DEPTH), -way[..., 1], 0.0)
        for column in np.flatnonzero(depths.max(axis=0) > DEPTH):
            frame = int(np.argmax(depths[:, column]))
            detail = f"{_mm(depths[frame, column])} deep, allowed {_mm(DEPTH)}"
            yield SeatPenetratedError(solved.motion.name, MARKS[column], detail, frame)


def parts_keep_clear(solved: Solved) -> Iterator[RejectedMotionError]:
    placed = kinematics.place(solved.angles, solved.root, solved.motion.base)
    segments = kinematics.indices(tuple(capsule.segment for capsule in CAPSULES))
    starts = kinematics.locate(placed, segments, np.array([c.a for c in CAPSULES]))
    ends = kinematics.locate(placed, segments, np.array([c.b for c in CAPSULES]))
    for i, j in PAIRS:
        gap = clearance(starts[:, i], ends[:, i], starts[:, j], ends[:, j])
        overlap = CAPSULES[i].radius + CAPSULES[j].radius - gap
        frame = int(np.argmax(overlap))
        if overlap[frame] > OVERLAP:
            pair = f"{CAPSULES[i].name} and {CAPSULES[j].name}"
            detail = f"by {_mm(overlap[frame])}, allowed {_mm(OVERLAP)}"
            yield BodyPenetratedError(solved.motion.name, pair, detail, frame)


def balanced(solved: Solved) -> Iterator[RejectedMotionError]:
    """Upright: the centre of mass lies over the hull of all that carries, a hand included, and
    the whole seat for whoever sits on it.
    """
    motion = solved.motion
    if motion.orientation != "upright":
        return
    names = [phase.name for phase in motion.phases for _ in range(phase.frames)]
    centre = solved.centre_of_mass[:, [0, 2]]
    out = np.zeros(len(centre))
    for frame, name in enumerate(names):
        holding = [c for c in motion.contacts if not c.during or name in c.during]
        carrying = [MARKS.index(mark) for contact in holding for mark in contact.landmarks]
        support = solved.marks[frame, carrying]
        if any(contact.surface == "seat" for contact in holding):
            support = np.concatenate([support, props.seat_corners(motion.prop_of("seat"))])
        out[frame] = _outside(centre[frame], support[:, [0, 2]])
    worst = int(np.argmax(out))
    if out[worst] > BALANCE_MARGIN:
        detail = f"by {_mm(out[worst])}, allowed {_mm(BALANCE_MARGIN)}"
        yield OutOfBalanceError(motion.name, "centre of mass", detail, worst)


def _outside(point: Array, support: Array) -> float:
    """How far (2) `point` lies outside the hull of `support` (k, 2): 0 inside [m].

    The distance to a convex hull is the largest, over all directions, of how far the point lies
    beyond the support's furthest point in that direction.
    """
    turn = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    ways = np.stack([np.cos(turn), np.sin(turn)])
    beyond = point @ ways - (support @ ways).max(axis=0)
    return max(0.0, float(beyond.max()))


def calm(solved: Solved) -> Iterator[RejectedMotionError]:
    """No joint moves faster than it does in an exercise, and nor does the pelvis; no joint jumps
    from the last frame to the first.
    """
    turns = np.abs(np.diff(solved.angles, axis=0, append=solved.angles[:1])) * FPS
    for column in np.flatnonzero(turns[:-1].max(axis=0, initial=0) > SPEED):
        frame = int(np.argmax(turns[:-1, column]))
        detail = f"{np.degrees(turns[frame, column]):.0f} deg/s, allowed {np.degrees(SPEED):.0f}"
        yield TooFastError(solved.motion.name, ANGLE_NAMES[column], detail, frame)
    moves = np.linalg.norm(np.diff(solved.root, axis=0), axis=-1) * FPS
    if moves.max(initial=0) > ROOT_SPEED:
        detail = f"{moves.max():.1f} m/s, allowed {ROOT_SPEED}"
        yield TooFastError(solved.motion.name, "pelvis", detail, int(np.argmax(moves)))
    if (last := turns[-1].max()) > SPEED:
        detail = f"{ANGLE_NAMES[int(np.argmax(turns[-1]))]} jumps {np.degrees(last) / FPS:.0f} deg"
        yield LoopOpenError(solved.motion.name, "last frame", detail, len(turns) - 1)


RULES: tuple[Rule, ...] = (
    contacts_hold,
    locked_stay,
    touches_hold,
    angles_in_range,
    above_floor,
    clear_of_seat,
    parts_keep_clear,
    balanced,
    calm,
)

_FACING = {
    "supine": ("up",),
    "prone": ("down",),
    "side-lying": ("left-side", "right-side"),
    "quadruped": ("down",),
    "plank": ("down", "left-side", "right-side"),
    "kneeling": ("ahead",),
    "half-kneeling": ("ahead",),
    "seated": ("ahead",),
    "standing": ("ahead",),
}
KNEELING = frozenset({"quadruped", "kneeling", "half-kneeling"})


def _alike(motion: Motion) -> bool:
    """Whether every pose is its own mirror image."""
    poses = [(joints.vector(p), joints.vector(mirror_angles(p))) for p in motion.poses.values()]
    return all(np.allclose(pose, mirrored, atol=1e-6) for pose, mirrored in poses)


def _position(solved: Solved, position: str) -> Iterator[RejectedMotionError]:
    """What is declared is what is seen: position, kneeling, floor and working side."""
    seen, motion = facts(solved), solved.motion
    subject = f"position {position!r}"
    if seen.facing not in _FACING[position]:
        wanted = " or ".join(_FACING[position])
        yield PositionContradictedError(
            motion.name, subject, f"the pelvis faces {seen.facing}, expected {wanted}", 0
        )
    if seen.kneels != (position in KNEELING):
        rests = "weight rests" if seen.kneels else "no weight rests"
        yield PositionContradictedError(motion.name, subject, f"{rests} on a knee")
    if position == "standing" and seen.on_floor:
        detail = "something other than the feet is on the floor"
        yield PositionContradictedError(motion.name, subject, detail)
    if motion.side is not None and _alike(motion):
        detail = "both sides do the same in every pose"
        yield PositionContradictedError(motion.name, f"side {motion.side!r}", detail)
    if seen.side != motion.side and seen.side is not None:
        declared = motion.side or "both"
        detail = f"the {seen.side} leg moves clearly more"
        yield PositionContradictedError(motion.name, f"side {declared!r}", detail)
