# SPDX-License-Identifier: Apache-2.0
"""A person at the player, and what the site knows of the run.

The page's clock stands still until `wait` moves it, so the speed of the machine changes nothing.
What a test sees comes from the accessibility tree; what was kept comes from the site's database.
"""

from __future__ import annotations

import json
import re
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import BrowserContext, Locator, Page, expect

from hipfirst.outcomes.run import BoutState, RunShape, RunState, SlotShape, fold, read
from live import Site

SESSION = "/sessions/build-lower-body-detail/"
MORNING = datetime(2031, 3, 4, 10, tzinfo=UTC)
STEP_S = 5.0
PATIENCE_STEPS = 60
PATIENCE_S = 20
"""For what no page clock rules: the network, the database."""
FOCUSED = """() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const isOutlined = each => {
        const style = getComputedStyle(each);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    };
    // A card shows the focus of the link in it, and a label that of its box.
    const label = element.labels?.[0];
    const shown = [element, element.closest("article"), label, ...(label?.children ?? [])];
    const name = element.getAttribute("aria-label") ?? (label ?? element).textContent ?? "";
    return {
        name: name.replace(/\\s+/g, " ").trim(),
        tag: element.localName,
        outlined: shown.some(each => each && isOutlined(each)),
    };
}"""
UNSENT = """run => new Promise((resolve, reject) => {
    const asked = indexedDB.open("hipfirst");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const kept = asked.result.transaction("events").objectStore("events").index("run");
        const count = kept.count(run);
        count.onsuccess = () => { asked.result.close(); resolve(count.result); };
    };
})"""


def stop_time(context: BrowserContext) -> None:
    """From here on only `wait` lets time pass, on every page of the browser profile."""
    context.clock.install(time=MORNING)
    context.clock.pause_at(MORNING + timedelta(minutes=10))


def eventually(page: Page, true: Callable[[], object], what: str) -> None:
    """Wait for what no clock of the page rules."""
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, f"not within {PATIENCE_S} s: {what}"
        # Not `sleep`: routes are served meanwhile.
        page.wait_for_timeout(50)


