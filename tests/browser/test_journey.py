# SPDX-License-Identifier: Apache-2.0
"""The main job, from the first page to the end of a session: by pointer, and by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.playing import Player, arrived, open_session, stop_time, tab_to
from live import Site

WAY = (
    ("Sessions & movements", "**/library/"),
    ("Build: Lower Body Detail", "**/sessions/*/"),
    ("My knees are fine: start the session", "**/play/*/"),
)
SCOLDING = re.compile(
    r"\b(fail|miss|only|should|incomplete|unfinished|lazy|forgot|yet to|behind|skipped|not done)",
    re.IGNORECASE,
)


def test_from_the_first_page_to_the_end(page: Page, site: Site):
    stop_time(page.context)
    page.goto("/")
    page.get_by_role("link", name="Sessions & movements").first.click()
    page.get_by_role("link", name="Build: Lower Body Detail", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Build: Lower Body Detail")
    page.get_by_role("button", name="Start the session").click()
    player = arrived(page, site)
    player.start()
    player.wait_for("work")
    player.wait_for("rest")
    player.next()
    expect(player.name).to_have_text("Bridge")
    player.skip()
    expect(player.name).to_have_text("Clam")
    player.wait_for("work")
    player.count_to(4)
    player.press("All exercises")
    page.get_by_role("button", name="Finish here for today").click()
    assert_summary(player)
    page.get_by_role("link", name="To the session page", exact=True).click()
    expect(page.get_by_role("button", name="Start the session")).to_be_visible()


def assert_summary(player: Player) -> None:
    """The end counts one whole exercise, a part of another, and is kind about the rest."""
    page = player.page
    end = page.get_by_role("region", name=re.compile("time well spent"))
    expect(end).to_be_visible()
    done, left = (lists(end, title) for title in ("What you did", "Left for another time"))
    assert done == ["Windscreen wipers 6 repetitions", "Clam 3 repetitions"]
    assert [line.split(" Do it now")[0] for line in left] == player.names[1:]
    assert not SCOLDING.search(end.inner_text())
    player.settle()
    assert player.log.status() == "finished"
    worked = [bout for bout in player.log.bouts().values() if bout.rung is not None]
    assert [(bout.reps, bout.complete) for bout in worked] == [(6, True), (3, False)]
    seconds = sum(bout.seconds for bout in worked)
    expect(end).to_contain_text(f"{max(1, round(seconds / 60))} minute")
    expect(end).to_contain_text("2 exercises")
    expect(end).to_contain_text("1 set")


def lists(end, title: str) -> list[str]:
    rows = end.get_by_role("heading", name=title).locator("xpath=following-sibling::ul/li")
    return [" ".join(text.split()) for text in rows.all_inner_texts()]


def test_from_the_first_page_to_the_end_by_keys_alone(page: Page, site: Site):
    stop_time(page.context)
    page.goto("/")
    for name, there in WAY:
        tab_to(page, f"^{name}$")
        page.keyboard.press("Enter")
        page.wait_for_url(there)
    player = arrived(page, site)
    player.key("Space")
    player.expect("get-ready")
    player.wait_for("work")
    player.count_to(3)

    player.key("Space")
    expect(player.button("Resume")).to_be_visible()
    player.key("Space", "ArrowRight")
    expect(player.name).to_have_text("Bridge")
    player.key("ArrowLeft")
    expect(player.name).to_have_text("Windscreen wipers")
    player.key("ArrowRight", "ArrowUp")
    expect(player.name).to_have_text("Bridge march")
    player.key("ArrowDown")
    expect(player.name).to_have_text("Bridge")
    player.key("r")
    player.expect("rest")
    player.key("s")
    for answer in ("Not today", "Go on to the next one"):
        tab_to(page, f"^{answer}$")
        player.key("Enter")
    expect(player.name).to_have_text("Clam")

    player.key("?")
    help_page = page.get_by_role("dialog", name="Keys and help")
    expect(help_page).to_contain_text("Previous exercise")
    player.key("Escape")
    expect(help_page).to_be_hidden()
    player.key("o")
    tab_to(page, "^Figure-four stretch")
    player.key("Enter")
    expect(player.name).to_have_text("Figure-four stretch")
    player.key("ArrowRight")
    expect(page.get_by_role("heading", name=re.compile("time well spent"))).to_be_focused()
    player.settle()
    assert player.log.status() == "finished"
    assert player.log.bouts()[("loosen", 0)].reps == 2
    types = {event["type"] for event in player.log.events()}
    assert types >= {"started", "paused", "resumed", "rung-changed", "rest-added", "skipped"}

    tab_to(page, "^To the session page$")
    player.key("Enter")
    page.wait_for_url("**/sessions/build-lower-body-detail/")


@pytest.mark.parametrize("size", [(390, 844)], ids=["phone"])
def test_left_alone_the_session_plays_to_its_end(page: Page, site: Site):
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    end = page.get_by_role("heading", name=re.compile("time well spent"))
    for _ in range(200):
        if end.is_visible():
            break
        page.clock.fast_forward(10_000)
    expect(end).to_be_visible()
    player.settle()
    bouts = player.log.bouts().values()
    assert all(bout.complete for bout in bouts)
    assert len(player.log.of("done")) == len(bouts)
    assert page.get_by_role("heading", name="Left for another time").count() == 0
    minutes = round(sum(bout.seconds for bout in bouts) / 60)
    expect(page.get_by_role("main")).to_contain_text(f"{minutes} minutes")
