# SPDX-License-Identifier: Apache-2.0
"""The rooms of the owner in a browser: they look and behave like the rest of the site."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from browser.playing import tab_to

DRAWS_FIGURE = False
SETTINGS = "/behind/site/sitesettings/1/change/"
ACCOUNTS = "/behind/accounts/account/"
BOTH = pytest.mark.parametrize("scheme", ["light", "dark"])
OWNER = """
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from hipfirst.web.accounts.models import Account

owner = Account.objects.filter(email="olga@example.org").first()
owner = owner or Account.objects.create_superuser("olga@example.org", name="Olga")
for name in ("Mia", "Ben", "Somebody with a rather long name"):
    email = f"{name.split()[0].lower()}@example.org"
    if not Account.objects.filter(email=email).exists():
        Account.objects.create_user(email, name=name)
session = SessionStore()
session[SESSION_KEY] = str(owner.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
session.save()
print("session", session.session_key)
"""
AS_DESIGNED = """
from hipfirst.web.site.models import SiteSettings

SiteSettings.objects.all().delete()
"""


@pytest.fixture
def owner(site, context, page):
    """A tab of somebody who is signed in as owner; the site is as designed again afterwards."""
    key = re.search(r"session (\w+)", site.manage("shell", "-c", OWNER))[1]
    context.add_cookies([{"name": "sessionid", "value": key, "url": site.url}])
    yield page
    site.manage("shell", "-c", AS_DESIGNED)


@pytest.fixture
def assert_usable(assert_accessible, faults):
    """`assert_usable(page)`: axe-core finds nothing, and the page broke no policy by itself.

    Django's style sheets import each other, which axe-core follows with a style sheet of its own.
    """

    def check(page):
        page.wait_for_load_state("networkidle")
        assert faults.said == []
        assert_accessible(page)
        faults.expect("Applying inline style")

    return check


@BOTH
def test_the_rooms_can_be_used_by_everybody(owner, assert_usable, shot):
    owner.goto("/behind/")
    expect(owner.get_by_role("heading", level=1)).to_have_text("What needs you")
    shot(owner, "admin-index", full=True)
    assert_usable(owner)
    for path, name in ((SETTINGS, "settings"), (ACCOUNTS, "accounts")):
        owner.goto(path)
        shot(owner, f"admin-{name}", full=True)
        assert_usable(owner)
        assert owner.evaluate("document.documentElement.scrollWidth <= innerWidth")
    owner.get_by_role("link", name="olga@example.org").click()
    expect(owner.get_by_label("Role")).to_have_value("owner")
    shot(owner, "admin-account", full=True)
    assert_usable(owner)


def test_settings_are_changed_by_keyboard_and_show_at_once(owner):
    owner.goto(SETTINGS)
    tab_to(owner, r"^Name of the site")
    owner.keyboard.press("ControlOrMeta+a")
    owner.keyboard.type("Hip House")
    owner.keyboard.press("Enter")
    expect(owner.get_by_text("Kept. The change holds from now on.")).to_be_visible()
    owner.get_by_role("link", name="To the site").click()
    expect(owner.locator(".wordmark")).to_have_text("Hip House")


@BOTH
def test_what_is_wrong_is_said_beside_its_field(owner, assert_usable, shot):
    owner.goto(SETTINGS)
    owner.get_by_label("Pain from which a knee is amber").fill("12")
    owner.get_by_label("Main colour, light").fill("#7fbfa8")
    owner.get_by_role("button", name="Keep these settings").click()
    amber = owner.locator(".field-amber")
    expect(amber).to_contain_text("You gave 12; allowed are whole numbers from 1 to 10.")
    expect(owner.locator(".field-pine_light")).to_contain_text("at least 4.5 to 1")
    expect(owner.get_by_label("Pain from which a knee is amber")).to_have_attribute(
        "aria-invalid", "true"
    )
    shot(owner, "admin-settings-wrong", full=True)
    assert_usable(owner)


def test_the_sample_follows_what_is_typed(owner):
    owner.goto(SETTINGS)
    button = owner.locator('rect[data-fill="pine-light"]')
    expect(button).to_have_attribute("fill", "#1d5a49")
    field = owner.get_by_label("Main colour, light")
    field.fill("#2c4a86")
    expect(button).to_have_attribute("fill", "#2c4a86")
    field.fill("#2c4a")
    expect(button).to_have_attribute("fill", "#2c4a86")
    field.fill("")
    expect(button).to_have_attribute("fill", "#1d5a49")


def test_a_logo_takes_the_place_of_the_name(owner, assert_usable, shot):
    owner.goto(SETTINGS)
    out = BytesIO()
    draw = ImageDraw.Draw(image := Image.new("RGBA", (600, 160)))
    draw.ellipse((10, 10, 150, 150), fill="#9c4326")
    draw.rectangle((180, 60, 580, 100), fill="#857c6d")
    image.save(out, "PNG")
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": out.getvalue()}
    owner.get_by_label("Logo:").set_input_files(logo)
    owner.get_by_role("button", name="Keep these settings").click()
    expect(owner.get_by_role("img", name="The logo, on dark paper")).to_be_visible()
    shot(owner, "admin-logo")
    assert_usable(owner)
    owner.goto("/")
    mark = owner.get_by_role("img", name="Hipfirst")
    box = mark.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(600 / 160, rel=0.05)
    assert box["height"] <= 60
    shot(owner, "home-logo")
    assert_usable(owner)


@BOTH
def test_colours_of_the_owner_reach_every_page(owner, assert_usable, scheme, shot):
    owner.goto(SETTINGS)
    owner.get_by_label("Main colour, light").fill("#2c4a86")
    owner.get_by_label("Main colour, dark").fill("#9db8f0")
    owner.get_by_role("button", name="Keep these settings").click()
    expect(owner.get_by_text("Kept. The change holds from now on.")).to_be_visible()
    shot(owner, "admin-colours", full=True)
    wanted = {"light": "rgb(44, 74, 134)", "dark": "rgb(157, 184, 240)"}[scheme]
    owner.goto("/")
    shot(owner, "home-colours")
    expect(owner.locator(".button--primary").first).to_have_css("background-color", wanted)
    assert_usable(owner)
    owner.goto("/imprint/")
    shot(owner, "imprint")
    assert_usable(owner)
