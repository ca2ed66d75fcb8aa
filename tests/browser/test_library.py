# SPDX-License-Identifier: Apache-2.0
"""The pages of the library in a browser: seen, filtered, coloured, moving and still."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hipfirst.packs.read import read_pack

STARTER = Path(__file__).parents[2] / "content" / "starter"
SESSION = "/sessions/build-lower-body-detail/"
PAGES = [
    "/",
    "/library/",
    "/library/?no_floor=1&position=prone",
    SESSION,
    "/exercises/bridge-march/",
    "/evidence/dolak-2011/",
]
LIVE_MS = 30_000  # without a graphics card


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(page, assert_accessible, shot, scheme):
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)
        shot(page, f"library-{PAGES.index(path)}")


@pytest.mark.parametrize("size", [(320, 640), (390, 844)], ids=["narrow", "large-text"])
def test_nothing_scrolls_sideways(page, size):
    for path in PAGES:
        page.goto(path)
        if size[0] > 320:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


@pytest.fixture(scope="module")
def standing() -> str:
    """What the list says of everything that is done standing, by the files of the pack."""
    pack = read_pack(STARTER).pack
    assert pack is not None
    exercises = pack.exercises.values()
    found = {each.slug for each in exercises if each.position == "standing"}
    slots = {
        session.slug: [slot.exercise for block in session.blocks for slot in block.slots]
        for session in pack.sessions.values()
    }
    sessions = [slug for slug, starts in slots.items() if found & set(starts)]
    assert found
    assert sessions
    return f"{len(found) + len(sessions)} found"


def test_the_list_answers_as_soon_as_something_is_chosen(page, standing):
    page.goto("/library/")
    expect(page.locator("[data-filters-submit]")).to_be_hidden()
    page.select_option("select[name=position]", "standing")
    expect(page.locator(".found")).to_have_text(standing)
    page.check("input[name=no_floor]")
    expect(page).to_have_url(re.compile(r"/library/\?position=standing&no_floor=1$"))
    page.go_back()
    expect(page.locator("input[name=no_floor]")).not_to_be_checked()
    expect(page.locator("select[name=position]")).to_have_value("standing")


def test_the_list_is_filtered_without_scripts(new_context, standing):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/library/")
    page.select_option("select[name=position]", "standing")
    page.click("[data-filters-submit]")
    expect(page.locator(".found")).to_have_text(standing)
    expect(page.locator("[data-theme-switch]")).to_be_hidden()


def test_chosen_colours_stay(page):
    page.goto("/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.click("[data-theme-choice=dark]")
    dark = page.evaluate(paper)
    assert dark != light
    page.goto("/library/")
    assert page.evaluate(paper) == dark
    page.click("[data-theme-choice=system]")
    page.reload()
    assert page.evaluate(paper) == light


def test_the_figure_lives_and_can_be_stopped(page, size):
    page.goto("/exercises/clam/")
    canvas = page.locator("[data-figure] canvas")
    expect(canvas).to_have_attribute(
        "aria-label", "A figure doing the movement Clam", timeout=LIVE_MS
    )
    expect(page.locator("[data-figure] picture")).to_be_hidden(timeout=LIVE_MS)
    moving = {canvas.screenshot() for _ in range(3)}
    assert len(moving) > 1
    pause = page.get_by_role("button", name="Pause")
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "true")
    # A frame may be on its way, and the drawing may grow sharper once it has the time.
    assert any(len({canvas.screenshot() for _ in range(4)}) == 1 for _ in range(8))


def test_the_page_scrolls_over_the_figure(page, size):
    page.goto("/exercises/clam/")
    expect(page.locator("[data-figure] picture")).to_be_hidden(timeout=LIVE_MS)
    page.locator("[data-figure] canvas").hover()
    page.mouse.wheel(0, 200)
    link = page.locator(".wordmark")
    expect(link).not_to_be_in_viewport(timeout=LIVE_MS)


def test_where_motion_is_unwelcome_a_still_picture_stays(new_context):
    page = new_context(reduced_motion="reduce").new_page()
    page.goto("/exercises/clam/")
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-figure] canvas").count() == 0
    still = page.locator("[data-figure] img").evaluate("img => img.currentSrc")
    assert "clam." in still
    assert "moving" not in still
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()
