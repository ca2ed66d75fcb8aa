# SPDX-License-Identifier: Apache-2.0
"""Following a program in a browser: its page, today, the rhythm; without scripts, large, by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from live import Site

DRAWS_FIGURE = False
PHONE = (390, 844)
OPEN = """
from hipfirst.web.library.models import Document
if not Document.objects.filter(slug="open-to-all").exists():
    row = Document.objects.get(kind="program", slug="build")
    row.pk, row.slug, row.title, row.members_only = None, "open-to-all", "Open to All", False
    row.body = {**row.body, "slug": row.slug, "title": row.title, "access": "everyone"}
    row.save(force_insert=True)
"""
"""The same weeks as a program that anybody may follow."""


@pytest.fixture(autouse=True)
def _open(site: Site):
    site.manage("shell", "-c", OPEN)


def follow(page: Page) -> None:
    page.goto("/programs/open-to-all/")
    page.get_by_role("button", name="Start Open to All").click()
    page.wait_for_url("**/today/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(page: Page, assert_accessible, shot, scheme):
    for path in ("/today/", "/programs/", "/programs/build/", "/today/rhythm/"):
        page.goto(path)
        assert_accessible(page)
        shot(page, f"program{path.replace('/', '-')}", full=True)
    follow(page)
    for summary in page.locator("summary").all():
        summary.click()
    assert_accessible(page)
    shot(page, "today-followed", full=True)
    page.goto("/programs/open-to-all/")
    page.get_by_text("Leave, or start again").click()
    assert_accessible(page)
    shot(page, "program-followed", full=True)


@pytest.mark.parametrize("size", [(320, 640), PHONE], ids=["narrow", "large-text"])
def test_nothing_scrolls_sideways(page: Page, size):
    follow(page)
    for path in ("/today/", "/programs/open-to-all/", "/programs/", "/today/rhythm/"):
        page.goto(path)
        if size == PHONE:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path


def test_the_zone_of_the_browser_goes_along(new_context):
    page = new_context(timezone_id="Pacific/Auckland").new_page()
    page.goto("/today/rhythm/")
    expect(page.get_by_label("Time zone")).to_have_value("Pacific/Auckland")
    follow(page)
    page.goto("/today/rhythm/")
    expect(page.get_by_label("Time zone")).to_have_value("Pacific/Auckland")


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_without_scripts(new_context, faults):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/programs/open-to-all/")
    page.get_by_role("button", name="Start Open to All").press("Enter")
    page.wait_for_url("**/today/")
    expect(page.get_by_role("heading", name="This week")).to_be_visible()
    page.get_by_role("link", name="Days, reminders, calendar").click()
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_label("Address").input_value()
    answer = page.request.get(address)
    assert answer.status == 200
    assert answer.text().startswith("BEGIN:VCALENDAR")
    page.get_by_label("First day away").fill("2030-01-01")
    page.get_by_role("button", name="Add these days").click()
    expect(page.get_by_role("alert")).to_contain_text("First day away")
    expect(page.get_by_text("Choose a day within two years of today.")).to_be_visible()
    faults.expect("400 (Bad Request)")


@pytest.mark.parametrize("size", [(1280, 800)], ids=["laptop"])
def test_a_week_is_one_row_of_days_where_there_is_room(page: Page):
    page.goto("/today/rhythm/")
    days = page.get_by_role("group", name="Days you train").locator("label")
    expect(days).to_have_count(7)
    assert len({box["y"] for box in map(Locator.bounding_box, days.all())}) == 1
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert len({box["y"] for box in map(Locator.bounding_box, days.all())}) > 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_the_main_way_stays_on_two_rows(page: Page):
    page.goto("/today/")
    header = page.locator(".site-header").bounding_box()
    assert header["height"] < 130
