# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to page, tab, network or site: the run goes on where it was, each event once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from browser.playing import SESSION, Player, arrived, eventually, open_session, stop_time
from live import Site, serve

DRAWS_FIGURE = False

EVENTS = re.compile(r"/api/.*events")
SITE_DOWN = ("ERR_CONNECTION_REFUSED", "ERR_FAILED", "ERR_INTERNET_DISCONNECTED")


@pytest.fixture
def player(page: Page, site: Site) -> Player:
    """One exercise done, the next one begun."""
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    player.wait_for("work")
    player.wait_for("rest")
    player.next()
    player.wait_for("work")
    player.count_to(3)
    return player


def assert_each_once(player: Player, *types: str) -> None:
    """The log holds exactly these events, in this order, each counted up from the one before."""
    events = player.log.events()
    assert [event["type"] for event in events] == list(types)
    assert len({event["id"] for event in events}) == len(events)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))


BEGUN = ("started", "done", "moved")
SKIPPED = ("paused", "skipped", "moved", "resumed")
"""The question why holds the run."""


def go_on(player: Player, *, at: str) -> None:
    """The page says where the run stands, and goes on there."""
    expect(player.page.get_by_role("heading", name="Welcome back")).to_be_visible()
    expect(player.page.get_by_role("main")).to_contain_text(f"You are at: {at}")
    player.press("Continue")
    expect(player.name).to_have_text(at)
    player.wait_for("work")


def test_a_reload_resumes_at_the_same_repetition(player: Player):
    done = player.progress()
    player.page.reload()
    # Of a repetition that was broken off nothing is claimed.
    assert done - 1 <= player.progress() <= done
    go_on(player, at="Bridge")
    player.expect_rep(3)
    player.settle()
    assert_each_once(player, *BEGUN, "done")


def test_a_reload_keeps_the_pause_the_rung_and_what_was_skipped(player: Player):
    player.press("Harder")
    player.press("Pause")
    player.page.reload()
    go_on(player, at="Bridge march")
    player.skip()
    player.settle()
    player.page.reload()
    go_on(player, at="Clam")
    player.settle()
    before = ("done", "rung-changed", "paused", "resumed")
    assert_each_once(player, *BEGUN, *before, *SKIPPED)


def test_a_reload_at_the_end_shows_the_end(player: Player):
    player.press("All exercises")
    player.press("Finish here for today")
    player.page.reload()
    expect(player.page.get_by_role("heading", name=re.compile("time well spent"))).to_be_visible()
    player.press("Back to the last exercise")
    expect(player.name).to_have_text("Bridge")
    player.settle()
    assert player.log.status() == "running"


def test_a_later_visit_goes_on_from_the_session_page(player: Player, site: Site):
    player.settle()
    context, run = player.page.context, player.run
    player.page.close()
    context.clock.fast_forward("05:00:00")
    later = open_session(context.new_page(), site, "Continue")
    assert later.run == run
    go_on(later, at="Bridge")
    later.expect_rep(3)


def test_starting_again_leaves_the_old_run_alone(player: Player, site: Site):
    player.settle()
    before = player.log.events()
    player.page.goto(SESSION)
    player.page.get_by_role("button", name="Start again").click()
    fresh = arrived(player.page, site)
    assert fresh.run != player.run
    assert fresh.progress() == 0
    # What the old page logged as it left may be added; nothing that was there is changed.
    assert player.log.events()[: len(before)] == before


def test_the_tab_that_acted_last_plays(player: Player, site: Site):
    second = player.page.context.new_page()
    second.goto(player.page.url)
    other = arrived(second, site)
    expect(player.now.get_by_role("status")).to_contain_text("Playing in another tab.")
    expect(player.button("Resume")).to_be_visible()
    go_on(other, at="Bridge")
    other.expect_rep(3)
    other.next()
    expect(other.name).to_have_text("Clam")

    player.press("Take over here")
    player.wait(1)
    expect(player.now.get_by_role("status")).to_have_count(0)
    expect(other.now.get_by_role("status")).to_contain_text("Playing in another tab.")
    expect(player.button("Pause")).to_be_visible()
    player.settle()
    other.delivered()
    events = player.log.events()
    assert len({event["id"] for event in events}) == len(events)
    reps = {place: bout.reps for place, bout in player.log.bouts().items() if bout.reps}
    assert reps == {("loosen", 0): 6, ("lift", 0): 2}


