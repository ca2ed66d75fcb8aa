# SPDX-License-Identifier: Apache-2.0
"""Every button of the player, and what of it the site keeps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.playing import Player, open_session, stop_time
from live import Site

DRAWS_FIGURE = False


@pytest.fixture
def player(page: Page, site: Site) -> Player:
    """Counting down to the first exercise."""
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    return player


def test_a_pause_stops_the_time_and_only_the_time(player: Player):
    player.wait_for("work")
    player.count_to(2)
    player.press("Pause")
    player.page.clock.fast_forward("05:00")
    player.expect_rep(2)
    expect(player.page.get_by_role("status")).to_have_text("Paused.")
    player.press("Resume")
    player.count_to(3)
    player.settle()
    assert [event["type"] for event in player.log.events()][-2:] == ["paused", "resumed"]
    assert player.log.status() == "running"


def test_any_exercise_is_one_choice_away(player: Player):
    player.wait_for("work")
    player.wait_for("rest")
    player.jump("Single-leg bridge")
    player.expect("get-ready")
    player.press("All exercises")
    outline = player.page.get_by_role("dialog", name="All exercises")
    entries = outline.get_by_role("listitem").get_by_role("button")
    expect(entries).to_have_count(len(player.names))
    expect(entries.nth(0)).to_contain_text("Done")
    expect(outline.locator("[aria-current=step]")).to_contain_text("Single-leg bridge")
    entries.nth(0).click()
    expect(player.name).to_have_text("Windscreen wipers")
    player.settle()
    assert [event["slot"] for event in player.log.of("moved") if event["via"] == "jump"] == [
        "press",
        "loosen",
    ]
    assert player.log.bouts()[("loosen", 0)].complete


def test_a_dialog_holds_the_run_and_gives_it_back(player: Player):
    player.wait_for("work")
    player.press("Keys and help")
    player.page.clock.fast_forward("02:00")
    dialog = player.page.get_by_role("dialog", name="Keys and help")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(player.button("Pause")).to_be_visible()
    player.expect_rep(1)


def test_a_dialog_leaves_a_pause_as_it_is(player: Player):
    player.press("Pause")
    player.press("All exercises")
    player.key("Escape")
    expect(player.page.get_by_role("dialog")).to_be_hidden()
    expect(player.button("Resume")).to_be_visible()


def test_a_dialog_may_follow_another_at_once(player: Player):
    player.wait_for("work")
    player.key("?")
    # Escape and the next key before the browser has told of the first dialog's end.
    player.page.evaluate("""() => {
        document.querySelector("hipfirst-player").shadowRoot.querySelector("dialog").close();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "o", bubbles: true }));
    }""")
    player.wait(1)
    expect(player.page.get_by_role("dialog", name="All exercises")).to_be_visible()
    player.key("Escape")
    expect(player.page.get_by_role("dialog")).to_be_hidden()
    expect(player.button("Pause")).to_be_visible()


def test_rest_is_there_for_the_asking(player: Player):
    player.wait_for("work")
    player.count_to(2)
    player.press("+15 s rest")
    player.expect("rest")
    expect(player.timer).to_contain_text("15")
    player.press("+15 s rest")
    expect(player.timer).to_contain_text("30")
    player.wait(31)
    player.expect("get-ready")
    player.wait_for("work")
    player.expect_rep(2)
    player.settle()
    assert player.log.bouts()[("loosen", 0)].rest_added_s == 30
    assert player.log.bouts()[("loosen", 0)].reps == 1


def test_easier_and_harder_go_along_the_ladder(player: Player):
    expect(player.button("Easier")).to_be_enabled()
    expect(player.button("Harder")).to_be_disabled()
    player.jump("Side leg raise")
    player.wait_for("work")
    player.count_to(2)
    player.press("Harder")
    expect(player.name).to_have_text("Side leg raise, rolled forward")
    player.expect("get-ready")
    expect(player.button("Harder")).to_be_disabled()
    player.press("Easier")
    player.press("Easier")
    expect(player.name).to_have_text("Clam hold")
    expect(player.button("Easier")).to_be_disabled()
    player.settle()
    assert [event["rung"] for event in player.log.of("rung-changed")] == [2, 1, 0]
    # What was done of the other rung before the change still counts.
    assert player.log.bouts()[("raise", 0)].reps == 1
    assert player.log.bouts()[("raise", 0)].rung == 1


def test_skipping_goes_on_and_stays_open(player: Player):
    player.skip()
    expect(player.name).to_have_text("Bridge")
    player.skip()
    expect(player.name).to_have_text("Clam")
    player.back()
    expect(player.name).to_have_text("Bridge")
    player.wait_for("work")
    player.count_to(3)
    player.settle()
    slots = {slot.id: slot for slot in player.log.state().slots}
    assert slots["loosen"].skipped
    assert player.log.of("skipped")[0]["reason"] == "not-today"


def test_this_set_again_starts_it_anew_and_keeps_the_better_count(player: Player):
    player.wait_for("work")
    player.count_to(4)
    player.press("This set again")
    player.wait_for("work")
    player.expect_rep(1)
    player.count_to(2)
    player.next()
    player.settle()
    assert player.log.bouts()[("loosen", 0)].reps == 3


def test_half_as_fast_takes_twice_as_long(player: Player):
    player.wait_for("work")
    player.press("Half as fast")
    expect(player.button("Half as fast")).to_have_attribute("aria-pressed", "true")
    player.wait(2 * player.cycle_s() - 1)
    player.expect_rep(1)
    player.wait(2)
    player.expect_rep(2)


def test_the_choice_of_silence_outlives_the_page(player: Player):
    player.press("Sound")
    expect(player.button("Sound")).to_have_attribute("aria-pressed", "false")
    player.page.reload()
    expect(player.button("Sound")).to_have_attribute("aria-pressed", "false")


def test_a_screen_reader_hears_the_turning_points(player: Player):
    heard = player.page.get_by_role("status")
    player.wait(1)
    expect(heard).to_have_text("Get ready. Windscreen wipers, 6 repetitions.")
    player.wait_for("work")
    player.wait(1)
    expect(heard).to_have_text("Go.")
    player.wait_for("rest")
    player.wait(1)
    expect(heard).to_have_text(re.compile(r"^Rest: \d+ seconds\. Next: Bridge, 8 repetitions\.$"))


def test_a_tab_that_slept_claims_nothing(player: Player):
    player.wait_for("work")
    player.count_to(3)
    # A laptop lid closed for ten minutes: one jump of the clock, no frame in between.
    player.page.clock.fast_forward(600_000)
    expect(player.now).to_contain_text("You were away for a while")
    expect(player.button("Resume")).to_be_visible()
    expect(player.name).to_have_text("Windscreen wipers")
    player.press("Resume")
    player.wait_for("rest")
    player.settle()
    done = {place for place, bout in player.log.bouts().items() if bout.rung is not None}
    assert done == {("loosen", 0)}


def test_a_tab_that_slept_in_a_rest_is_right_at_once(player: Player):
    player.wait_for("work")
    player.wait_for("rest")
    player.page.clock.fast_forward(14_000)
    player.expect("get-ready")
    expect(player.name).to_have_text("Bridge")
