# SPDX-License-Identifier: Apache-2.0
"""To train without looking: a whole session with the screen dark, followed by ear alone.

A browser for tests has no voices. So the one thing that stands in here for something else is the
browser's own speech: it takes down what it is asked to say, and takes as long as a voice would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from browser.playing import Player, open_session, stop_time
from browser.test_phases import set_text_twice_as_large
from live import Site

DRAWS_FIGURE = False
ONE_SIZE = pytest.mark.parametrize("size", [(390, 844)], ids=["phone"])
SPEECH = """() => {
    const MS_PER_LETTER = 65;
    const voice = {name: "Recorder", lang: "en-GB", localService: true, default: true};
    let current = null;
    globalThis.said = [];
    globalThis.SpeechSynthesisUtterance = class {
        constructor(text) { this.text = text; }
    };
    const synth = Object.assign(new EventTarget(), {
        getVoices: () => [voice],
        speak(utterance) {
            const {text, lang} = utterance;
            const entry = {text, lang, alone: current === null, whole: false};
            said.push(entry);
            const end = () => { current = null; entry.whole = true; utterance.onend(); };
            const timer = setTimeout(end, text.length * MS_PER_LETTER);
            current = {timer, utterance};
            utterance.onstart();
        },
        cancel() {
            if (!current) return;
            clearTimeout(current.timer);
            const {utterance} = current;
            current = null;
            utterance.onerror();
        },
    });
    Object.defineProperty(globalThis, "speechSynthesis", {value: synth});
}"""
"""The browser's speech with one voice; `said` is what it was asked to say."""
READ_CAPTIONS = """() => {
    globalThis.captions = [];
    const root = document.querySelector("hipfirst-player").shadowRoot;
    const read = () => {
        const caption = root.querySelector(".caption")?.textContent.replace(/\\s+/g, " ").trim();
        if (caption && caption !== captions.at(-1)) captions.push(caption);
    };
    new MutationObserver(read).observe(root, {childList: true, characterData: true, subtree: true});
    read();
}"""
HIDE = """() => {
    const given = {visibilityState: "hidden", hidden: true};
    for (const [name, value] of Object.entries(given)) {
        Object.defineProperty(document, name, {value, configurable: true});
    }
    globalThis.requestAnimationFrame = () => 0;
    document.dispatchEvent(new Event("visibilitychange"));
}"""
"""As with a locked screen: the page is told, and no frame comes any more."""
SHOW = """() => {
    delete document.visibilityState;
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
}"""
ON_TOP = """each => {
    const {x, y, width, height} = each.getBoundingClientRect();
    const found = each.getRootNode().elementFromPoint(x + width / 2, y + height / 2);
    return each.contains(found);
}"""
END = "The session has ended."
TURNS = re.compile(r"^(Get ready\.|Switch sides\.|Go\.|Rest:|The session has ended\.)")
LONGEST_S = 60 * 60


@pytest.fixture
def speaking(context: BrowserContext) -> BrowserContext:
    context.add_init_script(f"({SPEECH})()")
    return context


def in_the_dark(page: Page, site: Site, length: str) -> Player:
    """At the start of a session, chosen to be told at that length, with the screen locked."""
    stop_time(page.context)
    player = open_session(page, site)
    page.evaluate(READ_CAPTIONS)
    player.key("v")
    page.get_by_role("radio", name=length).check()
    player.key("Escape")
    player.start()
    page.evaluate(HIDE)
    return player


def heard(page: Page) -> list[dict[str, Any]]:
    return page.evaluate("said")


