# SPDX-License-Identifier: Apache-2.0
"""Sessions kept in the browser: played with the site dead, delivered once when it is back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import CDPSession, Error, Page, Playwright, Route, expect

from browser.conftest import ARGUMENTS, WITHOUT_FIGURE, executable
from browser.keeping import (
    CACHED,
    EVENTS,
    LEFT,
    SESSION,
    SHELL,
    SITE_DOWN,
    UPDATE,
    away,
    context,
    go_to_the_end,
    keep,
    kept_rows,
    logged,
    next_,
    restart,
    see,
    site,
    stored,
    the_run,
    waiting,
)
from browser.playing import eventually, stop_time
from live import Site

__all__ = ["context", "restart", "see", "site"]

DRAWS_FIGURE = False


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_kept_session_plays_to_the_end_without_the_site_and_arrives_once(
    page: Page, site: Site, restart, faults, see
):
    page.goto(SESSION)
    see(page, "offline-button", "[data-keep]:not([hidden])")
    keep(page)
    see(page, "offline-kept", "[data-keep]")
    assert re.search(
        r"Kept\. [\d.]+\s?MB\. Works without network\.", page.inner_text("[data-keep]")
    )

    away(site)
    page.goto("/library/?kind=session")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(page.get_by_role("link", name="Ten Quiet Minutes")).to_be_visible()
    see(page, "offline-page")

    stop_time(page.context)
    page.get_by_role("link", name="Ten Quiet Minutes").click()
    page.wait_for_url(f"**{SHELL}")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    see(page, "offline-intro", "main", stopped=True)
    run = the_run(page)
    page.get_by_role("button", name="Start", exact=True).click()
    for _ in range(20):
        page.clock.fast_forward(5000)
    see(page, "offline-playing", "main", stopped=True)

    # Closed in the midst of it, and opened again from nothing.
    before = len(logged(page, run))
    page.close()
    page = page.context.new_page()
    page.goto(SHELL)
    page.get_by_role("button", name="Continue", exact=True).click()
    assert the_run(page) == run
    assert len(logged(page, run)) >= before > 2
    go_to_the_end(page)
    see(page, "offline-end", "main", stopped=True)
    assert not stored(site, run)
    made = logged(page, run)
    assert sorted(made) == sorted(waiting(page))
    page.close()

    restart()
    page = page.context.new_page()
    page.goto("/")
    eventually(page, lambda: waiting(page) == [], "the site has all events")
    events = stored(site, run)
    assert sorted(each["id"] for each in events) == sorted(made)
    assert [each["seq"] for each in events] == list(range(1, len(made) + 1))
    assert "done" in {each["type"] for each in events}
    (status,) = site.rows("SELECT status FROM training_run WHERE id = ?", UUID(run))
    assert status == ("finished",)

    # Another playing is another run.
    page.goto(SHELL)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert the_run(page) != run
    faults.expect(*SITE_DOWN)


def test_a_session_played_offline_begins_anew_the_next_day(page: Page, site: Site, restart, faults):
    keep(page)
    away(site)
    stop_time(page.context)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.fast_forward(20_000)
    first = the_run(page)
    page.close()
    page.context.clock.fast_forward("26:00:00")
    page = page.context.new_page()
    page.goto(SHELL)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    runs = {run["id"] for run in kept_rows(page, "runs")}
    assert first in runs
    assert len(runs) == 2
    restart()
    page.goto("/library/")
    eventually(page, lambda: waiting(page) == [], "the first day's events are there")
    assert stored(site, first)
    faults.expect(*SITE_DOWN)


def test_a_tab_killed_during_a_batch_loses_nothing_and_doubles_nothing(
    page: Page, site: Site, faults
):
    """The site stores the batch, and the tab is gone before it hears so."""
    context = page.context
    keep(page)
    stop_time(context)
    page.goto(SHELL)
    reached: list[Route] = []

    def store_and_kill(route: Route) -> None:
        reached.append(route)
        with suppress(Error):
            route.fetch()
            route.abort()

    page.get_by_role("button", name="Start", exact=True).click()
    context.route(EVENTS, store_and_kill)
    run = the_run(page)
    page.clock.fast_forward(15_000)
    next_(page)
    page.clock.fast_forward(3000)
    eventually(page, lambda: reached and stored(site, run), "the site has a batch")
    made = set(logged(page, run))
    assert made & set(waiting(page)), "the page must not have heard that the batch arrived"
    page.close(run_before_unload=False)
    context.unroute(EVENTS)

    page = context.new_page()
    page.goto(SHELL)
    eventually(page, lambda: waiting(page) == [], "the site has all events")
    events = [each["id"] for each in stored(site, run)]
    assert len(events) == len(set(events))
    assert set(events) == set(logged(page, run)) >= made
    faults.expect(*SITE_DOWN)


def test_an_update_waits_until_nothing_plays(page: Page, site: Site, restart, faults):
    keep(page)
    cached = sorted(page.evaluate(CACHED))
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    worker = page.evaluate(UPDATE)
    assert worker == {"before": f"{site.url}/sw.js", "now": f"{site.url}/sw.js"}
    away(site)
    next_(page)
    page.reload()
    expect(page.get_by_role("button", name="Continue", exact=True)).to_be_visible()
    page.close()
    page = page.context.new_page()
    page.goto(SHELL)
    page.get_by_role("button", name="Continue", exact=True).click()
    next_(page)
    assert sorted(page.evaluate(CACHED)) == cached
    faults.expect(*SITE_DOWN)


def test_who_kept_nothing_is_told_so_offline(page: Page, site: Site, restart, faults, see):
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    away(site)
    page.goto("/privacy/")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(page.get_by_text("None yet.")).to_be_visible()
    see(page, "offline-none")
    page.goto(SHELL)
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    restart()
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="This session is not kept")).to_be_visible()
    see(page, "offline-not-kept")
    page.goto("/offline/")
    expect(page.get_by_role("heading", name="Kept for offline")).to_be_visible()
    expect(page.get_by_role("heading", name="You are offline")).to_be_hidden()
    faults.expect(*SITE_DOWN)


def test_a_download_that_breaks_off_keeps_nothing(page: Page, faults, see):
    page.context.route("**/media/packs/**", lambda route: route.abort())
    page.goto(SESSION)
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing of it was kept")
    see(page, "offline-failed", "[data-keep]")
    assert kept_rows(page, "sessions") == []
    assert "hipfirst-kept" not in page.evaluate("caches.keys()")
    page.context.unroute("**/media/packs/**")
    page.get_by_role("alert").get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Works without network.")).to_be_visible()
    faults.expect(*SITE_DOWN)


def test_what_is_kept_is_not_personal_and_is_removed_whole(page: Page):
    keep(page)
    cached = page.evaluate(CACHED)
    assert [each for each in cached if "no-store" in each[1] or "private" in each[1]] == []
    pages = {path for path, _rule in cached if not path.startswith(("/static/", "/media/"))}
    assert pages == {SHELL, "/offline/", "/i18n.js"}
    page.goto("/privacy/")
    page.goto(SESSION)
    assert page.evaluate(CACHED) == cached
    page.get_by_role("button", name="Renew").click()
    expect(page.get_by_text("Works without network.")).to_be_visible()
    with page.expect_response("**/api/kept/*") as told:
        page.get_by_role("button", name="Remove").click()
    assert (told.value.request.method, told.value.ok) == ("DELETE", True)
    expect(page.get_by_role("button", name="Keep for offline")).to_be_visible()
    assert "hipfirst-kept" not in page.evaluate("caches.keys()")


def test_erasing_takes_caches_databases_and_the_worker_too(page: Page, site: Site):
    keep(page)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    run = the_run(page)
    eventually(page, lambda: stored(site, run), "the site has something of it")
    page.goto("/privacy/")
    eventually(page, lambda: waiting(page) == [], "nothing is on its way any more")
    page.get_by_role("button", name="Erase what this site keeps").click()
    page.wait_for_url("**/privacy/?erased")
    nothing = {"databases": [], "caches": [], "workers": 0, "local": 0}
    eventually(page, lambda: page.evaluate(LEFT) == nothing, "this browser keeps nothing")
    query = "SELECT count(*) FROM training_run WHERE id = ?"
    assert site.rows(query, UUID(run)) == [(0,)]
    page.goto(SHELL)
    expect(page.get_by_role("heading", name="This session is not kept")).to_be_visible()


@pytest.fixture
def installed(playwright: Playwright, tmp_path: Path, site: Site) -> Iterator[CDPSession]:
    """A lasting profile on the first page: in a passing one nothing can be installed."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=executable(), args=ARGUMENTS + WITHOUT_FIGURE, base_url=site.url
    )
    page = context.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield context.new_cdp_session(page)
    context.close()


def test_the_site_can_be_installed(installed: CDPSession):
    found = installed.send("Page.getAppManifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["display"] == "standalone"
    assert installed.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
