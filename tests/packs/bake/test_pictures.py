# SPDX-License-Identifier: Apache-2.0
"""Stills and strips: right size and weight, the figure in them, and the glow where it works."""

import io
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from hipfirst.body import quaternion, skeleton
from hipfirst.body.clip import Clip, Span
from hipfirst.body.motion import Camera
from hipfirst.body.props import Prop
from hipfirst.packs.bake import frames, stills
from hipfirst.packs.bake.strip import write_strip

MEDIUS = SimpleNamespace(muscle="gluteus-medius", role="main", side="working")


@pytest.fixture(scope="module")
def clip():
    """Standing on the right leg, the left thigh goes out to the side and back, in six frames."""
    angle = np.radians([0.0, 10.0, 20.0, 30.0, 20.0, 10.0])
    rotations = np.tile(quaternion.IDENTITY, (6, len(skeleton.NAMES), 1))
    rotations[:, skeleton.INDEX["thigh_left"]] = quaternion.from_axis_angle((1, 0, 0), angle)
    return Clip(
        slug="aside",
        fps=6,
        side="left",
        phases=(Span("out", 0, 3, False), Span("hold", 3, 4, True), Span("in", 4, 6, False)),
        root=np.tile([0.0, skeleton.ANATOMICAL_HEIGHT, 0.0], (6, 1)),
        rotations=rotations,
        contacts=(),
        props=(Prop("mat", (0.0, -0.012, 0.0)),),
        camera=Camera(0.0, 10.0),
        bounds=np.array([[-0.3, 0.0, -0.6], [0.3, 1.7, 0.4]]),
    )


def opened(data):
    return Image.open(io.BytesIO(data))


def test_still_shows_the_hold_on_nothing(clip):
    picture = opened(stills.still(clip, [MEDIUS]))
    assert (picture.size, picture.format) == ((480, 360), "WEBP")
    alpha = np.asarray(picture.convert("RGBA"))[..., 3]
    assert alpha[0, 0] == 0
    assert (alpha > 250).mean() > 0.03
    assert frames.middle_of_work(clip) == 3


def test_still_shows_the_work_and_not_a_longer_rest(clip):
    long_rest = clip.rotations[[0, 1, 2, 3, 4, 0, 0, 0]]
    phases = (*clip.phases[:2], Span("in", 4, 5, hold=False), Span("rest", 5, 8, hold=True))
    root = np.tile(clip.root[:1], (8, 1))
    rested = replace(clip, phases=phases, rotations=long_rest, root=root)
    assert frames.middle_of_work(rested) == 3


def test_still_is_the_same_every_time(clip):
    assert stills.still(clip) == stills.still(clip)


def test_moving_still_is_light_and_loops(clip):
    data = stills.moving_still(clip)
    picture = opened(data)
    assert picture.n_frames == 6
    assert picture.info["loop"] == 0
    assert len(data) <= stills.MOVING_BYTES


def test_muscles_glow_on_the_working_side(clip):
    camera = frames.view(clip, (240, 180))
    plain = frames.shots(clip, [0], camera, frames.stage(clip))[0].astype(int)
    warm = frames.shots(clip, [0], camera, frames.stage(clip, [MEDIUS]))[0].astype(int)
    changed = np.argwhere(np.abs(plain - warm).sum(axis=-1) > 40)
    assert len(changed) > 20
    # Seen from the front the body's left is on the right of the picture, about the hips.
    ((x, y),), _ = camera.project(clip.root[:1])
    assert (changed[:, 1] > x).all()
    assert (np.abs(changed[:, 0] - y) < 30).all()


def test_strip_has_a_row_for_each_of_two_sides(clip, tmp_path):
    path = tmp_path / "strip.png"
    write_strip(clip, path, [MEDIUS])
    sheet = np.asarray(Image.open(path))
    tiles = sheet.shape[1] // 340
    assert tiles == 5
    assert sheet.shape[0] == 2 * 326
    upper, lower = sheet[26:326], sheet[352:652]
    assert np.abs(upper.astype(int) - lower).mean() > 1
