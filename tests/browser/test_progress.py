# SPDX-License-Identifier: Apache-2.0
"""Own weeks and the page for a professional in a browser: axe, large text, print, the link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from live import Site

DRAWS_FIGURE = False
WEEKS = """
from datetime import timedelta
from django.http import HttpResponse
from django.utils import timezone
from hipfirst.web.accounts.access import COOKIE, give_cookie
from hipfirst.web.accounts.actions import visitor_create
from hipfirst.web.training.models import CheckIn
person, now = visitor_create(), timezone.now()
for n, left in enumerate((7, 6, 5, 4, 2)):
    at = now - timedelta(weeks=4 - n) + timedelta(minutes=5 * (n == 0))
    CheckIn.objects.create(
        person=person, kind="week", at=at, day=at.date(), left=left, right=4, consent=2
    )
print("cookie", COOKIE, give_cookie(HttpResponse(), person).cookies[COOKIE].value)
"""
"""A visitor who told five weeks, and the cookie by which the site knows them."""


@pytest.fixture
def told(site: Site, page: Page) -> Page:
    said = site.manage("shell", "-c", WEEKS)
    name, value = re.search(r"^cookie (\S+) (\S+)$", said, re.MULTILINE).groups()
    page.context.add_cookies([{"name": name, "value": value.strip('"'), "url": site.url}])
    return page


def make(page: Page) -> None:
    page.goto("/progress/report/")
    page.get_by_label("Your questions").fill("May I run again?")
    page.get_by_role("button", name="Make the page").click()
    page.get_by_role("heading", name="Your link").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(told: Page, assert_accessible, shot, scheme):
    told.goto("/progress/?trial")
    chart = told.get_by_role("img", name="Left knee: worst pain of each week")
    expect(chart).to_be_visible()
    for summary in told.locator("summary").all():
        summary.click()
    assert_accessible(told)
    shot(told, "progress", full=True)
    told.goto("/progress/report/")
    assert_accessible(told)
    make(told)
    assert_accessible(told)
    shot(told, "report", full=True)


def test_nothing_scrolls_sideways(told: Page):
    make(told)
    for path in ("/progress/?trial", "/progress/report/", told.url):
        told.goto(path)
        told.evaluate("document.documentElement.style.fontSize = '200%'")
        width = told.evaluate("innerWidth")
        assert told.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_link_opens_the_page_for_somebody_else_until_it_is_ended(
    told: Page, browser: Browser, site: Site
):
    make(told)
    link = told.get_by_label("Address of the page").input_value()
    other = browser.new_context().new_page()
    other.goto(link)
    expect(other.get_by_text("May I run again?")).to_be_visible()
    assert other.get_by_role("navigation").count() == 0
    told.get_by_role("button", name="End the link").click()
    told.wait_for_url("**/progress/report/#links")
    other.goto(link)
    expect(other.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    other.context.close()
