# SPDX-License-Identifier: Apache-2.0
"""A kept session that is for members: it begins as long as the site said, and what was done always
arrives.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, Route, expect

from browser.keeping import (
    SESSION,
    SHELL,
    SITE_DOWN,
    away,
    context,
    keep,
    logged,
    next_,
    restart,
    see,
    site,
    stored,
    the_run,
    waiting,
)
from browser.playing import eventually
from live import Site

__all__ = ["context", "restart", "see", "site"]

DRAWS_FIGURE = False
KEEP = "**/api/kept/**"
OVER = "Connect once to renew this session"


def given_until(page: Page, until: datetime) -> None:
    """From here on the site gives sessions along for members, until then."""

    def answer(route: Route) -> None:
        given = route.fetch()
        route.fulfill(response=given, json={**given.json(), "until": until.isoformat()})

    page.context.route(KEEP, answer)


def test_it_asks_to_connect_once_and_loses_nothing(page: Page, site: Site, restart, faults, see):
    now = datetime.now(UTC)
    given_until(page, now + timedelta(hours=1))
    keep(page)
    page.context.unroute(KEEP)
    away(site)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    next_(page)
    run = the_run(page)
    eventually(page, lambda: len(waiting(page)) >= 2, "something waits")
    made = logged(page, run)

    # What has begun may be finished, and nothing else begins.
    page.clock.set_fixed_time(now + timedelta(hours=2))
    page.goto(SHELL)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="All exercises").click()
    page.get_by_role("button", name="Finish here for today").click()
    expect(page.locator("#end-title")).to_be_visible()
    page.goto("/offline/")
    page.goto(SHELL)
    expect(page.get_by_role("heading", name=OVER)).to_be_visible()
    see(page, "offline-over")
    assert set(made) <= set(waiting(page))

    restart()
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    eventually(page, lambda: waiting(page) == [], "all is delivered")
    assert {each["id"] for each in stored(site, run)} >= set(made)
    away(site)
    page.goto(SHELL)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    faults.expect(*SITE_DOWN)


def test_where_the_membership_is_over_it_says_so_and_delivers(page: Page, site: Site, faults, see):
    keep(page)
    page.context.route("**/api/runs/**", lambda route: route.abort())
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    run = the_run(page)
    page.get_by_role("button", name="All exercises").click()
    page.get_by_role("button", name="Finish here for today").click()
    expect(page.locator("#end-title")).to_be_visible()
    assert waiting(page)
    page.context.unroute("**/api/runs/**")
    said = {"code": "members-only", "message": "“Ten Quiet Minutes” is for members.", "faults": []}
    page.context.route(KEEP, lambda route: route.fulfill(status=403, json={"error": said}))
    page.goto("/offline/")
    page.goto(SHELL)
    expect(page.get_by_role("heading", name="This session is for members")).to_be_visible()
    expect(page.get_by_text(said["message"])).to_be_visible()
    see(page, "offline-members-only")
    eventually(page, lambda: waiting(page) == [], "all is delivered")
    assert stored(site, run)
    page.goto(SESSION)
    page.get_by_role("button", name="Renew").click()
    expect(page.locator("[data-keep-part='why-site']")).to_have_text(said["message"])
    faults.expect(*SITE_DOWN, "403 (Forbidden)")
