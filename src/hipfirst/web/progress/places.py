# SPDX-License-Identifier: Apache-2.0
"""Places for the words of a picture: beside what they name, and off what is drawn already.

Words try their places in turn and stand at the first that is free. Where none is, they stand where
they cover least: of lines rather than of marks and other words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
SIGN = 8.5
"""Width that one sign is given; real ones are narrower on the average."""
ABOVE, BELOW = 14.0, 4.0
"""How far letters reach above and below the line on which they stand."""
_MARK, _LINE = 10.0, 1.0
"""How bad it is to cover a part of a mark or of words, and of a line."""
_PIECE = 6.0
"""A slanting line takes its place in pieces of about this height, or width."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """Area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)


class Place(NamedTuple):
    """Where words stand: on the line `y`, from, around or up to `x`."""

    x: float
    y: float
    anchor: Anchor

    def box(self, words: str) -> Box:
        width = len(words) * SIGN
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * width
        return Box(left, self.y - ABOVE, left + width, self.y + BELOW)


@dataclass
class Places:
    """What stands on a picture so far. Words stay within `inside`."""

    inside: Box
    _taken: list[tuple[Box, float]] = field(default_factory=list)

    def mark(self, x: float, y: float, size: float) -> None:
        """A mark that reaches `size` to each side."""
        self._taken.append((Box(x - size, y - size, x + size, y + size), _MARK))

    def line(self, x1: float, y1: float, x2: float, y2: float, *, width: float) -> None:
        pieces = max(1, round(min(abs(x2 - x1), abs(y2 - y1)) / _PIECE))
        ends = [(x1 + (x2 - x1) * n / pieces, y1 + (y2 - y1) * n / pieces) for n in range(pieces)]
        half = width / 2
        for (ax, ay), (bx, by) in pairwise([*ends, (x2, y2)]):
            left, right = sorted((ax, bx))
            top, bottom = sorted((ay, by))
            box = Box(left - half, top - half, right + half, bottom + half)
            self._taken.append((box, _LINE))

    def put(self, words: str, tried: Iterable[Place], *, clear: float = 0) -> Place:
        """The place for these words, which is taken from now on. Needs one place at least.

        `clear`: to what stands left and right; half of it to marks and words above and below.
        """
        best, least = None, float("inf")
        for place in tried:
            covered = self._covered(place.box(words), clear)
            if covered < least:
                best, least = place, covered
            if not covered:
                break
        if best is None:
            raise ValueError(f"{words!r} has no place to try; at least one is needed")
        self._taken.append((best.box(words), _MARK))
        return best

    def _covered(self, box: Box, clear: float) -> float:
        outside = box.shared(box) - box.shared(self.inside)
        wide = box._replace(left=box.left - clear, right=box.right + clear)
        free = wide._replace(top=box.top - clear / 2, bottom=box.bottom + clear / 2)
        return outside * _MARK * 10 + sum(
            (free if bad == _MARK else wide).shared(each) * bad for each, bad in self._taken
        )
