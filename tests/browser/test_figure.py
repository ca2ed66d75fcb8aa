# SPDX-License-Identifier: Apache-2.0
"""The figure in the player is drawn and moves; where it cannot, a picture stands in."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

from browser.playing import Player, open_session, stop_time
from live import Site

LABEL = "A figure doing the movement"


@pytest.fixture
def player(page: Page, site: Site) -> Player:
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    return player


def picture(player: Player) -> Image.Image:
    """What the figure's canvas shows, with what lies over it."""
    canvas = player.page.get_by_role("img", name=LABEL)
    return Image.open(io.BytesIO(canvas.screenshot())).convert("RGB")


def changed(one: Image.Image, other: Image.Image) -> float:
    """Share of pixels that differ to the eye."""
    difference = ImageChops.difference(one, other).convert("L").point(lambda v: 255 * (v > 24))
    return sum(difference.histogram()[255:]) / (one.width * one.height)


def drawn(player: Player) -> Image.Image:
    """The canvas once figure and clip have come."""
    expect(player.page.locator(".still")).to_be_hidden(timeout=30_000)
    player.page.clock.run_for(100)
    return picture(player)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figure_is_drawn_and_moves(player: Player):
    player.wait_for("work")
    start = drawn(player)
    colours = start.resize((96, 96)).quantize(64).getcolors()
    assert len(colours) > 20, "an empty canvas has few colours"
    player.wait(2)
    moved = drawn(player)
    assert 0.005 < changed(start, moved) < 0.6
    player.press("Pause")
    player.page.clock.run_for(200)
    still = picture(player)
    player.page.clock.run_for(500)
    assert changed(still, picture(player)) < 0.001


def test_the_figure_turns_and_shows_its_deep_muscles(player: Player):
    player.press("Pause")
    before = drawn(player)
    for button in ("Turn the figure", "View as at the start", "See the deep muscles"):
        player.press(button)
        for _ in range(12):
            player.page.clock.fast_forward(100)
        after = picture(player)
        assert changed(before, after) > 0.005, button
        before = after


def test_both_sides_are_mirror_images(player: Player):
    player.jump("Reverse clam")
    player.press("Pause")
    right = drawn(player)
    player.press("Resume")
    player.wait_for("switch")
    player.press("Pause")
    assert changed(right, drawn(player)) > 0.01


def test_a_clip_that_does_not_come_leaves_the_picture(page: Page, site: Site, faults):
    page.context.route("**/media/**/*.json", lambda route: route.abort())
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    assert_still(player)
    # Clips to come are asked for in the meantime.
    page.close()
    faults.expect("ERR_FAILED")


def assert_still(player: Player) -> None:
    still = player.page.locator(".still")
    expect(still).to_be_visible()
    expect(still).not_to_have_js_property("naturalWidth", 0)