def test_a_tab_that_is_closed_at_once_loses_nothing(player: Player):
    player.settle()
    before, context, url = len(player.log.events()), player.page.context, player.page.url
    player.next()
    player.skip()
    player.next()
    player.page.close()
    assert_resumed_elsewhere(player, context, url, before)


def test_a_tab_that_is_killed_at_once_loses_nothing(player: Player):
    player.settle()
    before, context, url = len(player.log.events()), player.page.context, player.page.url
    player.next()
    player.skip()
    player.next()
    crash(player.page)
    assert_resumed_elsewhere(player, context, url, before)


def test_a_pause_is_safe_also_when_the_tab_is_killed(player: Player):
    player.press("Pause")
    player.settle()
    crash(player.page)
    player.page = player.page.context.new_page()
    player.page.goto(f"/play/{player.run}/")
    go_on(arrived(player.page, player.site), at="Bridge")
    assert player.log.bouts()[("lift", 0)].reps == 2


def crash(page: Page) -> None:
    """The tab is gone without a last word."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=5000)
    page.close()


def assert_resumed_elsewhere(
    player: Player, context: BrowserContext, url: str, before: int
) -> None:
    """After `next`, `skip`, `next` in a page that is gone, another one stands where it stood."""
    page = context.new_page()
    page.goto(url)
    player.page = page
    expect(page.get_by_role("main")).to_contain_text("You are at: Prone heel squeeze")
    player.settle()
    assert before == len(BEGUN)
    assert_each_once(player, *BEGUN, "done", "moved", *SKIPPED, "moved")
    assert player.log.bouts()[("lift", 0)].reps == 2


def test_an_answer_that_is_lost_counts_once(player: Player, faults):
    """The site stores the events, and the browser never hears of it."""
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    player.page.context.route(EVENTS, lose)
    player.next()
    player.page.clock.fast_forward(1000)
    eventually(player.page, lambda: lost == [200], "the site got the events")
    expect(player.page.get_by_text("Offline: kept here for now")).to_be_visible()
    assert player.unsent() > 0
    stored = len(player.log.events())
    player.page.context.unroute(EVENTS)
    player.wait(3)
    player.delivered()
    expect(player.page.get_by_text("Offline: kept here for now")).to_be_hidden()
    assert len(player.log.events()) == stored
    assert_each_once(player, *BEGUN, "done", "moved")
    faults.expect(*SITE_DOWN)


def test_events_wait_while_the_device_is_offline(player: Player, faults):
    player.settle()
    player.page.context.set_offline(True)
    player.next()
    player.skip()
    player.wait(2)
    expect(player.page.get_by_text("Offline: kept here for now")).to_be_visible()
    assert_each_once(player, *BEGUN)
    player.page.context.set_offline(False)
    player.delivered()
    assert_each_once(player, *BEGUN, "done", "moved", *SKIPPED)
    faults.expect(*SITE_DOWN)


@pytest.fixture
def restart(site: Site) -> Iterator[Callable[[], None]]:
    """`restart()` after `site.stop()`: the same site at the same address."""

    def start() -> None:
        site.process = serve(site.data, port=site.port).process

    yield start
    if site.process.poll() is not None:
        start()


def test_events_arrive_once_after_the_site_was_down(
    player: Player, restart: Callable[[], None], site: Site, faults
):
    player.settle()
    before = len(player.log.events())
    site.stop()
    player.next()
    player.wait_for("work")
    player.count_to(3)
    player.press("Pause")
    player.page.clock.fast_forward("00:10")
    expect(player.page.get_by_text("Offline: kept here for now")).to_be_visible()
    assert player.unsent() == 4
    restart()
    assert len(player.log.events()) == before
    player.page.clock.fast_forward("02:10")
    player.delivered()
    expect(player.page.get_by_text("Offline: kept here for now")).to_be_hidden()
    assert_each_once(player, *BEGUN, "done", "moved", "done", "paused")
    assert player.log.bouts()[("open", 0)].reps == 2
    faults.expect(*SITE_DOWN)
