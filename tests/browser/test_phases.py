# SPDX-License-Identifier: Apache-2.0
"""Every screen of the player, looked at: by axe-core, for overflow, and as a picture for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from browser.playing import Player, arrived, open_session, stop_time
from live import Site

OUTSIDE = """width => {
    const outside = [];
    const walk = root => {
        for (const each of root.querySelectorAll("*")) {
            if (each.shadowRoot) walk(each.shadowRoot);
            if (!each.matches("button, a, h1, h2, h3, p, dt, dd, li, img, kbd")) continue;
            if (each.closest(".visually-hidden, .unseen, .still, [hidden]")) continue;
            const { left, right, width: wide } = each.getBoundingClientRect();
            if (wide > 0 && (left < -1 || right > width + 1)) {
                outside.push(`${each.localName}.${each.className}: ${left} to ${right}`);
            }
        }
    };
    walk(document);
    const { scrollWidth } = document.documentElement;
    return scrollWidth > width ? [`the page is ${scrollWidth} wide`, ...outside] : outside;
}"""


def screens(player: Player) -> Iterator[str]:
    """Walks through the player; at each name the page shows that screen."""
    page = player.page
    yield "intro"
    player.start()
    yield "get-ready"
    player.wait_for("work")
    player.count_to(3)
    yield "work"
    player.press("Pause")
    yield "paused"
    player.press("See the deep muscles")
    yield "deep-muscles"
    player.press("Resume")
    player.wait_for("rest")
    yield "rest"
    player.jump("Prone heel squeeze")
    player.wait_for("work")
    player.wait(8)
    yield "hold"
    player.jump("Reverse clam")
    player.wait_for("work")
    player.wait_for("switch")
    yield "switch"
    for button in ("All exercises", "Keys and help", "How to do it"):
        if player.button(button).is_visible():
            player.press(button)
            yield f"dialog-{button.lower().replace(' ', '-')}"
            player.key("Escape")
    page.reload()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    yield "welcome-back"
    player.press("Continue")
    other = page.context.new_page()
    other.goto(page.url)
    arrived(other, player.site)
    other.close()
    expect(player.now).to_contain_text("Playing in another tab")
    yield "other-tab"
    player.press("Take over here")
    player.wait(1)
    player.press("All exercises")
    player.press("Finish here for today")
    expect(page.get_by_role("heading", name=re.compile("time well spent"))).to_be_visible()
    yield "end"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible(
    page: Page, site: Site, assert_accessible: Callable[..., None], shot: Callable[..., None], size
):
    stop_time(page.context)
    player = open_session(page, site)
    for name in screens(player):
        ready(player)
        shot(page, f"play-{name}")
        assert_accessible(page, stopped=True)
        assert page.evaluate(OUTSIDE, size[0]) == [], name


@pytest.mark.parametrize("size", [(390, 844)], ids=["phone"])
def test_large_text_and_reduced_motion_fit_a_phone(new_context, site: Site, shot, size):
    context = new_context(reduced_motion="reduce")
    stop_time(context)
    page = context.new_page()
    set_text_twice_as_large(page)
    player = open_session(page, site)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    for name in screens(player):
        ready(player)
        shot(page, f"play-large-{name}")
        assert page.evaluate(OUTSIDE, size[0]) == [], name


def ready(player: Player) -> None:
    """Figure or picture have come, and are drawn."""
    stage = player.page.locator(".stage")
    if stage.is_visible():
        expect(stage.locator("canvas")).to_be_visible(timeout=30_000)
        expect(stage.locator(".still")).to_be_hidden(timeout=30_000)
    player.page.clock.fast_forward(100)
    player.page.clock.run_for(50)


def set_text_twice_as_large(page: Page) -> None:
    """As in the browser's own settings."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


@pytest.mark.parametrize("scheme", ["dark"])
def test_pages_that_are_no_pages_are_accessible(page: Page, faults, assert_accessible, shot):
    for path in ("/sessions/no-such/", "/play/00000000-0000-4000-8000-000000000000/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(page)
    shot(page, "not-found-dark")
    faults.expect("404")


def test_without_scripts_the_session_reads_and_the_player_explains(new_context, shot):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/library/?kind=session")
    page.get_by_role("link", name="Build: Lower Body Detail", exact=True).click()
    slots = page.locator("ol.slots").get_by_role("heading", level=3)
    expect(slots).to_have_count(13)
    page.get_by_role("button", name="Start the session").click()
    page.wait_for_url("**/play/*/")
    # What is in `noscript` stands outside of the accessibility tree that the driver reads.
    words = page.locator("noscript")
    expect(words.locator("p").first).to_be_visible()
    assert "JavaScript, which is off in your browser" in words.inner_text()
    shot(page, "play-without-scripts")
    words.locator("a").click()
    page.wait_for_url("**/sessions/build-lower-body-detail/")
