# SPDX-License-Identifier: Apache-2.0
"""Muscles lie where they lie in a body, and the mesh is sound and light."""

import brotli
import numpy as np
import pytest

from hipfirst.body import quaternion, skeleton
from hipfirst.packs.bake import figure
from hipfirst.packs.vocabulary import MUSCLES

MESH_BYTES = 150_000


def placed(segment, points):
    """Points of the bind pose in a segment's frame."""
    bind = np.array(figure.load().header["bind"])
    places, turns = skeleton.forward(np.zeros(3), bind)
    i = skeleton.INDEX[segment]
    return quaternion.rotate(quaternion.conjugate(turns[i]), points - places[i])


def belly(muscle, segment):
    """Middle of a muscle's deepest skin on the right, in a segment's frame [m]."""
    body = figure.load()
    depth = body.muscles[:, MUSCLES.index(muscle)]
    chosen = (depth > 0.75) & (body.skin.sides > 0)
    assert chosen.sum() >= 8
    return placed(segment, body.skin.points[chosen]).mean(axis=0)


@pytest.mark.parametrize(
    ("muscle", "segment", "axis", "sign"),
    [
        ("gluteus-maximus", "pelvis", 0, -1),  # behind
        ("gluteus-medius", "pelvis", 2, 1),  # on the outer side
        ("tensor-fasciae-latae", "pelvis", 0, 1),  # in front
        ("piriformis", "pelvis", 0, -1),
        ("deep-rotators", "pelvis", 0, -1),
        ("iliopsoas", "pelvis", 0, 1),
        ("adductors", "thigh_right", 2, -1),  # on the inner side
        ("rectus-femoris", "thigh_right", 0, 1),
        ("vasti", "thigh_right", 0, 1),
        ("hamstrings", "thigh_right", 0, -1),
        ("calf", "shank_right", 0, -1),
        ("abdominals", "lumbar", 0, 1),
        ("back-extensors", "lumbar", 0, -1),
        ("shoulders", "upper_arm_right", 2, 1),
    ],
)
def test_muscle_lies_on_its_side_of_the_bone(muscle, segment, axis, sign):
    assert sign * belly(muscle, segment)[axis] > 0.02


def test_every_muscle_glows_somewhere():
    body = figure.load()
    assert (body.muscles.max(axis=0) > 0.85).all()


def test_piriformis_runs_from_the_sacrum_to_the_trochanter():
    raw = figure.ASSET.read_bytes()
    header, arrays = figure._sections(raw)
    chosen = arrays["inner_kinds"][:, 0] == MUSCLES.index("piriformis")
    points = arrays["inner_positions"][chosen] * header["scale"]
    bones = arrays["inner_joints"][chosen, 0]
    inner, outer = points[points[:, 2].argmin()], points[points[:, 2].argmax()]
    assert np.linalg.norm(inner - [-0.07, 0.058, 0.012]) < 0.02
    trochanter = placed("thigh_right", outer[None])[0]
    assert np.linalg.norm(trochanter - [-0.012, 0.020, 0.058]) < 0.02
    assert set(bones) >= {skeleton.INDEX["pelvis"], skeleton.INDEX["thigh_right"]}


def test_bands_and_bones_lie_inside_the_skin():
    header, arrays = figure._sections(figure.ASSET.read_bytes())
    inner = arrays["inner_positions"] * header["scale"]
    skin = figure.load().skin
    near = np.array([np.linalg.norm(skin.points - point, axis=1).argmin() for point in inner[::7]])
    outward = ((inner[::7] - skin.points[near]) * skin.normals[near]).sum(axis=1)
    assert outward.max() < 0.002


def test_mesh_is_light():
    assert len(brotli.compress(figure.ASSET.read_bytes())) < MESH_BYTES
    assert 20_000 <= len(figure.load().skin.triangles) <= 26_000


def test_skin_follows_at_most_four_bones_and_wholly():
    weights = figure.load().skin.weights
    assert weights.shape[1] == 4
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
