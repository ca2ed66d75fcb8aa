# SPDX-License-Identifier: Apache-2.0
"""The journal in a browser: read, cited by mouse, key and finger, without scripts and on paper."""

import json
import re

import pytest
from playwright.sync_api import expect

DRAWS_FIGURE = False
STORY = "/journal/aching-knees-strong-hips/"
PAGES = ["/journal/", STORY, "/journal/stairs/", "/evidence/", "/"]
LAPTOP = (1280, 800)
PHONE = (390, 844)
only_laptop = pytest.mark.parametrize("size", [LAPTOP], ids=["laptop"])
only_phone = pytest.mark.parametrize("size", [PHONE], ids=["phone"])
MARK = "[data-article] a[data-cite]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(page, assert_accessible, shot, scheme):
    for path in PAGES:
        page.goto(path)
        assert_accessible(page)
        shot(page, f"journal-{PAGES.index(path)}", full=True)
        shot(page, f"journal-top-{PAGES.index(path)}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_beside_its_number_is_accessible(page, assert_accessible, shot, scheme):
    page.goto(STORY)
    mark = page.locator(MARK).nth(2)
    mark.click()
    expect(page.get_by_role("dialog", name="Evidence")).to_be_focused()
    assert_accessible(page)
    shot(page, "journal-card")


@pytest.mark.parametrize("size", [(320, 640), PHONE], ids=["narrow", "large-text"])
def test_nothing_scrolls_sideways(page, size):
    for path in PAGES:
        page.goto(path)
        if size == PHONE:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


@pytest.mark.parametrize("size", [(320, 640), PHONE, LAPTOP], ids=["narrow", "phone", "laptop"])
def test_a_card_stays_inside_the_window(page, size):
    page.goto(STORY)
    for mark in page.locator(MARK).all():
        mark.click()
        box = page.locator(".cite-card").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.keyboard.press("Escape")


@only_laptop
def test_pointing_at_a_number_shows_what_it_rests_on(page):
    page.goto(STORY)
    mark = page.locator(MARK).first
    mark.hover()
    card = page.locator(".cite-card")
    expect(card).to_be_visible()
    for said in ("What was found", "What it does not show", "Who took part", "How sure"):
        expect(card).to_contain_text(said)
    card.hover()  # the way to it is no way out
    expect(card.get_by_role("link").first).to_have_attribute("href", re.compile("^/evidence/"))
    page.locator("h1").hover()
    expect(card).to_have_count(0)


def test_a_number_by_the_keyboard(page):
    page.goto(STORY)
    mark = page.locator(MARK).first
    card = page.locator(".cite-card")
    page.locator("[data-article] p").first.click(position={"x": 1, "y": 1})
    mark.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(mark).to_be_focused()
    expect(card).to_have_count(0)  # passing by opens nothing
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name="Evidence")).to_be_focused()
        expect(mark).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        expect(card.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Tab")
        expect(card.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    expect(mark).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(card).to_have_count(0)
    expect(mark).to_have_attribute("aria-expanded", "false")


@only_laptop
def test_a_number_is_one_stop_on_the_way_through_the_text(page):
    page.goto(STORY)
    marks = page.locator(MARK)
    stops = page.locator("[data-article] :is(a[href], button)").count()
    page.locator("[data-article] :is(a[href], button)").first.focus()
    for _ in range(stops - 1):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('[data-article]') !== null")
    assert marks.count() > 1
    expect(page.locator(".cite-card")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_close_stays_in_sight_while_a_card_scrolls(page, size):
    page.goto(STORY)
    page.locator(MARK).nth(2).click()
    card = page.locator(".cite-card")
    card.evaluate("card => card.scrollTo(0, card.scrollHeight)")
    close = card.get_by_role("button", name="Close")
    expect(close).to_be_in_viewport()
    close.click()
    expect(card).to_have_count(0)


@only_phone
def test_a_number_opens_a_sheet_at_the_lower_edge(page, shot):
    page.goto(STORY)
    page.locator(MARK).first.tap()
    box = page.locator(".cite-card").bounding_box()
    assert box["x"] == 0
    assert box["width"] == PHONE[0]
    assert box["y"] + box["height"] == pytest.approx(PHONE[1], abs=1)
    shot(page, "journal-sheet")


@only_phone
def test_a_number_by_a_finger(page):
    page.goto(STORY)
    mark = page.locator(MARK).first
    card = page.locator(".cite-card")
    mark.tap()
    expect(card).to_be_visible()
    page.get_by_role("button", name="Close").tap()
    expect(card).to_have_count(0)
    mark.tap()
    page.locator("h1").tap()
    expect(card).to_have_count(0)
    assert page.url.endswith(STORY)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_study_unfolds_to_how_it_was_done(page, assert_accessible, shot, scheme):
    page.goto(STORY)
    study = page.locator(".study-card").first
    expect(study.get_by_text("What it does not show")).to_be_visible()
    expect(study.get_by_text("Compared", exact=True)).to_be_hidden()
    study.locator("summary").click()
    for said in ("How sure", "Who took part", "Compared", "How long"):
        expect(study.get_by_text(said, exact=True)).to_be_visible()
    assert_accessible(page)
    study.scroll_into_view_if_needed()
    shot(page, "journal-study")


def test_without_scripts_a_number_leads_to_the_list_and_back(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(STORY)
    page.locator(MARK).first.click()
    expect(page).to_have_url(re.compile("#rests-1$"))
    claim = page.locator("#rests-1")
    expect(claim).to_be_in_viewport()
    claim.locator("[data-study]").first.click()
    expect(page.locator(".study-card:target")).to_be_in_viewport()
    claim.get_by_role("link", name=re.compile("Back to where 1 is cited")).first.click()
    expect(page.locator("#cite-1-1")).to_be_in_viewport()


@only_phone
def test_the_contents_unfold_on_a_phone(page):
    page.goto(STORY)
    link = page.locator(".toc--folded a").first
    expect(link).to_be_hidden()
    page.locator(".toc--folded summary").click()
    link.click()
    expect(page.locator("[data-article] h2").first).to_be_in_viewport()


@only_laptop
def test_the_contents_stand_beside_the_text_on_a_laptop(page):
    page.goto(STORY)
    contents = page.get_by_role("navigation", name="In this article")
    contents.get_by_role("link").last.click()
    expect(contents).to_be_in_viewport()
    expect(page.locator("[data-article] h2").last).to_be_in_viewport()


@only_laptop
def test_figures_stand_still_when_motion_is_unwelcome_and_can_be_paused(new_context):
    for motion, moving in (("no-preference", True), ("reduce", False)):
        page = new_context(reduced_motion=motion).new_page()
        page.goto(STORY)
        image = page.locator(".article-figure img").first
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", value=True)
        shown = image.evaluate("image => image.currentSrc")
        assert ("-moving." in shown) == moving
        pause = page.locator(".article-figure").first.get_by_role("button", name="Pause")
        expect(pause).to_be_visible(visible=moving)
        if moving:
            pause.click()
            expect(image).not_to_have_js_property("currentSrc", shown)


@only_laptop
def test_a_description_for_programs_is_data_and_no_script(page):
    """A violation of the content security policy would fail this test by the console."""
    page.goto(STORY)
    told = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert told["@type"] == "Article"
    assert told["url"] == page.url


@only_laptop
def test_an_article_on_paper_has_its_references_and_no_chrome(page, shot):
    page.goto(STORY)
    page.emulate_media(media="print")
    for gone in (
        ".site-header",
        ".toc--beside",
        ".rests__back >> nth=0",
        ".plate__controls >> nth=0",
    ):
        expect(page.locator(gone)).to_be_hidden()
    studies = page.locator(".study-card")
    expect(studies.first).to_be_visible()
    facts = studies.locator("dd")
    assert facts.count() >= 6 * studies.count()
    for fact in facts.all():
        expect(fact).to_be_visible()
        assert fact.bounding_box()["height"] > 0
    printed = page.locator(".study-card__source a").evaluate_all(
        "links => links.map(link => getComputedStyle(link, '::after').content + link.textContent)"
    )
    assert printed
    assert all("https://" in each or "attr(href)" in each for each in printed)
    shot(page, "journal-print", full=True)
