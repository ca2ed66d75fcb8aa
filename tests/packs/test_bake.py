# SPDX-License-Identifier: Apache-2.0
import json
import shutil

import pytest

from hipfirst.cli import main
from hipfirst.packs.bake.bake import bake_pack, motion_problems, stale
from hipfirst.packs.bake.index import FILES, FOLDER, INDEX, input_hash, read_index, write_file
from hipfirst.packs.check import inspect_pack
from packs.conftest import MANIFEST, Tree

LEG = {"hip_flexion": 56, "knee_flexion": 118, "hip_abduction": 3, "ankle_dorsiflexion": -28}
ARMS = {"shoulder_flexion": -10, "shoulder_abduction": 22, "forearm_pronation": 85}
QUICK = {
    "side": "right",
    "start": "down",
    "poses": {
        "down": {"both": ARMS, "left": LEG, "right": {"hip_flexion": 8}},
        "up": {"extends": "down", "right": {"hip_flexion": 13}},
    },
    "phases": [
        {"name": "lift", "to": "up", "seconds": 0.15},
        {"name": "hold", "seconds": 0.1, "hold": True},
        {"name": "lower", "to": "down", "seconds": 0.15},
    ],
    "contacts": [
        {"surface": "mat", "points": ["foot-left", "occiput", "buttock-left", "buttock-right"]},
        {"surface": "mat", "points": ["shoulder-blade-left", "shoulder-blade-right"]},
    ],
    "props": [{"kind": "mat"}],
    "camera": {"azimuth_deg": 65, "elevation_deg": 14},
}
"""A movement of eight frames: long enough to be solved and drawn, short enough for a test."""


SLOT = {"id": "one", "exercise": "lift", "work": {"reps": 99}, "sides": "each", "why": "W."}


@pytest.fixture
def quick(tree):
    """A pack whose only exercise is solved in a moment."""
    tree.exercise("lift", motion=QUICK)
    tree.session(blocks=[{"title": "B", "slots": [SLOT]}])
    return tree


@pytest.fixture(scope="module")
def baked_once(tmp_path_factory):
    """A pack of two exercises, baked by the command; only for copying."""
    tree = Tree(tmp_path_factory.mktemp("baked") / "pack")
    tree.write("pack.yaml", MANIFEST)
    tree.exercise("lift", motion=QUICK)
    tree.exercise("two", motion=QUICK)
    assert main(["bake", str(tree.root), "--jobs", "1"]) == 0
    return tree


@pytest.fixture
def baked(baked_once, tmp_path):
    """The baked pack, free to be changed."""
    return Tree(shutil.copytree(baked_once.root, tmp_path / "baked"))


def files(tree):
    folder = tree.root / FOLDER
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_each_exercise_has_three_files_and_an_entry(baked):
    made = {path.format(slug) for slug in ("lift", "two") for path in FILES.values()}
    assert set(files(baked)) == {INDEX, *made}
    entry = read_index(baked.root)["lift"]
    assert (entry["side"], entry["kneels"], entry["on_floor"]) == ("right", False, True)
    assert entry["seconds"] == 0.4
    assert [phase["name"] for phase in entry["phases"]] == ["lift", "hold", "lower"]
    assert json.loads(files(baked)[entry["clip"]])["frames"] == 8
    assert all(files(baked)[entry[kind]][8:12] == b"WEBP" for kind in ("still", "animation"))


def test_the_same_pack_gives_the_same_bytes_with_any_number_of_processes(baked):
    before = files(baked)
    assert bake_pack(baked.pack, jobs=2, force=True).made == ("lift", "two")
    assert files(baked) == before


def test_what_is_fresh_is_left_alone(baked):
    assert stale(baked.pack) == ()
    assert bake_pack(baked.pack).fresh == ("lift", "two")


def test_a_missing_file_makes_its_exercise_stale(baked):
    (baked.root / FOLDER / FILES["still"].format("lift")).unlink()
    assert stale(baked.pack) == ("lift",)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_that_was_damaged_makes_its_exercise_stale(baked, kind):
    path = baked.root / FOLDER / FILES[kind].format("two")
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert stale(baked.pack) == ("two",)


def test_what_an_exercise_depends_on(quick):
    def now():
        return input_hash(quick.pack.exercises["lift"])

    before = now()
    quick.exercise("lift", motion=QUICK, name="Other words")
    assert now() == before
    helps = [{"muscle": "calf", "role": "helps", "side": "both"}]
    quick.exercise("lift", motion=QUICK, muscles=helps)
    assert now() != before
    quick.exercise("lift", motion={**QUICK, "camera": {"azimuth_deg": 0, "elevation_deg": 9}})
    assert now() != before


def test_an_index_that_cannot_be_read_makes_everything_stale(quick):
    for text in ("", "[]", '{"exercises": 3}', '{"exercises": {"lift": 3}}', "\x00"):
        write_file(quick.root / FOLDER / INDEX, text.encode())
        assert stale(quick.pack) == ("lift",)


def test_what_has_no_exercise_any_more_is_removed(baked):
    (baked.root / "exercises/two.yaml").unlink()
    assert stale(baked.pack) == ("two",)
    report = bake_pack(baked.pack)
    assert report.removed == tuple(path.format("two") for path in FILES.values())
    assert set(read_index(baked.root)) == {"lift"}
    assert stale(baked.pack) == ()


def test_a_broken_document_keeps_what_was_baked_of_it(baked):
    before = files(baked)
    baked.exercise("two", motion=QUICK, level=3)
    assert main(["bake", str(baked.root), "lift"]) == 0
    assert files(baked) == before
    assert stale(inspect_pack(baked.root)[0]) == ()


def test_a_body_that_cannot_do_it_is_not_baked(quick):
    poses = {**QUICK["poses"], "up": {"extends": "down", "right": {"hip_flexion": 70}}}
    quick.exercise("lift", motion={**QUICK, "poses": poses})
    report = bake_pack(quick.pack, jobs=1)
    assert (report.made, read_index(quick.root)) == ((), {})
    assert {(p.file, p.field) for p in report.problems} == {("exercises/lift.yaml", "motion")}
    (fast,) = (p for p in report.problems if "hip_flexion_right moves too fast" in p.given)
    assert fast.given.startswith("frame ")
    assert fast.allowed == "260"


def test_a_side_that_the_motion_contradicts(quick):
    quick.exercise("lift", motion={**QUICK, "side": "left"})
    (problem,) = motion_problems(quick.pack, jobs=1)
    assert problem.given == "side 'left' contradicts the motion: the right leg moves clearly more"


def test_the_command_has_nothing_to_do_twice(baked, capsys):
    assert main(["bake", str(baked.root), "lift"]) == 0
    assert "0 baked, 1 fresh" in capsys.readouterr().out


def test_the_command_knows_which_exercises_there_are(quick, capsys):
    assert main(["bake", str(quick.root), "lfit"]) == 2
    assert "no such exercise: lfit; there are lift" in capsys.readouterr().err


def test_the_command_bakes_nothing_from_a_broken_pack(quick, capsys):
    quick.exercise("lift", level="huge")
    assert main(["bake", str(quick.root)]) == 1
    assert "level: huge" in capsys.readouterr().err
    assert not (quick.root / FOLDER).exists()
