# SPDX-License-Identifier: Apache-2.0
"""What the solver strives for. Each term turns the state of the body into residuals and their
derivatives; the solver only stacks them, so a new kind of goal is one more class here.

Shapes: F frames, K tracked points, A angles, n = A + 3 unknowns (angles, then the root), m
residuals. Weights make 1 mm of a broken contact dearer than any comfort. Hard goals begin soft
(`hardness` below 1), because a steep curved valley can only be walked in tiny steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hipfirst.body import capsules
from hipfirst.body.joints import ANGLES, HIGH, LOW
from hipfirst.body.props import Prop, held, nearest
from hipfirst.body.skeleton import Array

HARD = 2000.0  # per metre: contacts, touches
FLOOR = 800.0  # per metre below the floor
CLEAR = 400.0  # per metre two segments overlap
RANGE = 100.0  # per radian outside a joint's range
BALANCE = 12.0  # per metre of the centre of mass from its place
POINT = 40.0  # per unit of a direction's error
_A = len(ANGLES)


@dataclass(frozen=True)
class State:
    """Angles (F, A), root (F, 3), tracked points (F, K, 3) and their derivatives (F, K, 3, n)."""

    angles: Array
    root: Array
    points: Array
    slopes: Array
    hardness: float = 1.0


Residual = tuple[Array, Array]


class Term(Protocol):
    """One goal: residuals (F, m) and their derivatives (F, m, n)."""

    def evaluate(self, state: State) -> Residual: ...


def _flat(residual: Array, slopes: Array, weight: float) -> Residual:
    """(F, k, 3) and (F, k, 3, n) as one list of residuals."""
    frames = residual.shape[0]
    flat = residual.reshape(frames, -1) * weight
    return flat, slopes.reshape(frames, flat.shape[1], -1) * weight


@dataclass(frozen=True)
class Level:
    """Points `which` (k) lie on the ground where `active` (F, k) is 1."""

    which: list[int]
    active: Array

    def evaluate(self, state: State) -> Residual:
        on = self.active * (HARD * state.hardness)
        height = state.points[:, self.which, 1]
        return height * on, state.slopes[:, self.which, 1] * on[..., None]


@dataclass(frozen=True)
class Anchored:
    """Points `which` (k) stay at `targets` (F, k, 3) in the ground plane where `active` is 1."""

    which: list[int]
    targets: Array
    active: Array

    def evaluate(self, state: State) -> Residual:
        on = self.active[..., None]
        off = (state.points[:, self.which] - self.targets)[..., [0, 2]] * on
        return _flat(
            off, state.slopes[:, self.which][..., [0, 2], :] * on[..., None], HARD * state.hardness
        )


@dataclass(frozen=True)
class Resting:
    """Points `which` (k) rest on a `surface` of a prop."""

    which: list[int]
    prop: Prop
    surface: str
    active: Array

    def evaluate(self, state: State) -> Residual:
        on = self.active[..., None]
        points = state.points[:, self.which]
        off = (points - nearest(self.prop, points, self.surface)) * on
        slopes = held(self.prop, points, self.surface) @ state.slopes[:, self.which]
        return _flat(off, slopes * on[..., None], HARD * state.hardness)


@dataclass(frozen=True)
class Together:
    """Point `a` meets point `b`, or keeps `gap` [m] from it, where `active` (F) is 1."""

    a: int
    b: int
    gap: float
    active: Array

    def evaluate(self, state: State) -> Residual:
        between = state.points[:, self.a] - state.points[:, self.b]
        slopes = state.slopes[:, self.a] - state.slopes[:, self.b]
        on = self.active[:, None] * (HARD * state.hardness)
        if self.gap == 0:
            return between * on, slopes * on[..., None]
        length = np.linalg.norm(between, axis=-1, keepdims=True)
        toward = between / np.maximum(length, 1e-9)
        along = np.einsum("fi,fin->fn", toward, slopes)[:, None]
        return (length - self.gap) * on, along * on[..., None]


@dataclass(frozen=True)
class Pointing:
    """The line from point `a` to point `b` (one metre apart) runs along `to` (3)."""

    a: int
    b: int
    to: Array
    active: Array

    def evaluate(self, state: State) -> Residual:
        on = self.active[:, None] * POINT
        off = state.points[:, self.b] - state.points[:, self.a] - self.to
        return off * on, (state.slopes[:, self.b] - state.slopes[:, self.a]) * on[..., None]


@dataclass(frozen=True)
class AboveFloor:
    """No point in `which` is below the ground; `slack` [m] of soft flesh costs nothing."""

    which: list[int]
    slack: float = 0.001

    def evaluate(self, state: State) -> Residual:
        depth = np.minimum(state.points[:, self.which, 1] + self.slack, 0.0)
        below = (depth < 0)[..., None]
        weight = FLOOR * state.hardness
        return depth * weight, np.where(below, state.slopes[:, self.which, 1], 0.0) * weight


@dataclass(frozen=True)
class KeepClear:
    """The capsules between points `ends` (p, 4: a, b, c, d) stay `apart` (p) [m]."""

    ends: NDArray[np.intp]
    apart: Array

    def evaluate(self, state: State) -> Residual:
        a, b, c, d = (state.points[:, column] for column in self.ends.T)
        s, t = capsules.nearest(a, b, c, d)
        shares = np.stack([1 - s, s, t - 1, -t], axis=-1)
        between = np.einsum("fpe,fpei->fpi", shares, state.points[:, self.ends])
        distance = np.linalg.norm(between, axis=-1)
        overlap = np.maximum(self.apart - distance, 0.0) * (CLEAR * state.hardness)
        slopes = np.zeros((*overlap.shape, _A + 3))
        for pair in np.flatnonzero(overlap.max(axis=0) > 0):
            away = between[:, pair] / np.maximum(distance[:, pair, None], 1e-9)
            moved = state.slopes[:, self.ends[pair]]
            rate = np.einsum("fi,fe,fein->fn", away, shares[:, pair], moved)
            active = (overlap[:, pair] > 0)[:, None]
            slopes[:, pair] = np.where(active, -rate * CLEAR * state.hardness, 0.0)
        return overlap, slopes


@dataclass(frozen=True)
class InRange:
    """No joint leaves its range."""

    def evaluate(self, state: State) -> Residual:
        over = np.maximum(state.angles - HIGH, 0.0) + np.minimum(state.angles - LOW, 0.0)
        slopes = np.zeros((*over.shape, _A + 3))
        index = np.arange(_A)
        slopes[:, index, index] = np.where(over != 0, RANGE, 0.0)
        return over * RANGE, slopes


@dataclass(frozen=True)
class Habit:
    """Angles stay near `angles` (F, A) and the root near `root` (F, 3), each with its weight."""

    angles: Array
    root: Array
    stiffness: Array
    root_stiffness: Array

    def evaluate(self, state: State) -> Residual:
        off = np.concatenate([state.angles - self.angles, state.root - self.root], axis=1)
        weights = np.concatenate([self.stiffness, self.root_stiffness])
        slopes = np.broadcast_to(np.diag(weights), (off.shape[0], _A + 3, _A + 3))
        return off * weights, slopes


@dataclass(frozen=True)
class Balanced:
    """The centre of mass stands over its support.

    `which` (k) points carry `shares` (F, k): the mass of each, less the share of the support each
    support point gives, so that the weighted sum is centre of mass minus centre of support.
    `ways` (2, 2) leaves of that sum, along X and Z, what has to vanish.
    """

    which: list[int]
    shares: Array
    ways: Array

    def evaluate(self, state: State) -> Residual:
        points, slopes = state.points[:, self.which], state.slopes[:, self.which]
        off = np.einsum("fk,fki->fi", self.shares, points)[:, [0, 2]]
        change = np.einsum("fk,fkin->fin", self.shares, slopes)[:, [0, 2]]
        return off @ self.ways * BALANCE, self.ways @ change * BALANCE
