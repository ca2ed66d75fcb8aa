# SPDX-License-Identifier: Apache-2.0
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from body.strategies import leg_raise, poses, stand
from hipfirst.body import clip as clips
from hipfirst.body import joints, skeleton
from hipfirst.body.errors import InvalidClipError
from hipfirst.body.props import MAT_THICKNESS
from hipfirst.body.record import record
from hipfirst.body.solve import solve

LEG = record(solve(leg_raise()))
STAND = record(solve(stand()))


def same(a, b):
    assert (a.slug, a.fps, a.side, a.phases, a.contacts) == (
        b.slug,
        b.fps,
        b.side,
        b.phases,
        b.contacts,
    )
    assert np.allclose(a.positions(), b.positions(), atol=2e-4)
    assert np.allclose(a.bounds, b.bounds, atol=1e-3)
    for here, there in zip(a.props, b.props, strict=True):
        assert here.kind == there.kind
        assert np.allclose(here.position, there.position, atol=1e-4)
        assert np.isclose(here.yaw, there.yaw, atol=1e-4)


@pytest.mark.parametrize("clip", [LEG, STAND], ids=["leg-raise", "stand"])
def test_a_clip_survives_its_file(clip):
    again = clips.loads(clips.dumps(clip))
    same(clip, again)
    assert clips.dumps(again) == clips.dumps(clips.loads(clips.dumps(again)))


@settings(max_examples=20)
@given(st.lists(poses(), min_size=2, max_size=4), st.floats(-3, 3))
def test_any_poses_survive_the_file(rows, shift):
    """Quantising costs less than a fifth of a millimetre anywhere on the body."""
    root = np.linspace(0, shift, len(rows))[:, None] * np.ones(3)
    frames = len(rows)
    clip = replace(
        LEG,
        root=root,
        rotations=joints.rotations(np.array(rows)),
        phases=(clips.Span("all", 0, frames, hold=False),),
    )
    again = clips.loads(clips.dumps(clip))
    assert np.abs(again.positions() - clip.positions()).max() < 3e-4


@pytest.mark.parametrize("clip", [LEG, STAND], ids=["leg-raise", "stand"])
def test_mirroring_twice_is_the_original(clip):
    again = clips.mirror(clips.mirror(clip))
    same(clip, again)
    assert np.array_equal(again.rotations, clip.rotations)
    assert again.camera == clip.camera


def test_the_mirror_swaps_sides_everywhere():
    other = clips.mirror(STAND)
    assert {rest.landmark for rest in other.contacts if rest.surface == "chair"} == {"palm-right"}
    assert other.props[0].position[2] == -STAND.props[0].position[2]
    assert other.props[0].yaw == -STAND.props[0].yaw
    assert other.camera.azimuth_deg == -STAND.camera.azimuth_deg
    assert clips.mirror(LEG).side == "left"


def test_the_file_is_what_players_are_told():
    data = clips.to_json(LEG)
    assert list(data)[:6] == ["format", "slug", "fps", "frames", "side", "phases"]
    assert data["phases"][0] == {"name": "lift", "start": 0, "end": 12, "hold": False}
    assert {*data["rotations"]["fixed"], *data["rotations"]["moving"]} == set(skeleton.NAMES)
    assert "thigh_right" in data["rotations"]["moving"]
    partly = [c for c in data["contacts"] if c["landmark"] == "heel-back-right"]
    assert partly == [
        {"landmark": "heel-back-right", "surface": "mat", "locked": True, "during": [[28, 32]]}
    ]
    assert data["props"][0]["position"][1] == -MAT_THICKNESS
    assert data["camera"]["distance"] > 1


def broken(change):
    data = json.loads(clips.dumps(LEG))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "leg.json"),
        ("[]", "leg.json"),
        (broken(lambda d: d.update(format=2)), "format is 2, this reads 1"),
        (broken(lambda d: d.pop("root")), "field 'root'"),
        (broken(lambda d: d["root"].update(data="AAAA")), "leg.json"),
        (broken(lambda d: d["root"].update(data="?")), "leg.json"),
        (broken(lambda d: d["rotations"]["fixed"].clear()), "no rotation for"),
        (broken(lambda d: d["rotations"]["moving"].append("tail")), "tail"),
        (broken(lambda d: d["phases"].pop()), "do not tile"),
        (broken(lambda d: d.update(phases=None)), "leg.json"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text, says):
    with pytest.raises(InvalidClipError) as caught:
        clips.loads(text, "leg.json")
    assert says in str(caught.value)
    assert str(caught.value).startswith("leg.json")
