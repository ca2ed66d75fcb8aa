# SPDX-License-Identifier: Apache-2.0
"""What each ladder did, both sides beside each other: the same on the page and on the sheet."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hipfirst.outcomes.strength import Gained, Harder
from hipfirst.web.progress import sentences
from hipfirst.web.progress.log import Log

_ANOTHER_RUNG = 100.0
"""Another movement is more of a change than any number of repetitions."""
_ORDER = ("left", "right", "both")


@dataclass(frozen=True)
class SideSaid:
    """One side, or both where the same is true of them."""

    side: str
    says: str
    up: bool
    """A harder movement, or more of the same one."""


@dataclass(frozen=True)
class Rungs:
    """One ladder. Left and right stand together, so that none seems to have done nothing."""

    said: tuple[SideSaid, ...]
    changed: bool
    """On a side at least."""


def rungs_of(log: Log) -> tuple[Rungs, ...]:
    """What changed most comes first; of equals, what was worked last."""
    ladders = sorted(_ladders(log.gained, log.harder), key=_change, reverse=True)
    return tuple(_said(ladder, log) for ladder in ladders)


def _ladders(gained: Iterable[Gained], harder: Harder) -> list[list[Gained]]:
    """Left and right of the same ladder together."""
    found: list[list[Gained]] = []
    for each in gained:
        mate = next((ladder for ladder in found if _is_mate(ladder, each, harder)), None)
        if mate is None:
            found.append([each])
        else:
            mate.append(each)
    return [sorted(ladder, key=lambda each: _ORDER.index(each.side)) for ladder in found]


def _is_mate(ladder: Sequence[Gained], each: Gained, harder: Harder) -> bool:
    one = ladder[0]
    if len(ladder) > 1 or {one.side, each.side} != {"left", "right"}:
        return False
    others = {one.first.movement, one.now.movement}
    own = {each.first.movement, each.now.movement}
    return any(
        a == b or a in harder.get(b, ()) or b in harder.get(a, ()) for a in own for b in others
    )


def _change(ladder: Iterable[Gained]) -> float:
    return max(map(_change_of, ladder))


def _change_of(gained: Gained) -> float:
    if gained.step == "same":
        return 0
    if gained.step in {"harder", "easier"}:
        return _ANOTHER_RUNG
    return abs(math.log(max(gained.now.amount, 1) / max(gained.first.amount, 1)))


def _said(ladder: Sequence[Gained], log: Log) -> Rungs:
    said = tuple(
        SideSaid(
            sentences.side_name(each.side),
            sentences.strength(each, log.names),
            up=each.step in {"harder", "more"},
        )
        for each in ladder
    )
    if len({each.says for each in said}) == 1 < len(said):
        said = (SideSaid(_("Left and right"), said[0].says, said[0].up),)
    return Rungs(said, changed=any(each.step != "same" for each in ladder))
