# SPDX-License-Identifier: Apache-2.0
"""Forward, back and sideways from every state of the player; what was done stays done."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.playing import Player, open_session, stop_time
from live import Site

DRAWS_FIGURE = False


@pytest.fixture
def player(page: Page, site: Site) -> Player:
    """Two repetitions into the first exercise."""
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    player.wait_for("work")
    player.count_to(3)
    return player


def in_get_ready(player: Player) -> None:
    player.jump("Bridge")
    player.expect("get-ready")


def in_work(player: Player) -> None:
    player.jump("Bridge")
    player.wait_for("work")
    player.count_to(3)


def in_hold(player: Player) -> None:
    player.jump("Prone heel squeeze")
    player.wait_for("work")
    player.wait(10)
    expect(player.timer).to_contain_text("seconds")


def in_rest(player: Player) -> None:
    in_work(player)
    player.wait_for("rest")


def in_switch(player: Player) -> None:
    player.jump("Reverse clam")
    player.wait_for("work")
    player.wait_for("switch")
    expect(player.now).to_contain_text("Switch sides")


def in_pause(player: Player) -> None:
    in_work(player)
    player.press("Pause")


STATES = {
    in_get_ready: "Bridge",
    in_work: "Bridge",
    in_hold: "Prone heel squeeze",
    in_rest: "Bridge",
    in_switch: "Reverse clam",
    in_pause: "Bridge",
}


@pytest.mark.parametrize("reach", STATES)
def test_forward_and_back_keep_what_was_done(player: Player, reach):
    reach(player)
    before, done_before = kept(player), player.progress()
    here = player.names.index(STATES[reach])

    for move, slot in ((player.next, here + 1), (player.back, here), (player.back, here - 1)):
        move()
        expect(player.name).to_have_text(player.names[slot])
        player.expect("get-ready")
        expect(player.button("Resume" if reach is in_pause else "Pause")).to_be_visible()
        # Of a repetition that is broken off nothing is claimed.
        assert player.progress() >= done_before - 1

    player.settle()
    assert [event["via"] for event in player.log.of("moved")][-3:] == ["next", "back", "back"]
    assert_kept(before, player.log.bouts())


def kept(player: Player) -> dict:
    player.settle()
    return {place: bout for place, bout in player.log.bouts().items() if bout.rung is not None}


def assert_kept(before: dict, after: dict) -> None:
    assert before[("loosen", 0)].reps == 2
    for place, bout in before.items():
        assert after[place].reps >= bout.reps
        assert after[place].seconds >= bout.seconds
        assert after[place].complete >= bout.complete


def test_half_a_set_goes_on_where_it_was_left(player: Player):
    player.next()
    player.back()
    player.wait_for("work")
    player.expect_rep(3)
    player.wait_for("rest")
    player.settle()
    bout = player.log.bouts()[("loosen", 0)]
    assert (bout.reps, bout.complete) == (6, True)
