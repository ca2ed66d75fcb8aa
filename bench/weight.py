# SPDX-License-Identifier: Apache-2.0
"""What a first visit downloads, counted by a real browser: bytes on the wire, compressed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from server import Server

ASSETS = Path(__file__).resolve().parents[1] / "src" / "hipfirst" / "web" / "assets"
SESSION = "build-lower-body-detail"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SETTLE_MS = 6000


@dataclass(frozen=True)
class Resource:
    path: str
    bytes: int
    """On the wire, with headers."""


@dataclass(frozen=True)
class Weights:
    home: list[Resource]
    """Everything of the first page but the figure."""
    home_figure: list[Resource]
    """What it loads later to show the figure."""
    player: list[Resource]
    """Scripts and figure of the player page, without the clips."""
    clips: list[Resource]


def weigh(server: Server) -> Weights:
    """Open the first page, then the player, each with an empty cache."""
    named = os.environ.get("HIPFIRST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=FLAGS)
        site = f"http://127.0.0.1:{server.port}"
        # What a service worker fetches is not seen here, and it answers only from the second page.
        context = browser.new_context(
            base_url=site, viewport={"width": 390, "height": 844}, service_workers="block"
        )
        home = _visit(context.new_page())
        page = context.new_page()
        page.goto(f"/sessions/{SESSION}/")
        play = _visit(page, f'form[action="/sessions/{SESSION}/play/"] button')
        browser.close()
    return Weights(
        home=[each for each in home if not _is_figure(each)],
        home_figure=[each for each in home if _is_figure(each)],
        player=[each for each in play if _is_script(each) or _is_mesh(each)],
        clips=[each for each in play if _is_clip(each)],
    )


def _visit(page: Page, button: str = "") -> list[Resource]:
    """Load the first page, or what a button leads to, past an empty cache."""
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    paths: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def sent(event: Mapping[str, Any]) -> None:
        paths[event["requestId"]] = event["request"]["url"].split("/", 3)[3]

    def finished(event: Mapping[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    client.on("Network.requestWillBeSent", sent)
    client.on("Network.loadingFinished", finished)
    if button:
        page.locator(button).first.click()
        page.wait_for_url("**/play/*/")
    else:
        page.goto("/")
    page.wait_for_timeout(SETTLE_MS)
    page.close()
    return [Resource(f"/{path}", sizes[key]) for key, path in paths.items() if key in sizes]


def _is_clip(resource: Resource) -> bool:
    return resource.path.startswith("/media/") and resource.path.endswith(".json")


def _is_mesh(resource: Resource) -> bool:
    return resource.path.endswith((".bin", ".glb"))


def _is_script(resource: Resource) -> bool:
    return resource.path.startswith("/static/") and resource.path.endswith(".js")


def _is_figure(resource: Resource) -> bool:
    return _is_clip(resource) or _is_mesh(resource) or resource.path[8:] in _lazy_scripts()


def _lazy_scripts() -> set[str]:
    """Scripts that no page names: they are imported when they are needed."""
    manifest: dict[str, dict[str, Any]] = json.loads(_manifest().read_text(encoding="utf-8"))
    named: set[str] = set()
    fresh = {key for key, chunk in manifest.items() if chunk.get("isEntry")}
    while fresh:
        named |= fresh
        fresh = {child for key in fresh for child in manifest[key].get("imports", ())} - named
    files = {chunk["file"] for key, chunk in manifest.items() if key not in named}
    return {file for file in files if file.endswith(".js")}


def _manifest() -> Path:
    hidden = ASSETS / ".vite" / "manifest.json"
    return hidden if hidden.is_file() else ASSETS / "manifest.json"
