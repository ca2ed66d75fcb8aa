# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with recorded cues."""

import pytest


def recording(cue="move", file="audio/lift-move.mp3"):
    return {"cue": cue, "file": file, "licence": "CC-BY-4.0", "credit": "A coach"}


@pytest.fixture
def audio(tree):
    """`audio(name, content)`: a file in the folder of recordings."""

    def write(name, content=b"ID3 sound"):
        path = tree.root / "audio" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write


def test_a_recording_that_is_there(tree, audio):
    audio("lift-move.mp3")
    audio("deep/lift-breathe.m4a")
    tree.exercise(
        "lift", recordings=[recording(), recording("breathe", "audio/deep/lift-breathe.m4a")]
    )
    assert tree.problems == ()


def test_a_recording_that_is_not_there(tree, audio):
    audio("lift-moves.mp3")
    tree.exercise("lift", recordings=[recording()])
    problem = tree.problem
    assert (problem.file, problem.field) == ("exercises/lift.yaml", "recordings[0].file")
    assert problem.given == "audio/lift-move.mp3"
    assert problem.allowed == "audio/lift-moves.mp3 (did you mean audio/lift-moves.mp3?)"


def test_a_pack_without_any_recordings(tree):
    tree.exercise("lift", recordings=[recording()])
    assert tree.problem.allowed == "a file in the folder audio of the pack"


def test_an_empty_file_is_no_recording(tree, audio):
    audio("lift-move.mp3", b"")
    tree.exercise("lift", recordings=[recording()])
    assert tree.problem.field == "recordings[0].file"


def test_a_recording_may_not_lie_outside(tree, audio, tmp_path_factory):
    secret = tmp_path_factory.mktemp("outside") / "secret.mp3"
    secret.write_bytes(b"sound")
    link = audio("lift-move.mp3")
    link.unlink()
    link.symlink_to(secret)
    tree.exercise("lift", recordings=[recording()])
    assert tree.problem.field == "recordings[0].file"


def test_a_cue_recorded_twice(tree, audio):
    audio("lift-move.mp3")
    tree.exercise("lift", recordings=[recording(), recording()])
    problem = tree.problem
    assert (problem.field, problem.given) == ("recordings[1].cue", "move")
    assert problem.allowed == "one recording for each cue"
