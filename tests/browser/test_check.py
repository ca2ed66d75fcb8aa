# SPDX-License-Identifier: Apache-2.0
"""From the knee check to a session that yields to it, by hand and by keys; and the way to a
professional.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from browser.checking import about_pain, about_signs, about_today
from browser.playing import SESSION, Player, arrived, stop_time, tab_to
from live import Site

DRAWS_FIGURE = False


def today(page: Page) -> Locator:
    return page.get_by_role("region", name="For your knees today")


def test_from_the_check_to_a_session_that_yields_to_pain(
    page: Page, site: Site, assert_accessible, shot
):
    page.goto(SESSION)
    page.get_by_role("link", name="Ask my knees first").first.click()
    expect(page.get_by_text("Your answers are kept on this site only")).to_be_visible()
    assert_accessible(page)
    shot(page, "check-1", full=True)
    about_signs(page)
    assert_accessible(page)
    shot(page, "check-2", full=True)
    about_pain(page, 4, 0, "Stairs", "Squatting")
    assert_accessible(page)
    shot(page, "check-3", full=True)
    about_today(page)

    expect(today(page)).to_contain_text("Bent-knee pressure hurts you today.")
    expect(today(page)).to_contain_text("Bridge → Bridge, feet further away")
    assert_accessible(page)
    shot(page, "session-today", full=True)
    today(page).get_by_role("link", name="The rule").first.click()
    expect(page.locator(":target")).to_contain_text("degrees")
    assert_accessible(page)
    shot(page, "knee-rules", full=True)
    page.go_back()

    stop_time(page.context)
    page.get_by_role("button", name="Start the session").click()
    player = arrived(page, site)
    expect(page.get_by_role("main")).to_contain_text("Bent-knee pressure hurts you today.")
    played(player)


def played(player: Player) -> None:
    """Hurt in the knee and elsewhere, a swap, a skip, the end."""
    player.start()
    player.next()
    expect(player.name).to_have_text("Bridge, feet further away")
    for answer in ("Skip or swap", "It hurts", "Left knee", "5", "Do this instead"):
        player.press(answer)
    stand_in = player.name.inner_text()
    assert not stand_in.startswith("Bridge")
    player.next()
    for answer in ("Skip or swap", "It hurts", "Somewhere else", "None of this is true", "Go on"):
        player.press(answer)
    for answer in ("Skip or swap", "Too hard", "Do this instead"):
        player.press(answer)
    player.skip("Not today")
    player.press("All exercises")
    player.press("Finish here for today")
    end = player.page.get_by_role("main")
    for question, told in (("left knee", "5"), ("right knee", "0")):
        knee = end.get_by_role("group", name=re.compile(question))
        knee.get_by_role("radio", name=told, exact=True).check(force=True)
    player.press("Save")
    expect(end).to_contain_text("Next time, one rung down")
    player.settle()
    assert [each["where"] for each in player.log.of("hurt")] == ["left", "elsewhere"]
    assert player.log.of("rated")[-1]["pain_left"] == 5
    assert player.log.status() == "finished"

    player.page.goto(SESSION)
    reasons = today(player.page)
    expect(reasons).to_contain_text("Bridge → Glute squeeze")
    expect(reasons).to_contain_text("it hurt last time")


def test_a_red_flag_leads_to_a_professional_and_no_session_starts(
    page: Page, assert_accessible, shot
):
    page.goto("/check/")
    asked = page.get_by_role("group", name="Is any of this true today?").locator("label")
    sign = asked.filter(has_text=re.compile("calf", re.IGNORECASE)).first.inner_text()
    about_signs(page, sign)
    for part in ("can be a sign of", "Where to go", "What to say"):
        expect(page.get_by_role("main")).to_contain_text(re.compile(part, re.IGNORECASE))
    assert_accessible(page)
    shot(page, "advice", full=True)
    page.emulate_media(media="print")
    shot(page, "advice-print", full=True)
    page.emulate_media(media="screen")

    page.goto(SESSION)
    expect(today(page)).to_contain_text("no session starts")
    expect(page.get_by_role("button", name=re.compile("Start|Continue"))).to_have_count(0)
    page.get_by_role("link", name="Answer anew").first.click()
    about_signs(page)
    about_pain(page, 0, 0)
    about_today(page)
    page.goto(SESSION)
    expect(page.get_by_role("button", name="Start the session")).to_be_visible()


def test_under_16_is_told_to_go_with_an_adult_first(page: Page, assert_accessible, shot):
    page.goto("/check/")
    about_signs(page, age="Under 16")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile("adult", re.IGNORECASE))
    expect(main).to_contain_text(re.compile("less sport", re.IGNORECASE))
    assert_accessible(page)
    shot(page, "under-16", full=True)


def test_on_a_sore_day_flare_day_takes_the_place(page: Page, site: Site, shot):
    page.goto(f"/check/?next={SESSION}")
    about_signs(page)
    about_pain(page, 8, 1)
    about_today(page)
    expect(today(page)).to_contain_text("Flare Day takes its place today")
    shot(page, "flare", full=True)
    page.get_by_role("button", name="Start Flare Day").click()
    arrived(page, site)
    expect(page.get_by_role("main")).to_contain_text("Flare Day")


def test_the_check_by_keys_alone(page: Page):
    page.goto(f"/check/?next={SESSION}")
    answer(page, "Keep my answers", "Space")
    answer(page, "16 or older", "Space")
    answer(page, "None of these", "Space")
    answer(page, "^Go on$", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where does it hurt?")
    for _ in range(4):
        answer(page, "^0$", "Space", "ArrowRight", "ArrowRight")
    answer(page, "^Go on$", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What suits you today?")
    answer(page, "Whatever a session asks for", "Space")
    answer(page, "I am new to it", "Space", "ArrowRight")
    answer(page, "^Save$", "Enter")
    page.wait_for_url(f"**{SESSION}*")
    expect(today(page)).to_be_visible()


def answer(page: Page, name: str, *keys: str) -> None:
    tab_to(page, re.compile(name))
    for key in keys:
        page.keyboard.press(key)


@pytest.fixture
def large(context: BrowserContext) -> Page:
    page = context.new_page()
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " document.documentElement.style.fontSize = '200%'; })"
    )
    return page


@pytest.mark.parametrize("path", ["/check/", "/knee-rules/"])
def test_large_letters_stay_on_the_page(large: Page, path: str, shot):
    large.goto(path)
    wide = large.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0
    shot(large, f"large-{path.strip('/')}", full=True)
