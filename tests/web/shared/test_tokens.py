# SPDX-License-Identifier: Apache-2.0
"""The colours: every pair that is used together can be read, by day and by night."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[3] / "player" / "src" / "styles" / "tokens.css"
PAPERS = ("paper", "paper-raised", "paper-sunk")
TEXT = [
    *(
        (ink, paper)
        for ink in ("ink", "ink-soft", "pine", "clay", "amber", "brick")
        for paper in PAPERS
    ),
    ("pine-ink", "pine"),
    ("pine-ink", "pine-deep"),
    ("pine-deep", "pine-wash"),
    *(("ink", wash) for wash in ("pine-wash", "clay-wash", "amber-wash", "brick-wash")),
    ("amber", "amber-wash"),
    ("brick", "brick-wash"),
    ("clay", "clay-wash"),
]
EDGES = [(edge, paper) for edge in ("line-strong", "focus") for paper in PAPERS]
READING = [("ink", paper) for paper in PAPERS]


def blocks():
    """Light values, dark by choice, dark by the device."""
    found = re.findall(r":root[^{]*\{([^}]*)\}", CSS.read_text(encoding="utf-8"))
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in found]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("which", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT, 4.5), (EDGES, 3), (READING, 7)], ids=["text", "edges", "reading"]
)
def test_colours_that_meet_have_contrast(which, pairs, least):
    values = blocks()[which]
    poor = {
        f"{one} on {other}": round(contrast(values[one], values[other]), 2)
        for one, other in pairs
        if contrast(values[one], values[other]) < least
    }
    assert poor == {}


def test_the_dark_of_the_device_is_the_dark_one_chooses():
    _, chosen, device = blocks()
    assert chosen == device