def to_the_end(page: Page) -> None:
    for _ in range(LONGEST_S // 20):
        page.clock.run_for(20_000)
        if page.evaluate("said.at(-1).text") == END:
            page.clock.run_for(5000)
            return
    raise AssertionError(f"no end within {LONGEST_S} s; last heard: {heard(page)[-3:]}")


class Plan:
    """What has to be said of a session, from its timeline."""

    def __init__(self, page: Page) -> None:
        self.slots = json.loads(page.locator("#payload").text_content() or "")["timeline"]["slots"]
        self.bouts = [(slot, bout) for slot in self.slots for bout in slot["bouts"]]

    def turns(self) -> Iterator[str]:
        """Every exercise, side, set, amount, switch and rest, and the end."""
        previous: tuple[dict[str, Any], dict[str, Any]] | None = None
        for slot, bout in self.bouts:
            if previous and previous[1]["rest_after_s"] > 0:
                rest = round(previous[1]["rest_after_s"])
                yield f"Rest: {rest} seconds. Next: {self._named(slot, bout)}"
            if previous and previous[0] is slot and previous[1]["switch_after"]:
                yield f"Switch sides. Now: {self._switched(slot, bout)}"
            else:
                yield f"Get ready. {self._named(slot, bout)}"
            yield "Go."
            previous = slot, bout
        yield END

    def _named(self, slot: dict[str, Any], bout: dict[str, Any]) -> str:
        parts = [rung_of(slot, bout)["name"], ", ".join(side_and_set(slot, bout))]
        return " ".join(f"{part}." for part in [*parts, amount(slot, bout)] if part)

    def _switched(self, slot: dict[str, Any], bout: dict[str, Any]) -> str:
        parts = [*side_and_set(slot, bout), amount(slot, bout)]
        return " ".join(f"{part}." for part in parts)


def rung_of(slot: dict[str, Any], bout: dict[str, Any]) -> dict[str, Any]:
    return slot["rungs"][max(0, slot["start_rung"] - bout["easier_by"])]


def side_and_set(slot: dict[str, Any], bout: dict[str, Any]) -> list[str]:
    side = {"left": ["Left side"], "right": ["Right side"], "both": []}[bout["side"]]
    return side + ([f"Set {bout['set']} of {slot['sets']}"] if slot["sets"] > 1 else [])


def amount(slot: dict[str, Any], bout: dict[str, Any]) -> str:
    work = rung_of(slot, bout)["work"]
    count, unit = (
        (work["reps"], "repetition") if work["kind"] == "reps" else (work["hold_s"], "second")
    )
    return f"{round(count)} {unit}" + ("" if count == 1 else "s")


def counts(slot: dict[str, Any], bout: dict[str, Any]) -> list[str]:
    """What is counted in a bout told at short length."""
    work = rung_of(slot, bout)["work"]
    if work["kind"] == "hold":
        held = [f"Hold: {round(work['hold_s'])} seconds.", "Halfway."]
        return [*held, *(["10 seconds"] if work["hold_s"] >= 25 else []), "3", "2", "1"]
    reps = work["reps"]
    half = -(-reps // 2) if reps >= 4 else 0
    numbers = [f"{n}. Halfway." if n == half + 1 else f"{n}." for n in range(2, reps)]
    return [*numbers, "Last one."]


@ONE_SIZE
def test_a_whole_session_can_be_followed_by_ear(speaking, page: Page, site: Site):
    player = in_the_dark(page, site, "Short")
    plan = Plan(page)
    to_the_end(page)

    said = heard(page)
    assert all(each["alone"] for each in said), "one word talked over another"
    texts = [each["text"] for each in said]
    assert [text for text in texts if TURNS.match(text)] == list(plan.turns())
    bouts = [i for i, text in enumerate(texts) if text == "Go."]
    for (slot, bout), begin in zip(plan.bouts, bouts, strict=True):
        wanted = counts(slot, bout)
        assert texts[begin + 1 : begin + 1 + len(wanted)] == wanted, (slot["id"], bout)

    assert set(texts) <= set(page.evaluate("captions"))
    page.evaluate(SHOW)
    player.settle()
    assert all(bout.complete for bout in player.log.bouts().values())
    assert not player.log.of("paused")


@ONE_SIZE
def test_at_full_length_each_movement_is_explained(speaking, page: Page, site: Site):
    in_the_dark(page, site, "Everything")
    plan = Plan(page)
    to_the_end(page)

    said = heard(page)
    texts = [each["text"] for each in said]
    assert [text for text in texts if TURNS.match(text)] == list(plan.turns())
    whole = [each["text"] for each in said if each["whole"]]
    for slot, bout in plan.bouts:
        rung = rung_of(slot, bout)
        ready = next(
            i for i, text in enumerate(texts) if text.startswith(f"Get ready. {rung['name']}")
        )
        begin = texts.index("Go.", ready)
        cues = rung["cues"]
        assert texts.index(cues["set_up"]) < begin, f"{rung['name']} begins before its set-up"
        assert {cues["set_up"], cues["move"]} <= set(whole), rung["name"]
        if rung["work"]["kind"] == "reps":
            heard_of = texts[begin : begin + 40]
            for phase in rung["work"]["phases"]:
                is_short = phase["seconds"] < 0.8
                named = [text for text in heard_of if text.endswith(f"{phase['cue']}.")]
                assert named or is_short, (rung["name"], phase)
    assert sum("Pain of 5 or more" in text for text in texts) == 1
    assert set(texts) <= set(page.evaluate("captions"))


@ONE_SIZE
def test_without_a_sound_a_hidden_page_rests(page: Page, site: Site):
    stop_time(page.context)
    player = open_session(page, site)
    player.press("Sound")
    player.start()
    before = player.timer.inner_text()
    page.evaluate(HIDE)
    page.clock.run_for(30_000)
    assert player.timer.inner_text() == before
    player.delivered()
    assert [event["type"] for event in player.log.events()] == ["started"]


@ONE_SIZE
def test_a_page_that_was_stopped_claims_nothing(speaking, page: Page, site: Site):
    player = in_the_dark(page, site, "Short")
    page.clock.run_for(20_000)
    # The phone put the page to sleep for ten minutes: no look in between, not even in the dark.
    page.clock.fast_forward(600_000)
    page.evaluate(SHOW)
    expect(player.now).to_contain_text("You were away for a while")
    assert heard(page)[-1]["text"] == "Paused."


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_how_it_sounds_is_chosen_once(speaking, page: Page, site: Site, assert_accessible, shot):
    stop_time(page.context)
    player = open_session(page, site)
    player.press("Sound and voice")
    dialog = page.get_by_role("dialog", name="Sound and voice")
    expect(dialog).to_be_visible()
    assert_accessible(page, stopped=True)
    shot(page, "settings")

    dialog.get_by_role("button", name="Hear a sample").click()
    assert heard(page)[0]["text"].startswith("This is how the session sounds.")
    dialog.get_by_role("radio", name="Short").check()
    dialog.get_by_role("switch", name="Tones").uncheck()
    page.reload()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    player.key("v")
    expect(dialog.get_by_role("radio", name="Short")).to_be_checked()
    expect(dialog.get_by_role("switch", name="Tones")).not_to_be_checked()
    expect(dialog.get_by_role("switch", name="Voice")).to_be_checked()

    dialog.get_by_role("switch", name="Voice").uncheck()
    player.key("Escape")
    player.start()
    page.clock.run_for(2000)
    assert heard(page) == []
    expect(page.locator(".caption")).to_contain_text("Get ready. ")
    shot(page, "caption")
    assert_accessible(page, stopped=True)


@pytest.mark.parametrize("size", [(390, 844), (844, 390)], ids=["phone", "on-its-side"])
def test_large_letters_and_a_turned_phone_keep_it_all_in_reach(
    speaking, page: Page, site: Site, shot, size
):
    set_text_twice_as_large(page)
    stop_time(page.context)
    player = open_session(page, site)
    player.start()
    page.clock.run_for(8000)
    caption = page.locator(".caption-text")
    expect(caption).to_be_visible()
    for each in (player.name, player.timer, player.button("Pause")):
        each.scroll_into_view_if_needed()
        box = each.bounding_box()
        assert box is not None
        assert box["height"] > 0
        assert each.evaluate(ON_TOP), "something lies over it"
    shot(page, "large-caption")
    player.key("v")
    dialog = page.get_by_role("dialog", name="Sound and voice")
    for control in dialog.get_by_role("switch").all():
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
    assert dialog.evaluate("each => each.scrollWidth <= each.clientWidth")
    shot(page, "large-settings")
    dialog.get_by_role("button", name="Hear a sample").click()
    page.clock.run_for(100)
    assert heard(page)[-1]["text"].startswith("This is how")
