# SPDX-License-Identifier: Apache-2.0
"""Whether every session of a pack takes as long as it says."""

from __future__ import annotations

from collections.abc import Iterator

from hipfirst.packs.documents import Session
from hipfirst.packs.pack import Pack
from hipfirst.packs.problems import Problem
from hipfirst.packs.slots import has_hold, work_of
from hipfirst.planning.resolve import session_seconds


def length_problems(pack: Pack) -> Iterator[Problem]:
    """Sessions outside their declared minutes. Those that can't be timed yet are left out: their
    faults are already in the list of `check_pack`.
    """
    for filed in pack.documents:
        if isinstance(filed.document, Session) and _timeable(filed.document, pack):
            shortest, longest = filed.document.minutes
            minutes = session_seconds(filed.document, pack.exercises) / 60
            if not shortest <= minutes <= longest:
                allowed = f"minutes around {minutes:.1f}, or other work, sets and rests"
                yield filed.problem(("minutes",), f"{shortest} to {longest}", allowed)


def _timeable(session: Session, pack: Pack) -> bool:
    for slot in (slot for block in session.blocks for slot in block.slots):
        exercise = pack.exercises.get(slot.exercise)
        if exercise is None or exercise.motion is None:
            return False
        if work_of(slot.exercise, slot).hold_s is not None and not has_hold(exercise):
            return False
    return True
