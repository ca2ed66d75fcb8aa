# SPDX-License-Identifier: Apache-2.0
"""A browser that cannot draw in three dimensions shows pictures, and all else works."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.playing import open_session, stop_time
from live import Site

DRAWS_FIGURE = False


def test_pictures_stand_in_for_the_figure(page: Page, site: Site, shot):
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    still = page.locator(".still")
    expect(still).to_be_visible()
    expect(still).not_to_have_js_property("naturalWidth", 0)
    expect(player.button("Turn the figure")).to_have_count(0)
    first = still.get_attribute("src")
    player.wait_for("work")
    player.count_to(2)
    shot(page, "play-without-webgl")
    player.next()
    expect(still).not_to_have_attribute("src", first or "")
    expect(still).not_to_have_js_property("naturalWidth", 0)


def test_a_movement_has_its_picture(page: Page):
    page.goto("/exercises/bridge/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("img", name="A figure doing the movement")).to_be_visible()
    assert page.locator("canvas").count() == 0
