# SPDX-License-Identifier: Apache-2.0
"""The generator's parts keep their promises; growing the whole body takes too long for a test."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

from hipfirst.packs.bake import figure as reader

TOOLS = Path(__file__).parents[2] / "tools"
PARTS = ("bind", "look", "shapes", "surface", "weights", "write")


@pytest.fixture(scope="module")
def figure():
    """The generator's modules; its folder is no part of the project's own path."""
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name == "figure"}
    sys.path.insert(0, str(TOOLS))
    yield {name: importlib.import_module(f"figure.{name}") for name in PARTS}
    sys.path.remove(str(TOOLS))
    sys.modules.update(before)


def test_blend_is_a_union_that_only_grows_near_the_seam(figure):
    a, b = np.linspace(-1, 1, 41), np.linspace(1, -1, 41)
    melted = figure["shapes"].blend(a, b, 0.2)
    assert (melted <= np.minimum(a, b) + 1e-12).all()
    apart = np.abs(a - b) > 0.2
    np.testing.assert_array_equal(melted[apart], np.minimum(a, b)[apart])


def test_body_field_is_even_across_the_mid_plane(figure):
    rng = np.random.default_rng(3)
    points = rng.uniform([-0.15, -0.2, 0.0], [0.15, 0.8, 0.0], size=(200, 3))
    aside = np.array([0.0, 0.0, 1e-4])
    near, far = points + aside, points - aside
    body = figure["surface"].body
    np.testing.assert_allclose(body(near), body(far), atol=2e-4)


def test_weights_hand_out_everything(figure):
    stored = reader.load().skin
    points = stored.points[stored.sides > 0][::40]
    np.testing.assert_allclose(figure["weights"].analytic(points).sum(axis=1), 1.0)


def test_file_reads_back_what_was_written(figure):
    rng = np.random.default_rng(5)
    arrays = {
        "wide": rng.integers(-30000, 30000, (50, 3)).astype(np.int16),
        "count": rng.integers(0, 60000, (40, 3)).astype(np.uint16),
        "signed": rng.integers(-127, 127, (30, 2)).astype(np.int8),
        "small": rng.integers(0, 255, (20, 4)).astype(np.uint8),
    }
    header, read = reader._sections(figure["write"].packed({"format": 1}, arrays))
    assert header["format"] == 1
    for name, array in arrays.items():
        np.testing.assert_array_equal(read[name], array)
        assert read[name].dtype == array.dtype


def test_stored_figure_was_made_by_this_generator(figure):
    header = reader.load().header
    assert header["palette"] == figure["look"].PALETTE
    assert header["face"] == figure["look"].FACE
    np.testing.assert_allclose(header["bind"], figure["bind"].LOCAL, atol=1e-8)
    skin = reader.load().skin
    chosen = skin.points[(skin.sides >= 0)][::25]
    # Stored points lie on the generator's skin.
    assert np.abs(figure["surface"].body(chosen)).max() < 0.0015
