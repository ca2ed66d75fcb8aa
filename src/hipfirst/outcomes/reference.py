# SPDX-License-Identifier: Apache-2.0
"""The trial that stands beside one's own weeks, as few numbers as it gives: two per group.

Card `dolak-2011`. Nothing lies between its two points, and nothing after them: the paper's means of
pain at the start and after 8 weeks were not to be had. The start follows from how much pain fell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["hip", "thigh"]


@dataclass(frozen=True)
class Mean:
    """Mean pain of one group, on a line of 10 cm."""

    week: int
    pain: float
    sd: float | None = None
    """Standard deviation between the people; None: not told."""
    derived: bool = False
    """Not told by the paper: it follows from the mean at 4 weeks and how much pain had fallen."""


@dataclass(frozen=True)
class Arm:
    group: Group
    start: Mean
    after: Mean


@dataclass(frozen=True)
class Trial:
    card: str
    """Slug of its evidence card."""
    others: tuple[str, ...]
    """Cards of trials that found something else."""
    people: int
    youngest: int
    oldest: int
    arms: tuple[Arm, ...]

    @property
    def gap(self) -> float:
        """Between the groups at the second point [cm]."""
        hip, thigh = (arm.after.pain for arm in self.arms)
        return round(thigh - hip, 1)


DOLAK = Trial(
    card="dolak-2011",
    others=("hott-2019",),
    people=33,
    youngest=16,
    oldest=35,
    arms=(
        Arm("hip", Mean(0, 4.2, derived=True), Mean(4, 2.4, sd=2.0)),
        Arm("thigh", Mean(0, 4.2, derived=True), Mean(4, 4.1, sd=2.5)),
    ),
)
