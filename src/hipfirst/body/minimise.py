# SPDX-License-Identifier: Apache-2.0
"""Levenberg-Marquardt for many small least-squares problems at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from hipfirst.body.skeleton import Array

Problem = Callable[[Array], tuple[Array, Array]]
"""Unknowns (F, n) to residuals (F, m) and their derivatives (F, m, n)."""


def minimise(problem: Problem, start: Array, steps: int = 40) -> Array:
    """Unknowns (F, n) that make each frame's sum of squares least, from `start` (F, n).

    Frames don't know of each other: a frame that no longer improves waits for the rest.
    """
    x = start.copy()
    residual, slopes = problem(x)
    cost = np.sum(residual**2, axis=1)
    damping = np.full(len(x), 1e-3)
    for _ in range(steps):
        step = _step(residual, slopes, damping)
        tried, tried_slopes = problem(x + step)
        tried_cost = np.sum(tried**2, axis=1)
        better = tried_cost < cost
        gain = np.where(better, cost - tried_cost, 0.0)
        x = np.where(better[:, None], x + step, x)
        residual = np.where(better[:, None], tried, residual)
        slopes = np.where(better[:, None, None], tried_slopes, slopes)
        cost = np.where(better, tried_cost, cost)
        damping = np.clip(np.where(better, damping * 0.2, damping * 8), 1e-12, 1e6)
        settled = np.where(better, gain < 1e-6 * (1e-2 + cost), damping > 1e3)
        if np.all(settled):
            break
    return x


def _step(residual: Array, slopes: Array, damping: Array) -> Array:
    turned = np.swapaxes(slopes, 1, 2)
    curvature = turned @ slopes
    downhill = -(turned @ residual[..., None])
    diagonal = np.einsum("fii->fi", curvature)
    index = np.arange(curvature.shape[1])
    curvature[:, index, index] += damping[:, None] * (diagonal + 1e-3)
    return np.asarray(np.linalg.solve(curvature, downhill)[..., 0])
