# SPDX-License-Identifier: Apache-2.0
"""From a motion to a solved one: the angles and the root that keep every contact, frame by frame.

Two passes. First the key poses, in the order of the phases: what is locked in the first keeps its
place in all the others. Then every frame, near the eased interpolation of the *solved* key poses,
so that a foot which leaves the ground and comes back leaves and comes without a jump.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import capsules, joints, kinematics, masses, terms
from hipfirst.body.joints import ANGLES
from hipfirst.body.landmarks import LANDMARKS
from hipfirst.body.minimise import minimise
from hipfirst.body.motion import DIRECTIONS, GROUND, STANDING, Motion
from hipfirst.body.skeleton import Array

_A = len(ANGLES)
MARKS: tuple[str, ...] = tuple(LANDMARKS)
_MASS_AT = len(MARKS)
_STIFFNESS = {
    "pelvis": 1.5,
    "lumbar": 2.0,
    "thorax": 2.0,
    "neck": 0.7,
    "head": 0.7,
    "clavicle": 2.0,
    "upper_arm": 0.6,
    "forearm": 0.5,
    "hand": 0.3,
    "thigh": 1.0,
    "shank": 1.0,
    "foot": 0.3,
    "toes": 0.3,
}
"""How dearly a joint leaves its key pose [1/rad]: hands and feet give way before the trunk."""

_NEAR = 0.10  # capsules further apart than this are not watched [m]
_HARDENING = (0.01, 0.05, 0.25, 1.0)


@dataclass(frozen=True)
class Solved:
    """Angles (N, A) [rad] and pelvis origin (N, 3) [m] of every frame of `motion`."""

    motion: Motion
    angles: Array
    root: Array

    def __post_init__(self) -> None:
        self.angles.setflags(write=False)
        self.root.setflags(write=False)

    @property
    def marks(self) -> Array:
        """World positions (N, L, 3) of all landmarks, in the order of `MARKS` [m]."""
        return self._points(_Tracked())[:, : len(MARKS)]

    @property
    def centre_of_mass(self) -> Array:
        """(N, 3) [m]."""
        points = self._points(_Tracked())[:, _MASS_AT : _MASS_AT + len(masses.SEGMENTS)]
        return np.asarray(np.einsum("k,fki->fi", masses.FRACTIONS, points))

    def _points(self, tracked: _Tracked) -> Array:
        placed = kinematics.place(self.angles, self.root, self.motion.base)
        return kinematics.locate(placed, tracked.segments, tracked.local)


@dataclass
class _Tracked:
    """The points that terms speak of: all landmarks, all mass centres, and ends of directions."""

    names: list[str] = field(
        default_factory=lambda: (
            [mark.segment for mark in LANDMARKS.values()] + list(masses.SEGMENTS)
        )
    )
    rows: list[Array] = field(
        default_factory=lambda: (
            [np.array(mark.point) for mark in LANDMARKS.values()] + list(masses.CENTRES)
        )
    )

    def add(self, segment: str, point: Sequence[float]) -> int:
        self.names.append(segment)
        self.rows.append(np.array(point))
        return len(self.rows) - 1

    @property
    def segments(self) -> list[int]:
        return kinematics.indices(tuple(self.names))

    @property
    def local(self) -> Array:
        return np.array(self.rows)


def solve(motion: Motion) -> Solved:
    """Every frame of `motion`. Never fails: what cannot be kept is left to `checks` to name."""
    return _Solver(motion).run()


def ease(t: Array) -> Array:
    """From 0 to 1 with no speed and no acceleration at either end (minimum jerk)."""
    return np.asarray(t**3 * (10 - 15 * t + 6 * t**2))


class _Solver:
    """The work of one call of `solve`."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        self.tracked = _Tracked()
        self.aligned = [
            (self.tracked.add(goal.segment, (0, 0, 0)), self.tracked.add(goal.segment, axis))
            for goal in motion.aligns
            for axis in [DIRECTIONS[goal.axis]]
        ]
        self.ends = self._capsule_ends()
        self.segments, self.local = self.tracked.segments, self.tracked.local
        free = [i for i, angle in enumerate(ANGLES) if angle.name in motion.free]
        self.unknowns = [*free, _A, _A + 1, _A + 2]
        self.stiffness = np.array([_stiffness(angle.name, angle.joint) for angle in ANGLES])
        self.anchors = [np.full((len(c.landmarks), 3), np.nan) for c in motion.contacts]

    def _capsule_ends(self) -> NDArray[np.intp]:
        """The four tracked points of each pair of capsules that should keep clear (p, 4)."""
        add = self.tracked.add
        ends = [(add(c.segment, c.a), add(c.segment, c.b)) for c in capsules.CAPSULES]
        return np.array([(*ends[i], *ends[j]) for i, j in capsules.PAIRS])

    def run(self) -> Solved:
        motion = self.motion
        order = [motion.start, *(phase.to for phase in motion.phases)]
        keys: dict[str, tuple[Array, Array]] = {}
        for name in dict.fromkeys(order):
            keys[name] = self._key(name, keys.get(motion.start))
        angles, root, shares = list[Array](), list[Array](), list[Array]()
        for before, phase in zip(order, motion.phases, strict=False):
            t = ease(np.arange(phase.frames) / phase.frames)[:, None]
            for store, index in ((angles, 0), (root, 1)):
                a, b = keys[before][index], keys[phase.to][index]
                store.append(a + t * (b - a))
            a, b = self._shares(self._around(before)), self._shares(self._around(phase.to))
            shares.append(a + t * (b - a))
        names = [{phase.name} for phase in motion.phases for _ in range(phase.frames)]
        weights = np.array([0.3, 0.3, 0.3])
        solved = self._solve(
            np.concatenate(angles), np.concatenate(root), weights, names, np.concatenate(shares)
        )
        return Solved(motion, *solved)

    def _around(self, pose: str) -> set[str]:
        """The phases that begin or end in a pose: what holds in any of them holds there."""
        phases = self.motion.phases
        befores = [phases[-1].to, *(phase.to for phase in phases[:-1])]
        return {
            phase.name
            for before, phase in zip(befores, phases, strict=True)
            if pose in {before, phase.to}
        }

    def _key(self, name: str, first: tuple[Array, Array] | None) -> tuple[Array, Array]:
        """Angles (A) and root (3) of a key pose; its locked contacts become anchors if new."""
        angles = joints.vector(self.motion.poses[name])[None]
        around = self._around(name)
        if first is None:
            root, weights = self._drop(angles), np.array([0.02, 1e-4, 0.02])
        else:
            root, weights = first[1][None].copy(), np.array([0.05, 1e-3, 0.05])
        shares = self._shares(around)[None]
        solved_angles, solved_root = self._solve(angles, root, weights, [around], shares)
        self._anchor(solved_angles, solved_root, around)
        return solved_angles[0], solved_root[0]

    def _drop(self, angles: Array) -> Array:
        """A root (1, 3) that puts the lowest point of the posed body on the ground."""
        placed = kinematics.place(angles, np.zeros((1, 3)), self.motion.base)
        points = kinematics.locate(placed, self.segments, self.local)[:, : len(MARKS)]
        return np.array([[0.0, -float(points[..., 1].min()), 0.0]])

    def _anchor(self, angles: Array, root: Array, around: set[str]) -> None:
        placed = kinematics.place(angles, root, self.motion.base)
        points = kinematics.locate(placed, self.segments, self.local)[0]
        for contact, anchor in zip(self.motion.contacts, self.anchors, strict=True):
            if _holds(contact.during, around) and np.isnan(anchor).any():
                anchor[:] = points[[MARKS.index(mark) for mark in contact.landmarks]]

    def _solve(
        self,
        angles: Array,
        root: Array,
        root_weights: Array,
        names: Sequence[set[str]],
        shares: Array,
    ) -> tuple[Array, Array]:
        """The free angles and root (F, ...) nearest to the given ones that reach every goal."""
        goals = self._goals(names)
        goals += [terms.Habit(angles, root, self.stiffness, root_weights), terms.InRange()]
        if self.motion.orientation == "upright":
            goals.append(terms.Balanced(list(range(shares.shape[1])), shares, self._ways()))
        whole = np.concatenate([angles, root], axis=1)
        for hardness in _HARDENING:
            parts = [*goals, self._clear(whole)]
            problem = partial(self._residuals, parts, hardness, whole.copy())
            whole[:, self.unknowns] = minimise(problem, whole[:, self.unknowns])
        return whole[:, :_A], whole[:, _A:]

    def _residuals(
        self, goals: Sequence[terms.Term], hardness: float, whole: Array, x: Array
    ) -> tuple[Array, Array]:
        """All goals on top of each other, for unknowns `x` (F, n) put into `whole` (F, A + 3)."""
        whole[:, self.unknowns] = x
        state = self._state(whole, hardness)
        parts = [goal.evaluate(state) for goal in goals]
        slopes = np.concatenate([part[1] for part in parts], axis=1)
        return np.concatenate([part[0] for part in parts], axis=1), slopes[..., self.unknowns]

    def _clear(self, whole: Array) -> terms.KeepClear:
        """The pairs of capsules that are near each other now."""
        placed = kinematics.place(whole[:, :_A], whole[:, _A:], self.motion.base)
        points = kinematics.locate(placed, self.segments, self.local)
        a, b, c, d = (points[:, column] for column in self.ends.T)
        near = capsules.clearance(a, b, c, d).min(axis=0) < capsules.APART + _NEAR
        return terms.KeepClear(self.ends[near], capsules.APART[near])

    def _state(self, full: Array, hardness: float) -> terms.State:
        angles, root = full[:, :_A], full[:, _A:]
        placed = kinematics.place(angles, root, self.motion.base)
        points = kinematics.locate(placed, self.segments, self.local)
        turns = kinematics.jacobian(placed, self.segments, points)
        shifts = np.broadcast_to(np.eye(3), (*points.shape, 3))
        return terms.State(angles, root, points, np.concatenate([turns, shifts], axis=-1), hardness)

    def _goals(self, names: Sequence[set[str]]) -> list[terms.Term]:
        def during(phases: tuple[str, ...]) -> Array:
            return np.array([float(_holds(phases, around)) for around in names])

        motion, goals = self.motion, list[terms.Term]()
        for contact, anchor in zip(motion.contacts, self.anchors, strict=True):
            which = [MARKS.index(mark) for mark in contact.landmarks]
            active = np.repeat(during(contact.during)[:, None], len(which), axis=1)
            if contact.surface in GROUND:
                goals.append(terms.Level(which, active))
            else:
                prop = motion.prop_of(contact.surface)
                goals.append(terms.Resting(which, prop, contact.surface, active))
            if contact.locked and not np.isnan(anchor).any():
                goals.append(terms.Anchored(which, anchor, active))
        for touch in motion.touches:
            a, b = (MARKS.index(mark) for mark in touch.landmarks)
            goals.append(terms.Together(a, b, touch.gap, during(touch.during)))
        for align, (start, end) in zip(motion.aligns, self.aligned, strict=True):
            to = np.array(DIRECTIONS[align.to])
            goals.append(terms.Pointing(start, end, to, during(align.during)))
        return [*goals, terms.AboveFloor(list(range(len(MARKS))))]

    def _ways(self) -> Array:
        """Where balance is asked for, a symmetric (2, 2) for X and Z: not towards a wall that
        somebody leans on throughout, for it holds them up there.
        """
        ways = np.eye(2)
        for contact in self.motion.contacts:
            if contact.surface == "wall" and not contact.during:
                yaw = self.motion.prop_of("wall").yaw
                front = np.array([np.cos(yaw), -np.sin(yaw)])
                ways = np.eye(2) - np.outer(front, front)
        return ways

    def _shares(self, around: set[str]) -> Array:
        """Weights (K) whose sum over points is centre of mass minus centre of support.

        A foot that is about to lift carries nothing: support is what holds in all of `around`.
        Whoever sits is carried by the seat and is left as written.
        """
        row = np.zeros(len(self.segments))
        here = [c for c in self.motion.contacts if _holds(c.during, around)]
        if any(contact.surface == "seat" for contact in here):
            return row
        row[_MASS_AT : _MASS_AT + len(masses.SEGMENTS)] = masses.FRACTIONS
        grounded = [contact for contact in here if contact.surface in STANDING]
        steady = [c for c in grounded if not c.during or around <= set(c.during)]
        feet = steady or grounded
        support = [MARKS.index(mark) for contact in feet for mark in contact.landmarks]
        if support:
            row[support] -= 1 / len(support)
        return row


def _holds(during: tuple[str, ...], around: set[str]) -> bool:
    return not during or bool(around & set(during))


def _stiffness(name: str, joint: str) -> float:
    """The shank turns under the thigh only when nothing else helps."""
    stem = joint.removesuffix("_left").removesuffix("_right")
    return _STIFFNESS[stem] * (3.0 if name.startswith("knee_external") else 1.0)
