# SPDX-License-Identifier: Apache-2.0
"""Motions as written: every exercise has one, it makes sense, and it uses the kit it says.

What only the solved motion shows (angles out of range, feet that slide) `bake` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from hipfirst.body.errors import AngleOutOfRangeError, InvalidMotionError, UnknownNameError
from hipfirst.body.joints import ANGLES
from hipfirst.body.props import KINDS
from hipfirst.packs.documents import Exercise
from hipfirst.packs.motion_document import LOADS, MotionDocument, to_motion
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.problems import Problem, choices
from hipfirst.packs.source import Location
from hipfirst.packs.vocabulary import COMFORT, KIT

_SPANS = {
    angle.name.removesuffix("_right"): (np.degrees(angle.low), np.degrees(angle.high))
    for angle in ANGLES
}
"""Range of each angle as documents name it [deg]; both sides have the same."""


def motion_rule(pack: Pack) -> Iterator[Problem]:
    """Every exercise has a motion that can be solved and that uses what its `kit` lists."""
    for filed in pack.documents:
        if isinstance(filed.document, Exercise):
            if filed.document.motion is None:
                yield filed.problem(("motion",), "no motion", "poses, phases and contacts")
            else:
                yield from _sound(filed, filed.document, filed.document.motion)
                yield from _kit(filed, filed.document, filed.document.motion)


def _sound(filed: Filed, exercise: Exercise, motion: MotionDocument) -> Iterator[Problem]:
    beyond = list(_angles(filed, motion))
    yield from beyond
    try:
        to_motion(motion, exercise.slug, exercise.position)
    except InvalidMotionError as error:
        if not (beyond and isinstance(error, AngleOutOfRangeError)):
            yield filed.problem(_place(filed, error.where), *_said(error))


def _angles(filed: Filed, motion: MotionDocument) -> Iterator[Problem]:
    """Every angle of a pose that its joint does not give."""
    for name, pose in motion.poses.items():
        for part in ("both", "left", "right", "middle"):
            for angle, given in getattr(pose, part).items():
                span = _SPANS.get(angle)
                if span and not span[0] - 1e-6 <= given <= span[1] + 1e-6:
                    place = ("motion", "poses", name, part, angle)
                    allowed = f"{span[0]:.0f} to {span[1]:.0f} deg"
                    yield filed.problem(place, f"{given:g}", allowed)


def _said(error: InvalidMotionError) -> tuple[str, str]:
    """What was given and what is allowed, as far as the error keeps them apart."""
    if isinstance(error, UnknownNameError):
        return error.given, choices(error.given, error.allowed)
    given, found, allowed = error.problem.partition(", allowed ")
    return (given, allowed) if found else ("", error.problem)


def _place(filed: Filed, where: str) -> Location:
    """`clam: poses.open.left` as far as it is a place in the file."""
    location: Location = ("motion",)
    for word in re.split(r"[:.\s]+", where):
        part = int(word) if word.isdigit() else word
        if (*location, part) in filed.tree.lines:
            location = (*location, part)
    return location


def _kit(filed: Filed, exercise: Exercise, motion: MotionDocument) -> Iterator[Problem]:
    used: set[str] = {prop.kind for prop in motion.props} | {load.kind for load in motion.loads}
    used |= {str(contact.surface) for contact in motion.contacts if contact.surface in KIT}
    listed: set[str] = set(exercise.kit)
    for kind in sorted(used - listed):
        yield filed.problem(("kit",), f"no {kind}", f"{kind}, because the motion uses it")
    for kind in sorted((listed - used) & ({*KINDS, *LOADS} - COMFORT)):
        yield filed.problem(("kit",), kind, f"a motion with a {kind}, or kit without it")
