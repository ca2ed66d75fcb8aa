# SPDX-License-Identifier: Apache-2.0
"""Tests of the sides, played with the keyboard alone, and the preview of what is for members."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from browser.playing import Player, arrived, stop_time, tab_to
from live import Site

DRAWS_FIGURE = False
WAY_IN_S = 10
"""Longer than any way into a hold [s]."""


def begin(page: Page, site: Site, session: str, button: str) -> Player:
    page.goto(f"/sessions/{session}/")
    tab_to(page, button)
    page.keyboard.press("Enter")
    player = arrived(page, site)
    tab_to(page, r"^Start$")
    page.keyboard.press("Enter")
    player.expect("get-ready")
    return player


def hold(player: Player, seconds: int) -> None:
    """Hold for so many seconds, then let go."""
    player.wait_for("work")
    expect(player.button("Stop")).to_be_focused()
    for _ in range(WAY_IN_S + seconds):
        if player.timer.inner_text().split()[0] == str(seconds):
            break
        player.page.clock.fast_forward(1000)
    player.key("Space")
    player.expect("result")
    expect(player.now.get_by_text(re.compile(rf"^{seconds} seconds$"))).to_be_visible()


def tally(player: Player, times: int) -> None:
    """Count each repetition of the time."""
    player.wait_for("work")
    for _ in range(times):
        player.key("Space")
    expect(player.page.locator(".tally")).to_have_text(str(times))
    player.wait(31)
    player.expect("result")


def go_on(player: Player) -> None:
    # What comes sooner was meant for the test.
    player.wait(2)
    player.key("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sides_are_tested_with_the_keyboard_alone(
    page: Page, site: Site, shot: Callable[..., None], assert_accessible: Callable[..., None]
):
    stop_time(page.context)
    player = begin(page, site, "self-test", "start the session$")
    hold(player, 24)
    assert_accessible(page, stopped=True)
    shot(page, "sides-hold-result")
    go_on(player)
    player.wait_for("work")
    player.wait(12)
    assert_accessible(page, stopped=True)
    shot(page, "sides-hold")
    player.key("a")
    hold(player, 31)
    go_on(player)
    hold(player, 20)
    go_on(player)
    hold(player, 22)
    go_on(player)

    tally(player, 12)
    shot(page, "sides-count-result")
    player.key("ArrowUp", "ArrowUp", "ArrowDown")
    expect(player.now.get_by_text("13 repetitions")).to_be_visible()
    go_on(player)
    player.wait_for("work")
    player.key("Space", "Enter", "Space")
    assert_accessible(page, stopped=True)
    shot(page, "sides-count")
    player.key("s")
    page.keyboard.press("Tab")
    tab_to(page, "^Not today$")
    shot(page, "sides-skip")
    page.keyboard.press("Enter")
    tally(player, 9)
    go_on(player)

    expect(page.locator("#end-title")).to_be_focused()
    results = page.locator(".results")
    for said in ("Left 24 s, right 31 s", "Left 20 s, right 22 s", "13 repetitions"):
        expect(results).to_contain_text(said)
    expect(results).to_contain_text("Left not tested, right 9 times")
    expect(results.get_by_role("link", name="See how they change")).to_have_attribute(
        "href", "/progress/"
    )
    assert_accessible(page, stopped=True)
    shot(page, "sides-end", full=True)
    tab_to(page, "^Save$")
    page.keyboard.press("Enter")
    asked = page.get_by_text("In an hour and tomorrow morning we ask how your knees took it.")
    expect(asked.get_by_role("link")).to_have_attribute("href", "/today/")
    shot(page, "sides-saved", full=True)

    player.settle()
    whole = {place: bout for place, bout in player.log.bouts().items() if bout.complete}
    assert {place: (bout.reps, round(bout.seconds)) for place, bout in whole.items()} == {
        ("side-hold", 0): (1, 24),
        ("side-hold", 1): (1, 31),
        ("bridge-hold", 0): (1, 20),
        ("bridge-hold", 1): (1, 22),
        ("chair-stands", 0): (13, 30),
        ("step-down", 1): (9, 30),
    }


def test_pain_ends_a_test_on_its_side(page: Page, site: Site, shot: Callable[..., None]):
    stop_time(page.context)
    player = begin(page, site, "self-test", "start the session$")
    player.wait_for("work")
    player.wait(8)
    for absent in ("Easier", "Harder", "Skip or swap"):
        expect(player.button(absent)).to_have_count(0)
    player.press("It hurts")
    player.press("Left knee")
    player.press(re.compile(r"^3"))
    expect(page.get_by_role("dialog")).to_contain_text("No test is worth pain.")
    shot(page, "sides-hurts")
    player.press("Go on")
    expect(player.now.get_by_text("Right side")).to_be_visible()
    player.settle()
    assert [event["type"] for event in player.log.events()][-4:] == [
        "hurt",
        "skipped",
        "moved",
        "resumed",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_preview_says_what_it_is(
    page: Page, site: Site, shot: Callable[..., None], assert_accessible: Callable[..., None]
):
    stop_time(page.context)
    page.goto("/sessions/build-quiet-hips/")
    page.get_by_role("button", name=re.compile("(Try|play) the first 3", re.IGNORECASE)).click()
    player = arrived(page, site)
    banner = page.locator(".top-bar")
    shot(page, "preview-intro")
    player.start()
    expect(banner).to_contain_text(re.compile(r"Preview: first 3 of \d+"))
    player.wait_for("work")
    shot(page, "preview-work")
    player.skip()
    player.next()
    player.next()
    expect(page.get_by_role("heading", name="That was the preview.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"These were the first 3 of \d+ exercises"))).to_be_visible()
    join = page.get_by_role("link", name="See what membership is")
    expect(join).to_have_attribute("href", "/join/")
    back = page.get_by_role("link", name="To the session page", exact=True)
    expect(back).to_have_attribute("href", "/sessions/build-quiet-hips/")
    assert_accessible(page, stopped=True)
    shot(page, "preview-end", full=True)