def tab_to(page: Page, name: str | re.Pattern[str], *, at_most: int = 60) -> None:
    """Tab until the element of that name has the focus, which has to be seen all the way."""
    passed = []
    for _ in range(at_most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "body":
            continue
        assert focused["outlined"], f"the focus does not show on {focused}"
        if re.search(name, focused["name"]):
            return
        passed.append(focused["name"])
    raise AssertionError(f"no {name!r} within {at_most} tabs: {passed}")


class Log:
    """What the site stored of a run."""

    def __init__(self, site: Site, run: str) -> None:
        self._site = site
        self._run = UUID(run)

    def events(self) -> list[dict[str, Any]]:
        """In the order that all devices agree on."""
        rows = self._rows("SELECT body FROM training_runevent WHERE run_id = ? ORDER BY seq, id")
        return [json.loads(body) for (body,) in rows]

    def of(self, *types: str) -> list[dict[str, Any]]:
        return [event for event in self.events() if event["type"] in types]

    def status(self) -> str:
        """As the site noted it beside the log."""
        return str(self._rows("SELECT status FROM training_run WHERE id = ?")[0][0])

    def state(self) -> RunState:
        shape = self._shape()
        reading = read(shape, self.events())
        assert reading.problems == ()
        return fold(shape, reading.events)

    def bouts(self) -> dict[tuple[str, int], BoutState]:
        """What was done, by slot and bout."""
        slots = self.state().slots
        return {(slot.id, n): bout for slot in slots for n, bout in enumerate(slot.bouts)}

    def _shape(self) -> RunShape:
        query = (
            "SELECT body FROM training_timeline JOIN training_run"
            " ON training_timeline.id = timeline_id WHERE training_run.id = ?"
        )
        slots = json.loads(zlib.decompress(self._rows(query)[0][0]))["slots"]
        return RunShape(
            slots=tuple(
                SlotShape(
                    id=slot["id"],
                    bouts=len(slot["bouts"]),
                    rungs=len(slot["rungs"]) + len(slot["others"]),
                    start_rung=slot["start_rung"],
                )
                for slot in slots
            )
        )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._site.rows(query, self._run)


class Player:
    """A page that plays a run, under a clock that stands."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site
        self.now = page.get_by_role("region", name="Now")
        self.name = self.now.get_by_role("heading", level=2)
        self.timer = page.get_by_role("timer")
        self.run = page.url.rstrip("/").rsplit("/", 1)[1]
        self.log = Log(site, self.run)
        payload = json.loads(page.locator("#payload").text_content() or "")
        slots = payload["timeline"]["slots"]
        self.names = [slot["rungs"][slot["start_rung"]]["name"] for slot in slots]
        self._cycles = {
            rung["name"]: float(sum(phase["seconds"] for phase in rung["work"]["phases"]))
            for slot in slots
            for rung in slot["rungs"] + slot["others"]
        }

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def press(self, name: str | re.Pattern[str]) -> None:
        self.button(name).click()

    def key(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def next(self) -> None:
        self.press(re.compile(r"^(Next: |Finish the session)"))

    def back(self) -> None:
        self.press(re.compile(r"^Back to "))

    def skip(self, reason: str = "Not today") -> None:
        """For a reason, whatever stands ready."""
        self.press("Skip or swap")
        self.press(reason)
        self.press("Go on to the next one")

    def jump(self, name: str) -> None:
        """By the outline."""
        self.press("All exercises")
        self.page.get_by_role("dialog").get_by_role("button", name=re.compile(f"^{name} ")).click()
        expect(self.name).to_have_text(name)

    def start(self) -> None:
        self.press("Start")
        self.expect("get-ready")

    def expect(self, kind: str) -> None:
        """That the page shows this phase."""
        expect(self.timer).to_have_class(re.compile(rf"\b{kind}\b"))

    def wait(self, seconds: float) -> None:
        """Let time pass, with a few frames drawn on the way."""
        while seconds > 0:
            self.page.clock.fast_forward(round(1000 * min(STEP_S, seconds)))
            seconds -= STEP_S

    def wait_for(self, kind: str) -> None:
        """Let time pass until the phase is there, to the second."""
        for _ in range(PATIENCE_STEPS):
            if kind in (self.timer.get_attribute("class") or "").split():
                return
            left = self._left_s()
            self.page.clock.fast_forward(round(1000 * max(left, 1)))
        self.expect(kind)

    def count_to(self, rep: int) -> None:
        """Let time pass until this repetition has begun, to the second."""
        for _ in range(PATIENCE_STEPS):
            count = self._count()
            if count and count[0] >= rep:
                break
            left = self._left_s() if count is None else (rep - 1 - count[0]) * self.cycle_s()
            self.page.clock.fast_forward(round(1000 * max(left, 1)))
        self.expect_rep(rep)

    def _count(self) -> tuple[int, int] | None:
        """(repetition at hand, of how many), or None where seconds are counted."""
        match = re.match(r"(\d+)\s*of (\d+)$", self.timer.inner_text().strip())
        return (int(match[1]), int(match[2])) if match else None

    def _left_s(self) -> float:
        """How much of the phase is left at least, by what the page shows."""
        if count := self._count():
            return (count[1] - count[0]) * self.cycle_s()
        return float(re.match(r"\d+", self.timer.inner_text().strip())[0])

    def cycle_s(self) -> float:
        """How long a repetition of the exercise at hand takes, as planned."""
        return self._cycles[self.name.inner_text().strip()]

    def settle(self) -> None:
        """Let the page deliver its events, which takes a second of its time."""
        self.page.clock.fast_forward(1000)
        self.delivered()

    def delivered(self) -> None:
        """Until nothing waits in the browser any more."""
        eventually(self.page, lambda: self.unsent() == 0, "the site has all events")

    def unsent(self) -> int:
        return int(self.page.evaluate(UNSENT, self.run))

    def expect_rep(self, rep: int) -> None:
        expect(self.timer).to_contain_text(re.compile(rf"^\s*{rep}\s*of "))

    def progress(self) -> int:
        """Percent of the session that was done."""
        bar = self.page.get_by_role("progressbar", name="Session")
        return int(bar.get_attribute("aria-valuenow") or "")


def open_session(page: Page, site: Site, button: str = "Start the session") -> Player:
    """From the session page into the player, which shows its first screen."""
    page.goto(SESSION)
    page.get_by_role("button", name=re.compile(button, re.IGNORECASE)).first.click()
    return arrived(page, site)


def arrived(page: Page, site: Site) -> Player:
    """The player on a page that is on its way to it."""
    page.wait_for_url("**/play/*/")
    expect(page.get_by_role("progressbar", name="Session")).to_be_visible()
    return Player(page, site)
