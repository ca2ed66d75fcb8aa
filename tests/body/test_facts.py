# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from body.strategies import leg_raise, stand
from hipfirst.body.facts import facts
from hipfirst.body.mirroring import mirror_motion
from hipfirst.body.solve import solve


def test_lying_on_the_back_raising_the_right_leg():
    seen = facts(solve(leg_raise()))
    assert (seen.facing, seen.side, seen.on_floor, seen.kneels) == ("up", "right", True, False)
    assert seen.seconds == pytest.approx(1.6)


def test_the_other_side_works_in_the_mirror():
    assert facts(solve(mirror_motion(leg_raise()))).side == "left"


def test_standing_at_a_chair():
    seen = facts(solve(stand()))
    assert (seen.facing, seen.side, seen.on_floor, seen.kneels) == ("ahead", None, False, False)


def test_prone_on_the_kneecaps_is_not_kneeling():
    from hipfirst.body.motion import Contact  # noqa: PLC0415

    marks = ("pubis", "sternum", "kneecap-left", "kneecap-right")
    prone = leg_raise(
        orientation="prone",
        side=None,
        poses={"down": {}, "up": {}},
        contacts=(Contact("mat", marks),),
    )
    seen = facts(solve(prone))
    assert (seen.facing, seen.kneels, seen.on_floor) == ("down", False, True)
    assert np.isfinite(seen.seconds)
