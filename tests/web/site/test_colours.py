# SPDX-License-Identifier: Apache-2.0
"""The owner's colours: read by everybody, or refused with the contrast that was measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hipfirst.web.site.colours import LEAST, PAPERS, TOKENS, Pair, made_from, style_sheet, worst
from hipfirst.web.site.models import SiteSettings

TOKENS_CSS = Path(__file__).parents[3] / "player" / "src" / "styles" / "tokens.css"
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(("place", "scheme"), [(0, "light"), (1, "dark")])
def test_the_papers_are_those_of_the_style_sheet(place, scheme):
    block = re.findall(r":root[^{]*\{([^}]*)\}", TOKENS_CSS.read_text(encoding="utf-8"))[place]
    declared = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    assert TOKENS[scheme].items() <= declared.items()


def test_contrast_is_that_of_the_guideline():
    assert Pair("#ffffff", "#000000").contrast == pytest.approx(21)
    assert Pair("#777777", "#ffffff").contrast == pytest.approx(4.48, abs=0.005)
    assert Pair("#123456", "#123456").contrast == pytest.approx(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ["pine", "clay"])
def test_the_colours_by_design_would_be_taken(role, scheme):
    assert worst(role, TOKENS[scheme][role], scheme).contrast >= LEAST


@given(st.sampled_from(["pine", "clay"]), COLOURS, st.sampled_from(["light", "dark"]))
def test_what_is_taken_can_be_read_wherever_it_stands(role, colour, scheme):
    assume(worst(role, colour, scheme).contrast >= LEAST)
    made = made_from(role, colour, scheme)
    for paper in PAPERS:
        assert Pair(made[role], TOKENS[scheme][paper]).contrast >= LEAST
    if role == "pine":
        assert Pair(made["pine-ink"], made["pine"]).contrast >= LEAST
        assert Pair(made["pine-deep"], made["pine-wash"]).contrast >= LEAST


def test_a_pale_colour_is_refused_with_its_contrast(olga):
    (said,) = olga.refused(pine_light="#7FBFA8")["pine_light"]
    assert "#7fbfa8" in said
    assert "#f1eade" in said
    found = float(re.search(r"contrast of ([\d.]+) to 1", said)[1])
    assert found < LEAST
    assert found == pytest.approx(Pair("#7fbfa8", "#f1eade").contrast, abs=0.01)
    assert "at least 4.5 to 1" in said
    assert "pine_dark" in olga.refused(pine_dark="#1d5a49")
    assert olga.set(pine_dark="#7fbfa8").status_code == 302


@pytest.mark.parametrize(
    "given", ["red", "#fff", "1d5a49", "#1d5a4g", "#1d5a49;}", "url(x)", "#" + "\uff11" * 6]
)
def test_what_is_no_colour_is_refused(olga, given):
    assert "pine_light" in olga.refused(pine_light=given)


def test_the_style_sheet_holds_both_schemes(olga, stranger):
    assert stranger.get("/site/colours.css").content == b""
    assert "/site/colours.css" not in stranger.get("/terms/").content.decode()
    olga.set(pine_light="#2C4A86", clay_dark="#f0c060")
    page = stranger.get("/terms/").content.decode()
    address = re.search(r'href="(/site/colours\.css\?v=\d+)"', page)[1]
    answer = stranger.get(address)
    sheet = answer.content.decode()
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    light = re.search(r"^:root \{(.*?)\}", sheet)[1]
    dark = re.findall(r"theme=\"[a-z]+\"\]\)? \{(.*?)\}", sheet)
    assert "--pine: #2c4a86;" in light
    assert "--pine-ink: #ffffff;" in light
    assert "--clay: #f0c060;" in dark[0]
    assert len(dark) == 2
    assert dark[0] == dark[1]
    assert "pine" not in dark[0]


def test_an_address_of_an_older_state_is_not_kept_for_long(olga, stranger):
    olga.set(pine_light="#2c4a86")
    for query in ("", "?v=1", "?v=x"):
        assert "no-cache" in stranger.get(f"/site/colours.css{query}")["Cache-Control"]


def test_a_style_sheet_names_nothing_else():
    sheet = style_sheet(SiteSettings(pine_light="#2c4a86", pine_dark="#8fb0f0"))
    assert set(re.findall(r"--([a-z-]+):", sheet)) == {"pine", "pine-wash", "pine-deep", "pine-ink"}
