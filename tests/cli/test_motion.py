# SPDX-License-Identifier: Apache-2.0
import json
import shutil

import numpy as np
import pytest
from PIL import Image

from hipfirst.body import skeleton
from hipfirst.cli import main
from hipfirst.cli.motion import STARTER

QUICK = "straight-leg-raise"


def test_every_frame_can_be_had_as_numbers(capsys):
    assert main(["motion", QUICK, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    frames, joints = told["frames"], len(skeleton.NAMES)
    assert told["joints"] == list(skeleton.NAMES)
    assert np.shape(told["rotations"]) == (frames, joints, 4)
    assert np.shape(told["positions"]) == (frames, joints, 3)
    assert told["phases"][-1]["end"] == frames
    placed, _ = skeleton.forward(np.array(told["root"]), np.array(told["rotations"]))
    assert np.allclose(placed, told["positions"], atol=1e-4)
    assert {"landmark", "surface", "locked", "during"} == set(told["contacts"][0])


def test_it_says_how_long_the_phases_last(capsys):
    assert main(["motion", QUICK, "--mirror"]) == 0
    assert "110 frames, 5.5 s (lift 2 s, hold 1 s" in capsys.readouterr().out


def test_a_strip_is_drawn(tmp_path):
    file = tmp_path / "strip.png"
    assert main(["motion", QUICK, "--strip", str(file)]) == 0
    with Image.open(file) as strip:
        assert strip.width > strip.height
        assert len(strip.convert("RGB").getcolors(1 << 24)) > 500


@pytest.mark.parametrize("slug", ["straight-leg-rise", "bridge.yaml"])
def test_an_unknown_exercise_lists_those_there_are(slug, capsys):
    assert main(["motion", slug]) == 2
    assert f"no exercise {slug!r}" in (said := capsys.readouterr().err)
    assert "bridge-march" in said


def test_a_broken_exercise_says_what_is_wrong_with_it(tmp_path, capsys):
    pack = tmp_path / "pack"
    shutil.copytree(STARTER, pack, ignore=shutil.ignore_patterns("baked"))
    file = pack / "exercises" / f"{QUICK}.yaml"
    file.write_text(file.read_text().replace("position: supine", "position: supin"))
    assert main(["motion", QUICK, "--pack", str(pack)]) == 1
    said = capsys.readouterr().err
    assert f"exercises/{QUICK}.yaml" in said
    assert "did you mean supine?" in said


@pytest.mark.parametrize("name", ["strip.xyz", "nowhere/strip.png", "folder.png"])
def test_a_strip_that_cannot_be_written_is_refused_before_solving(name, tmp_path, capsys):
    (tmp_path / "folder.png").mkdir()
    assert main(["motion", QUICK, "--strip", str(tmp_path / name)]) == 2
    told = capsys.readouterr()
    assert (told.out, name in told.err, "allowed is a" in told.err) == ("", True, True)
