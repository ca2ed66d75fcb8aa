# SPDX-License-Identifier: Apache-2.0
import json

import numpy as np
import pytest
from PIL import Image

from hipfirst.body import skeleton
from hipfirst.cli import main

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
