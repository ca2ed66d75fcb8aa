# SPDX-License-Identifier: Apache-2.0
"""Writes tests/wire/clip.json: a clip and what Python makes of it, for the player's tests.

Run `python tests/figure/wire.py` after the mesh, the skeleton or the clip format has changed.
"""

import json
from pathlib import Path

import numpy as np

from hipfirst.body import quaternion, skeleton
from hipfirst.body.clip import Clip, Span, dumps, loads, mirror
from hipfirst.body.motion import Camera
from hipfirst.body.props import Prop
from hipfirst.packs.bake import figure

FIXTURE = Path(__file__).parents[1] / "wire" / "clip.json"
FRAMES, FPS = 12, 20
MOMENTS = (0.0, 0.11, 0.375, 0.59, 1.234, -0.2)
EVERY = 977


def movement():
    """Every joint turns, a few by a lot; the root sways."""
    rng = np.random.default_rng(7)
    beat = 2 * np.pi * np.arange(FRAMES) / FRAMES
    rotations = np.tile(quaternion.IDENTITY, (FRAMES, len(skeleton.NAMES), 1))
    for joint in range(0, len(skeleton.NAMES), 2):
        axis = rng.normal(size=3)
        angle = rng.uniform(0.2, 2.0) * np.sin(beat + rng.uniform(0, 6))
        rotations[:, joint] = quaternion.from_axis_angle(axis / np.linalg.norm(axis), angle)
    root = np.stack([0.1 * np.sin(beat), 0.9 + 0.05 * np.cos(beat), 0.03 * np.sin(2 * beat)], -1)
    return root, rotations


def clip():
    root, rotations = movement()
    made = Clip(
        slug="wire",
        fps=FPS,
        side="right",
        phases=(Span("there", 0, 7, False), Span("back", 7, FRAMES, True)),
        root=root,
        rotations=rotations,
        contacts=(),
        props=(Prop("mat", (0.1, -0.012, 0.2), 0.5, (1.83, 0.012, 0.66)),),
        camera=Camera(30.0, 12.0, 3.0, (0.0, 0.9, 0.1)),
        bounds=np.array([[-0.5, 0.0, -0.6], [0.5, 1.8, 0.7]]),
    )
    return loads(dumps(made))


def at(moving, seconds):
    """Root (3,) and rotations (J, 4) between frames."""
    place = (seconds * moving.fps) % moving.frames
    first = int(place)
    after, t = (first + 1) % moving.frames, place - first
    root = (1 - t) * moving.root[first] + t * moving.root[after]
    return root, quaternion.slerp(moving.rotations[first], moving.rotations[after], np.float64(t))


def moment(moving, seconds, *, mirrored):
    body = figure.load()
    root, rotations = at(mirror(moving) if mirrored else moving, seconds)
    skin, _ = body.skin.moved(body.bones(root, rotations))
    return {
        "seconds": seconds,
        "mirrored": mirrored,
        "root": np.round(root, 5).tolist(),
        "rotations": {
            name: np.round(rotations[i], 5).tolist() for name, i in skeleton.INDEX.items()
        },
        "skin": {str(v): np.round(skin[v], 5).tolist() for v in range(0, len(skin), EVERY)},
    }


def fixture():
    moving = clip()
    moments = [moment(moving, s, mirrored=m) for s in MOMENTS for m in (False, True)]
    return {"clip": json.loads(dumps(moving)), "moments": moments}


if __name__ == "__main__":
    FIXTURE.write_text(json.dumps(fixture(), indent=1) + "\n", encoding="utf-8")
