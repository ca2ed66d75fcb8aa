# SPDX-License-Identifier: Apache-2.0
"""The player's fixture is what Python computes today."""

import importlib.util
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def writer():
    spec = importlib.util.spec_from_file_location("figure_wire", HERE / "wire.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_fixture_is_fresh():
    made = writer()
    kept = json.loads(made.FIXTURE.read_text(encoding="utf-8"))
    fresh = made.fixture()
    assert kept["clip"] == fresh["clip"], "run python tests/figure/wire.py"
    for old, new in zip(kept["moments"], fresh["moments"], strict=True):
        assert old["skin"].keys() == new["skin"].keys(), "run python tests/figure/wire.py"
        for v, place in new["skin"].items():
            np.testing.assert_allclose(old["skin"][v], place, atol=2e-5)
