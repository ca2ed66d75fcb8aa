# SPDX-License-Identifier: Apache-2.0
"""A real browser on the real site.

`page` opens nothing yet and has the size and colours of the test's parameters; after the test it
fails for an error in the console (so also for a broken content security policy), a failed script or
a request that left the site. `visit` makes more pages alike, such as a second tab or a phone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from live import Site, serve

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
AXE = ROOT / "player" / "node_modules" / "axe-core" / "axe.min.js"
SHOTS = ROOT / "build" / "shots"
PHONE, LAPTOP = (390, 844), (1280, 800)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# WebGL without a graphics card: slow, so only the modules that are about the figure ask for it.
WITH_FIGURE = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WITHOUT_FIGURE = ["--disable-3d-apis"]
# A page that is right may be slow on a busy machine; one that is wrong stays wrong.
PATIENCE_MS = 90_000
expect.set_options(timeout=30_000)
AXE_RUN = """within => {
    globalThis.axeFound = null;
    void axe.run(within, {resultTypes: ["violations"]}).then(found => {
        globalThis.axeFound = found;
    });
}"""
HELP = (
    "The browser tests need a Chromium. Install one (Debian: apt-get install chromium; elsewhere: "
    "playwright install chromium) or name one in HIPFIRST_CHROMIUM."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if _draws_figure(item.module):  # type: ignore[attr-defined]
                item.add_marker(pytest.mark.figure)


def _draws_figure(module: object) -> bool:
    """So it is, unless the module says `DRAWS_FIGURE = False`."""
    return getattr(module, "DRAWS_FIGURE", True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`hipfirst serve` with the starter pack and an empty database."""
    site = serve(tmp_path_factory.mktemp("browser") / "data")
    yield site
    site.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    arguments = ARGUMENTS + (WITH_FIGURE if _draws_figure(request.module) else WITHOUT_FIGURE)
    try:
        browser = playwright.chromium.launch(executable_path=executable(), args=arguments)
    except Error as error:
        pytest.fail(f"{HELP}\n{error.message}")
    yield browser
    browser.close()


def executable() -> str | None:
    """The Chromium to use; None for Playwright's own."""
    named = os.environ.get("HIPFIRST_CHROMIUM")
    if named and not Path(named).is_file():
        pytest.fail(f"HIPFIRST_CHROMIUM is {named!r}, which is no file. {HELP}")
    return named or shutil.which("chromium")


@dataclass
class Faults:
    """What went wrong behind the page."""

    site: str
    said: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of faults that the test itself brings about."""

    def watch(self, context: BrowserContext) -> None:
        context.route(lambda url: not self.is_ours(url), lambda route: route.abort())
        context.on("request", self.request)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.said.append(f"script: {error.error}"))

    def is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.site}/", "blob:", "data:"))

    def request(self, request: Request) -> None:
        if not self.is_ours(request.url):
            self.said.append(f"left the site: {request.url}")

    def console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location.get("url", "")
            self.said.append(f"console: {message.text} ({place})")

    def expect(self, *parts: str) -> None:
        """Take back faults that the test itself brought about, such as going offline. At the end
        late ones count as brought about, too.
        """
        self.expected.extend(parts)
        self.said = self.unexpected

    @property
    def unexpected(self) -> list[str]:
        return [each for each in self.said if not any(part in each for part in self.expected)]


@pytest.fixture
def faults(site: Site) -> Iterator[Faults]:
    faults = Faults(site.url)
    yield faults
    assert faults.unexpected == []


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Width and height [CSS px]."""
    return request.param


@pytest.fixture
def scheme() -> str:
    """Colours: override by `@pytest.mark.parametrize("scheme", ["light", "dark"])`."""
    return "light"


@pytest.fixture
def new_context(
    browser: Browser, site: Site, faults: Faults, size: tuple[int, int], scheme: str
) -> Iterator[Callable[..., BrowserContext]]:
    """`new_context(**options)`: a browser profile of its own, watched."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        given = {
            "base_url": site.url,
            "viewport": {"width": size[0], "height": size[1]},
            "color_scheme": scheme,
            "has_touch": size == PHONE,
            "locale": "en-GB",
            # What a worker answers cannot be watched or broken by a test; one module is about it.
            "service_workers": "block",
            **options,
        }
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE_MS)
        context.set_default_navigation_timeout(PATIENCE_MS)
        faults.watch(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab; `page.goto("/library/")` is relative to the site."""
    return context.new_page()


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`shot(page, "home")`: a picture in build/shots, for whoever looks; needs HIPFIRST_SHOTS."""

    def take(page: Page, name: str, *, full: bool = False) -> None:
        if os.environ.get("HIPFIRST_SHOTS"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            kind = request.node.callspec.id if hasattr(request.node, "callspec") else ""
            file = re.sub(r"[^\w-]+", "-", f"{name}-{kind}").strip("-")
            page.screenshot(path=SHOTS / f"{file}.png", full_page=full)

    return take


@pytest.fixture(scope="session")
def axe_script() -> str:
    if not AXE.is_file():
        pytest.fail(f"{AXE} is missing; run `npm ci` in player/")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def assert_accessible(axe_script: str) -> Callable[..., None]:
    """`assert_accessible(page)`: fails with what axe-core finds, by rule and element.

    `stopped`: the clock of the page stands, so axe-core is given its own few milliseconds.
    """

    def check(page: Page, within: str = "html", *, stopped: bool = False) -> None:
        page.evaluate(axe_script)
        page.evaluate(AXE_RUN, within)
        while not (result := page.evaluate("globalThis.axeFound")):
            page.clock.run_for(5) if stopped else page.wait_for_timeout(20)
        found = [
            f"{each['id']} ({each['impact']}): {each['help']}: "
            + "; ".join(json.dumps(node["target"]) for node in each["nodes"][:5])
            for each in result["violations"]
        ]
        assert found == []
        assert len(result["passes"]) > 5

    return check


@pytest.fixture
def start_run(site: Site) -> Callable[[Page], str]:
    """`start_run(page)`: presses the button of the session; the run's address."""

    def start(page: Page, slug: str = "build-lower-body-detail") -> str:
        page.goto(f"/sessions/{slug}/")
        page.locator(f'form[action="/sessions/{slug}/play/"] button').first.click()
        page.wait_for_url("**/play/*/")
        return page.url

    return start
