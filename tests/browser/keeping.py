# SPDX-License-Identifier: Apache-2.0
"""Parts of the tests of kept sessions: a site that goes away, and what a browser keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from live import Site, serve

SLUG = "ten-quiet-minutes"
SESSION, SHELL = f"/sessions/{SLUG}/", f"/play/kept/{SLUG}/"
EVENTS = re.compile(r"/api/runs/.*/events")
SITE_DOWN = (
    "ERR_CONNECTION_REFUSED",
    "ERR_FAILED",
    "ERR_INTERNET_DISCONNECTED",
    "error occurred when fetching the script",
)
IN_DATABASE = """([name, store]) => new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const found = asked.result.transaction(store).objectStore(store).getAll();
        found.onsuccess = () => { asked.result.close(); resolve(found.result); };
    };
})"""
CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) {
            const answer = await (await caches.open(name)).match(request, {ignoreVary: true});
            const rule = answer.headers.get("Cache-Control") ?? "";
            found.push([new URL(request.url).pathname, rule]);
        }
    }
    return found;
}"""
UPDATE = """async () => {
    // Another address for the same scope is what a worker with other content is: an update.
    const found = await navigator.serviceWorker.register("/sw.js?next", {scope: "/"});
    const before = navigator.serviceWorker.controller;
    while (!found.waiting) await new Promise(done => setTimeout(done, 50));
    return {
        before: before?.scriptURL ?? "", now: navigator.serviceWorker.controller?.scriptURL ?? "",
    };
}"""
LEFT = """async () => ({
    databases: (await indexedDB.databases()).map(({name}) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    local: localStorage.length,
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of this module's own: it is stopped and started again."""
    site = serve(tmp_path_factory.mktemp("offline") / "data")
    yield site
    with suppress(ProcessLookupError):
        site.stop()


@pytest.fixture
def restart(site: Site) -> Iterator[Callable[[], None]]:
    """`restart()` after `site.stop()`: the same site at the same address."""

    def start() -> None:
        site.process = serve(site.data, port=site.port).process

    yield start
    if site.process.poll() is not None:
        start()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser with its service worker."""
    return new_context(service_workers="allow")


@pytest.fixture
def see(shot, assert_accessible) -> Callable[..., None]:
    """`see(page, "name")`: axe-core finds nothing, and there is a picture for whoever looks."""

    def look(page: Page, name: str, within: str = "html", *, stopped: bool = False) -> None:
        page.locator(within).scroll_into_view_if_needed()
        assert_accessible(page, within, stopped=stopped)
        shot(page, name)

    return look


def stored(site: Site, run: str) -> list[dict[str, Any]]:
    """The events that the site has of a run."""
    query = "SELECT body FROM training_runevent WHERE run_id = ? ORDER BY seq"
    return [json.loads(body) for (body,) in site.rows(query, UUID(run))]


def kept_rows(page: Page, store: str, database: str = "hipfirst-kept") -> list[dict[str, Any]]:
    return page.evaluate(IN_DATABASE, [database, store])


def waiting(page: Page) -> list[str]:
    """Ids of the events that the site has not confirmed."""
    return [each["id"] for each in kept_rows(page, "events", "hipfirst")]


def logged(page: Page, run: str) -> list[str]:
    """Ids of the events of a run that this browser knows."""
    return [each["id"] for each in kept_rows(page, "log") if each["run"] == run]


def keep(page: Page) -> None:
    page.goto(SESSION)
    page.get_by_role("button", name="Keep for offline").click()
    expect(page.get_by_text("Works without network.")).to_be_visible()


def away(site: Site) -> None:
    if site.process.poll() is None:
        site.stop()


def the_run(page: Page) -> str:
    """The run that began last."""
    return max(kept_rows(page, "runs"), key=lambda run: run["begun"])["id"]


def next_(page: Page) -> None:
    page.get_by_role("button", name=re.compile(r"^(Next: |Finish the session)")).click()


def go_to_the_end(page: Page) -> None:
    end = page.locator("#end-title")
    for _ in range(80):
        if end.is_visible():
            return
        next_(page)
        page.clock.fast_forward(1000)
    expect(end).to_be_visible()
