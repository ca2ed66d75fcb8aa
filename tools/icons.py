# SPDX-License-Identifier: Apache-2.0
"""Draws the icons of the installed site from the one of its pages: `python tools/icons.py`.

Needs a Chromium, as the browser tests do. The PNGs are committed; run this when icon.svg changes.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PLAYER = Path(__file__).resolve().parents[1] / "player" / "src"
ICON = PLAYER / "styles" / "icon.svg"
FOLDER = PLAYER / "icons"
PINE = "#1d5a49"
PLAIN = {"icon-192": 192, "icon-512": 512}
"""Drawn as they are, corners rounded and clear around them."""
FULL = {"icon-maskable-512": (512, 0.8), "icon-touch-180": (180, 0.9)}
"""Filled to the edges, since the device cuts a shape of its own: (side [px], size of the picture).
A mask leaves a circle of 80% at least.
"""


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    named = os.environ.get("HIPFIRST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=named, args=["--no-sandbox"])
        page = browser.new_page()
        for name, side in PLAIN.items():
            _draw(page, name, side, 1.0, "transparent")
        for name, (side, share) in FULL.items():
            _draw(page, name, side, share, PINE)
        browser.close()


def _draw(page: Page, name: str, side: int, share: float, ground: str) -> None:
    page.set_viewport_size({"width": side, "height": side})
    picture = ICON.read_text(encoding="utf-8").replace("<svg ", f'<svg width="{share:.0%}" ', 1)
    style = f"margin:0;height:100vh;display:grid;place-items:center;background:{ground}"
    page.set_content(f'<body style="{style}">{picture}</body>')
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, omit_background=True)
    print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
