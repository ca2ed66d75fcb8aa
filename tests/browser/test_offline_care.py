# SPDX-License-Identifier: Apache-2.0
"""Kept sessions where something is amiss: pain, a sign, an update, a full device, a stranger."""

from __future__ import annotations

import re

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
from browser.test_check import about_signs
from live import Site

__all__ = ["context", "restart", "see", "site"]

DRAWS_FIGURE = False

MARK = """async (shell) => {
    const cache = await caches.open("hipfirst-kept");
    const known = await cache.match(shell, {ignoreVary: true});
    const text = (await known.text()).replace("<html ", "<html data-kept-copy ");
    await cache.put(shell, new Response(text, {headers: known.headers}));
}"""
FULL = """
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
        const transaction = this.transaction;
        queueMicrotask(() => { try { transaction.abort(); } catch {} });
        return put.apply(this, given);
    };
"""


def test_page_code_and_plan_are_as_they_were_kept_and_are_renewed_together(page: Page):
    """An update of the site reaches a kept session as a whole, or not yet."""
    keep(page)
    page.evaluate(MARK, SHELL)
    page.goto(SHELL)
    expect(page.locator("html[data-kept-copy]")).to_have_count(1)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    copy = f"caches.open('hipfirst-kept').then(c => c.match('{SHELL}')).then(r => r.text())"
    eventually(page, lambda: "data-kept-copy" not in page.evaluate(copy), "the copy is renewed")
    page.goto(SHELL)
    expect(page.locator("html[data-kept-copy]")).to_have_count(0)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_what_hurt_rests_in_the_next_run_without_the_site(page: Page, site: Site, restart, faults):
    keep(page)
    away(site)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    first = page.locator("h2.exercise").first.inner_text()
    for name in ("Skip or swap", "It hurts", "Left knee"):
        page.get_by_role("button", name=name).first.click()
    page.get_by_role("button", name="8", exact=True).click()
    page.get_by_role("button", name=re.compile("Do this instead|Go on")).first.click()
    page.get_by_role("button", name="All exercises").click()
    page.get_by_role("button", name="Finish here for today").click()
    expect(page.locator("#end-title")).to_be_visible()
    before = the_run(page)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    assert the_run(page) != before
    expect(page.locator("h2.exercise").first).not_to_have_text(first)
    faults.expect(*SITE_DOWN)


def test_another_tab_leaves_a_finished_run_to_the_tab_that_shows_it(page: Page, site: Site):
    keep(page)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="All exercises").click()
    page.get_by_role("button", name="Finish here for today").click()
    run = the_run(page)
    other = page.context.new_page()
    other.goto("/library/")
    eventually(other, lambda: waiting(other) == [], "all is delivered")
    other.goto("/")
    page.reload()
    expect(page.locator("#end-title")).to_be_visible()
    assert the_run(page) == run
    # Renewed in another tab, the plan of this one stays its own.
    other.goto(SESSION)
    other.get_by_role("button", name="Renew").click()
    expect(other.get_by_text("Works without network.")).to_be_visible()
    page.reload()
    expect(page.locator("#end-title")).to_be_visible()


def test_a_stranger_on_the_way_erases_nothing(page: Page, site: Site, faults):
    """A proxy in front of a site that is away, or the sign-in page of a network."""
    keep(page)
    page.context.route("**/api/**", lambda route: route.abort())
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    next_(page)
    eventually(page, lambda: len(waiting(page)) >= 2, "something waits")
    page.close()
    page = page.context.new_page()
    page.context.unroute("**/api/**")
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(status=404, content_type="text/plain", body="404 page not found")

    page.context.route("**/api/**", refuse)
    page.goto("/library/")
    run = the_run(page)
    made = logged(page, run)
    eventually(page, lambda: asked, "the stranger was asked")
    page.goto("/privacy/")
    assert sorted(waiting(page)) == sorted(made)
    page.context.unroute("**/api/**")
    page.goto("/library/")
    eventually(page, lambda: waiting(page) == [], "the site has all events")
    assert sorted(each["id"] for each in stored(site, run)) == sorted(made)
    faults.expect(*SITE_DOWN, "404 (Not Found)")


def test_a_sign_in_the_knee_check_stops_a_kept_session_too(
    page: Page, site: Site, restart, faults, see
):
    keep(page)
    page.goto("/check/")
    asked = page.get_by_role("group", name="Is any of this true today?").locator("label")
    about_signs(page, asked.filter(has_text=re.compile("calf", re.IGNORECASE)).first.inner_text())
    page.goto(SHELL)
    expect(page.get_by_role("heading", name="Not yet")).to_be_visible()
    see(page, "offline-stopped")
    away(site)
    page.goto(SHELL)
    expect(page.get_by_role("heading", name="Not yet")).to_be_visible()
    expect(page.get_by_role("link", name="Read what to do")).to_be_visible()
    faults.expect(*SITE_DOWN, "409 (Conflict)")


def test_a_full_device_plays_all_the_same_and_says_so(page: Page, site: Site, faults, see):
    keep(page)
    page.add_init_script(FULL)
    page.goto(SHELL)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Not stored: keep this page open")).to_be_visible()
    see(page, "offline-full", "main")
    next_(page)
    runs = "SELECT count(*) FROM training_run r JOIN training_runevent e ON e.run_id = r.id"
    eventually(page, lambda: site.rows(runs) != [(0,)], "the site has events all the same")


def test_keeping_does_not_wait_for_the_browser_to_promise_space(page: Page):
    page.add_init_script("navigator.storage.persist = () => new Promise(() => {})")
    keep(page)
