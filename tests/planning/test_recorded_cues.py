# SPDX-License-Identifier: Apache-2.0
"""Recorded cues reach the timeline; a cue without one is spoken."""

from hipfirst.planning.resolve import Assets, resolve
from planning.make import make_assets, make_exercise, make_session, make_slot


def test_each_rung_brings_its_own_recordings():
    clam = make_exercise("clam")
    assets = {"clam": Assets("c", "s", "a", {"move": "/media/p/clam-move.0.mp3"})}
    (slot,) = resolve(make_session(make_slot("clam")), {"clam": clam}, assets).slots
    assert slot.rungs[0].audio == {"move": "/media/p/clam-move.0.mp3"}


def test_without_recordings_nothing_is_promised():
    clam = make_exercise("clam")
    (slot,) = resolve(make_session(make_slot("clam")), {"clam": clam}, make_assets(clam)).slots
    assert slot.rungs[0].audio == {}
