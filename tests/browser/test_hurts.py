# SPDX-License-Identifier: Apache-2.0
"""What the player does when a movement hurts or does not suit, and what is told at the end."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.playing import Player, open_session, stop_time, tab_to
from live import Site

DRAWS_FIGURE = False
BRIDGE, LAST = 1, -1


@pytest.fixture
def player(page: Page, site: Site) -> Player:
    """Two repetitions into the bridge."""
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    player.next()
    expect(player.name).to_have_text("Bridge")
    player.wait_for("work")
    player.count_to(3)
    return player


def slots(player: Player) -> list[dict[str, Any]]:
    payload = json.loads(player.page.locator("#payload").text_content() or "")
    return payload["timeline"]["slots"]


def choices(slot: dict[str, Any]) -> list[dict[str, Any]]:
    return slot["rungs"] + slot["others"]


def stands_in(slot: dict[str, Any], reason: str) -> str:
    """Name of what the plan offers for a reason."""
    slug = slot["substitutes"][reason]
    return next(rung["name"] for rung in choices(slot) if rung["exercise"] == slug)


def dialog(player: Player, name: str) -> Locator:
    return player.page.get_by_role("dialog", name=name)


def say_it_hurts(player: Player, knee: str, pain: int) -> None:
    for answer in ("Skip or swap", "It hurts", knee, str(pain)):
        player.press(answer)


def played(player: Player) -> list[str]:
    """The movement that each slot of the run stands at, by the log."""
    state, plan = player.log.state(), slots(player)
    return [choices(plan[n])[slot.rung]["exercise"] for n, slot in enumerate(state.slots)]


def test_much_pain_takes_the_movement_out_and_another_one_in(
    player: Player, assert_accessible, shot
):
    other = stands_in(slots(player)[BRIDGE], "hurts")
    say_it_hurts(player, "Left knee", 6)
    told = dialog(player, "That movement rests now")
    expect(told).to_contain_text(other)
    expect(told.get_by_role("link", name="The knee rules")).to_be_visible()
    assert_accessible(player.page, stopped=True)
    shot(player.page, "hurts-rests")
    told.get_by_role("button", name="Do this instead").click()
    expect(player.name).to_have_text(other)
    expect(player.now).to_contain_text("Left knee: 6 in Bridge")
    player.settle()

    assert [(each["rung"], each["where"], each["pain"]) for each in player.log.of("hurt")] == [
        (1, "left", 6)
    ]
    assert all(event["reason"] == "hurts" for event in player.log.of("swapped", "skipped"))
    as_hard = {rung["exercise"] for rung in slots(player)[BRIDGE]["rungs"][1:]}
    skipped = [slot.skipped for slot in player.log.state().slots]
    assert not as_hard & {
        slug for slug, left in zip(played(player), skipped, strict=True) if not left
    }
    assert player.log.bouts()[("lift", 0)].reps == 2

    player.page.reload()
    expect(player.page.get_by_role("main")).to_contain_text(f"You are at: {other}")


def test_some_pain_goes_a_rung_down(player: Player):
    player.press("Harder")
    expect(player.name).to_have_text("Bridge march")
    say_it_hurts(player, "Right knee", 3)
    expect(dialog(player, "We go easier")).to_contain_text("Instead of Bridge march")
    player.press("Do this instead")
    expect(player.name).to_have_text("Bridge")
    expect(player.button("Harder")).to_be_enabled()


def test_a_little_pain_leaves_the_choice_and_the_place(player: Player):
    say_it_hurts(player, "Left knee", 1)
    expect(dialog(player, "How shall we go on?")).to_be_visible()
    player.press("Go on as it is")
    player.expect_rep(3)
    player.settle()
    assert player.log.of("swapped", "skipped") == []
    assert player.log.state().hurts[0].pain == 1


def test_pain_elsewhere_asks_the_red_flags_and_goes_on_where_none_is_true(
    player: Player, assert_accessible, shot
):
    for answer in ("Skip or swap", "It hurts", "Somewhere else"):
        player.press(answer)
    flags = dialog(player, "Is any of this true?")
    expect(flags.get_by_role("listitem").first).to_be_visible()
    assert_accessible(player.page, stopped=True)
    shot(player.page, "hurts-flags")
    flags.get_by_role("button", name="None of this is true").click()
    expect(dialog(player, "Then we leave that movement")).to_contain_text("Bridge")
    player.press("Go on")
    expect(player.name).to_have_text("Clam")
    player.settle()
    hurt = player.log.of("hurt")[0]
    assert (hurt["where"], hurt["pain"]) == ("elsewhere", None)
    assert player.log.status() == "running"


def test_a_red_flag_ends_the_session_with_what_to_do(player: Player, assert_accessible, shot):
    for answer in ("Skip or swap", "It hurts", "Somewhere else"):
        player.press(answer)
    flag = json.loads(player.page.locator("#payload").text_content() or "")["red_flags"][0]
    player.press(flag["question"])
    advice = player.page.get_by_role("alert")
    for part in ("may_mean", "how_soon", "go_to", "say"):
        expect(advice).to_contain_text(flag[part])
    assert_accessible(player.page, stopped=True)
    shot(player.page, "hurts-advice")
    player.page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
    expect_advice_alone(player, flag)
    player.settle()
    player.page.reload()
    expect_advice_alone(player, flag)
    shot(player.page, "hurts-flagged")
    assert player.log.status() == "finished"
    assert player.log.state().flags == (flag["slug"],)
    assert player.log.bouts()[("lift", 0)].reps == 2


def expect_advice_alone(player: Player, flag: dict[str, Any]) -> None:
    """The end of the session tells what to do about the sign, and leads nowhere but on from it."""
    end = player.page.get_by_role("region", name="This is for somebody who can examine you")
    expect(end).to_contain_text(flag["go_to"])
    expect(end.get_by_role("link")).to_have_text(["Answer anew", "All sessions and movements"])
    expect(end.get_by_role("button")).to_have_count(0)


def test_a_question_about_red_flags_that_is_closed_is_asked_before_going_on(player: Player):
    for answer in ("Skip or swap", "It hurts", "Somewhere else"):
        player.press(answer)
    player.key("Escape")
    expect(player.page.get_by_role("dialog")).to_be_hidden()
    expect(player.button("Resume")).to_be_visible()
    player.settle()
    player.page.reload()
    player.page.locator("#begin").click()
    player.press("None of this is true")
    player.press("Go on")
    expect(player.button("Pause")).to_be_visible()
    player.settle()
    assert player.log.status() == "running"


def test_a_swap_and_the_way_back(player: Player, assert_accessible, shot):
    other = stands_in(slots(player)[BRIDGE], "no-space")
    player.press("Skip or swap")
    assert_accessible(player.page, stopped=True)
    shot(player.page, "hurts-reasons")
    player.press("No space")
    ready = dialog(player, "This stands ready")
    expect(ready).to_contain_text("Trains the same: ")
    expect(ready).to_contain_text(other)
    player.press("Do this instead")
    expect(player.name).to_have_text(other)
    player.press("Skip or swap")
    player.press("Back to Bridge")
    expect(player.name).to_have_text("Bridge")
    player.settle()
    assert [event["reason"] for event in player.log.of("swapped")] == ["no-space"]
    assert player.log.bouts()[("lift", 0)].reps == 2


def test_in_a_rest_the_next_exercise_is_skipped(player: Player):
    player.back()
    player.wait_for("work")
    player.wait_for("rest")
    player.press("Skip or swap")
    expect(dialog(player, "Skip or swap")).to_contain_text("Next comes: Bridge")
    player.press("Not today")
    player.press("Go on to the next one")
    player.expect("rest")
    player.wait_for("get-ready")
    expect(player.name).to_have_text("Clam")
    player.settle()
    assert [(each["slot"], each["reason"]) for each in player.log.of("skipped")] == [
        ("lift", "not-today")
    ]


def test_all_of_it_by_keys(player: Player):
    other = stands_in(slots(player)[BRIDGE], "hurts")
    player.key("s")
    for answer in ("It hurts", "Left knee", "5", "Do this instead"):
        tab_to(player.page, f"^{answer}$")
        player.key("Enter")
    expect(player.name).to_have_text(other)
    player.key("Space")
    expect(player.button("Resume")).to_be_visible()


def test_the_end_is_rated_without_a_network_and_says_what_follows(
    player: Player, faults, assert_accessible, shot
):
    page = player.page
    say_it_hurts(player, "Right knee", 4)
    player.press("Do this instead")
    player.press("All exercises")
    player.press("Finish here for today")
    player.settle()
    page.context.set_offline(True)
    knees = [
        page.get_by_role("group", name=re.compile(f"{side} knee")) for side in ("left", "right")
    ]
    expect(knees[1].get_by_role("radio", name="4", exact=True)).to_be_checked()
    expect(knees[0].get_by_role("radio", name="Not told")).to_be_checked()
    assert_accessible(page, stopped=True)
    knees[0].get_by_role("radio", name="0", exact=True).check(force=True)
    page.get_by_role("radio", name="5 hard").check(force=True)
    knees[0].get_by_role("radio", name="Not told").check()
    expect(knees[0].get_by_role("radio", name="0", exact=True)).not_to_be_checked()
    knees[0].get_by_role("radio", name="0", exact=True).check(force=True)
    page.get_by_role("textbox", name="A line for yourself").fill("Kinder than Monday.")
    player.press("Save")
    told = page.get_by_role("heading", name="Saved. Thank you.")
    expect(told).to_be_in_viewport()
    expect(page.get_by_role("main")).to_contain_text("What follows:")
    expect(page.get_by_role("link", name="The rule")).to_have_attribute(
        "href", re.compile(r"/knee-rules/#rule-last-amber$")
    )
    shot(page, "hurts-rated")
    player.wait(2)
    assert player.log.of("rated") == []
    page.context.set_offline(False)
    player.delivered()
    rating = player.log.state().rating
    assert rating is not None
    assert (rating.pain_left, rating.pain_right, rating.effort) == (0, 4, 5)
    assert rating.note == "Kinder than Monday."
    assert player.log.status() == "finished"
    page.reload()
    expect(page.get_by_role("textbox", name="A line for yourself")).to_have_value(rating.note)
    faults.expect("ERR_INTERNET_DISCONNECTED")


def test_large_letters_keep_every_answer_within_the_screen(player: Player):
    page = player.page
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for answer in ("Skip or swap", "It hurts", "Left knee"):
        player.press(answer)
        box = page.get_by_role("dialog").bounding_box()
        width = page.viewport_size["width"]
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        wide = page.evaluate("""() => {
            const root = document.querySelector("hipfirst-player").shadowRoot;
            const dialog = root.querySelector("dialog");
            return dialog.scrollWidth - dialog.clientWidth;
        }""")
        assert wide <= 0
