# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

from hipfirst.packs.documents import Manifest
from hipfirst.packs.pack import Filed, Pack
from hipfirst.packs.source import parse
from hipfirst.planning.length import length_problems
from planning.make import make_exercise, make_session, make_slot


def pack_of(session, *exercises):
    fields = {"slug": "p", "name": "P", "version": "1.0.0", "licence": "X", "summary": "S"}
    manifest = Manifest.model_validate({"format": 1, "authors": ["A"], **fields})
    filed = [Filed("session", "sessions/short.yaml", session, parse("minutes: []"))]
    filed += [Filed("exercise", f"exercises/{e.slug}.yaml", e, parse("")) for e in exercises]
    return Pack(Path(), manifest, tuple(filed))


def test_a_session_within_its_minutes_is_fine():
    session = make_session(make_slot("lift"))
    assert not list(length_problems(pack_of(session, make_exercise("lift"))))


def test_a_session_that_takes_longer_than_it_says():
    session = make_session(make_slot("lift", sets=20)).model_copy(update={"minutes": (1, 5)})
    (problem,) = length_problems(pack_of(session, make_exercise("lift")))
    assert (problem.file, problem.field) == ("sessions/short.yaml", "minutes")
    assert problem.given == "1 to 5"
    assert "21.8" in problem.allowed


def test_a_session_that_cannot_be_timed_is_left_to_the_check():
    session = make_session(make_slot("lift"))
    assert not list(length_problems(pack_of(session)))
    assert not list(length_problems(pack_of(session, make_exercise("lift", motion=None))))
    swing = make_exercise("lift", seconds=[("out", 1, False)])
    held = make_session(make_slot("lift", work={"hold_s": 10}))
    assert not list(length_problems(pack_of(held, swing)))
