# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a motion or a clip.

BodyError
├── InvalidMotionError          the motion as written makes no sense
│   ├── UnknownNameError        a pose, phase, angle, landmark, surface ... that does not exist
│   ├── AngleOutOfRangeError    a key pose asks for more than the joint gives
│   └── NotPeriodicError        the last phase does not come back to the start
├── RejectedMotionError         the motion as solved is not a movement a body can do
│   ├── ContactLostError        a contact is not on its surface
│   ├── ContactSlidesError      a locked contact moves along its surface
│   ├── TouchLostError          two points that should touch do not
│   ├── LimitExceededError      the solver had to leave a joint's range
│   ├── FloorPenetratedError    a point of the skin is below the floor
│   ├── SeatPenetratedError     a point of the skin is inside the seat of a chair
│   ├── BodyPenetratedError     two segments run through each other
│   ├── OutOfBalanceError       standing, with the centre of mass outside the base of support
│   ├── TooFastError            a joint or the pelvis moves faster than an exercise does
│   ├── LoopOpenError           the last frame does not lead into the first
│   └── PositionContradictedError   what was declared is not what the motion shows
└── InvalidClipError            a clip file that cannot be read
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Self


class BodyError(ValueError):
    """Root of everything this room raises on purpose."""


class InvalidMotionError(BodyError):
    """The motion as written makes no sense; `where` leads to the place in it."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}" if where else problem)
        self.where = where
        self.problem = problem

    def inside(self, place: str) -> Self:
        """The same error, said to be inside `place` (a file or slug) unless it says so already."""
        if not self.where.startswith(place):
            self.where = f"{place}: {self.where}" if self.where else place
            self.args = (f"{self.where}: {self.problem}",)
        return self


class UnknownNameError(InvalidMotionError):
    """A name that does not exist. The message lists near matches, then what is allowed."""

    def __init__(self, where: str, kind: str, given: str, allowed: Iterable[str]) -> None:
        names = sorted(allowed)
        near = difflib.get_close_matches(given, names, n=3, cutoff=0.5)
        guess = f"; did you mean {' or '.join(near)}?" if near else ""
        listed = ", ".join(names) if names else "none"
        super().__init__(where, f"{given!r} is no {kind}{guess} (allowed: {listed})")
        self.given = given
        self.allowed = tuple(names)
        self.near = tuple(near)


class AngleOutOfRangeError(InvalidMotionError):
    """A key pose asks for more than the joint gives [deg]."""

    def __init__(self, where: str, angle: str, given: float, allowed: tuple[float, float]) -> None:
        low, high = allowed
        super().__init__(where, f"{angle} is {given:.0f} deg, allowed {low:.0f} to {high:.0f} deg")


class NotPeriodicError(InvalidMotionError):
    """The last phase does not come back to the start."""

    def __init__(self, where: str, start: str, end: str) -> None:
        super().__init__(
            where, f"the last phase ends in pose {end!r}; it must end in the start pose {start!r}"
        )


class RejectedMotionError(BodyError):
    """One reason why a solved motion is no movement a body can do.

    `subject` is the joint, landmark or pair; `frame` the frame where it is worst, or None.
    """

    what = "is wrong"

    def __init__(self, motion: str, subject: str, detail: str, frame: int | None = None) -> None:
        at = "" if frame is None else f", frame {frame}"
        super().__init__(f"{motion}{at}: {subject} {self.what}: {detail}")
        self.motion = motion
        self.subject = subject
        self.frame = frame


class ContactLostError(RejectedMotionError):
    what = "leaves its surface"


class ContactSlidesError(RejectedMotionError):
    what = "slides although it is locked"


class TouchLostError(RejectedMotionError):
    what = "do not stay together"


class LimitExceededError(RejectedMotionError):
    what = "leaves its range"


class FloorPenetratedError(RejectedMotionError):
    what = "is below the floor"


class SeatPenetratedError(RejectedMotionError):
    what = "is inside the seat"


class BodyPenetratedError(RejectedMotionError):
    what = "run through each other"


class OutOfBalanceError(RejectedMotionError):
    what = "is outside the base of support"


class TooFastError(RejectedMotionError):
    what = "moves too fast"


class LoopOpenError(RejectedMotionError):
    what = "does not return to where it began"


class PositionContradictedError(RejectedMotionError):
    what = "contradicts the motion"


class InvalidClipError(BodyError):
    """A clip file that cannot be read; says which file and field."""
