# SPDX-License-Identifier: Apache-2.0
"""What the site keeps about a person, seen and erased by that person, visitor or member."""

from __future__ import annotations

import io
import json
import re
import secrets
import zipfile

import pytest
from playwright.sync_api import expect

from browser.playing import tab_to

DRAWS_FIGURE = False
BOTH = pytest.mark.parametrize("scheme", ["light", "dark"])
MEMBER = """
import time

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.consent_words import HEALTH_VERSION
from hipfirst.web.accounts.models import Account
from hipfirst.web.training.models import KneeCheck

member = Account.objects.filter(email="EMAIL").first()
if member is None:
    member = Account.objects.create_user("EMAIL")
    EmailAddress.objects.create(user=member, email="EMAIL", verified=True, primary=True)
    consent_give(person=member.person, purpose="health", version=HEALTH_VERSION)
    KneeCheck.objects.create(person=member.person, consent=HEALTH_VERSION, left_now=3, fine=False)
session = SessionStore()
session[SESSION_KEY] = str(member.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = member.get_session_auth_hash()
# Signed in just now: nobody asks again before what matters.
session["account_authentication_methods_user"] = str(member.pk)
session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
session.save()
print("session", session.session_key)
"""


@pytest.fixture
def email():
    return f"mia-{secrets.token_hex(4)}@example.org"


@pytest.fixture
def sign_in(site, context, email):
    """`sign_in()`: the browser is signed in as a member who was here before."""

    def enter():
        key = re.search(
            r"session (\w+)", site.manage("shell", "-c", MEMBER.replace("EMAIL", email))
        )
        context.add_cookies([{"name": "sessionid", "value": key[1], "url": site.url}])

    return enter


@BOTH
def test_what_is_kept_is_shown_and_erased(page, start_run, shot, assert_accessible):
    run = start_run(page)
    page.goto("/privacy/")
    assert_accessible(page)
    shot(page, "privacy-kept", full=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()
    copy = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert copy["runs"][0]["id"] in run
    page.get_by_role("button", name="Erase what this site keeps").click()
    page.wait_for_url("**/privacy/?erased")
    assert page.get_by_role("status").get_by_text("Erased.").is_visible()
    assert_accessible(page)
    shot(page, "privacy-erased", full=True)
    assert page.context.request.get(run).status == 404
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0


@BOTH
def test_a_member_sees_everything_at_a_glance(  # noqa: PLR0917 fixtures are arguments
    page, sign_in, shot, assert_accessible, faults, email
):
    sign_in()
    page.goto("/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert_accessible(page)
    shot(page, "account", full=True)
    page.get_by_label("Name shown to others").fill("Moderator")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose another")
    expect(page.get_by_label("Name shown to others")).to_be_focused()
    assert_accessible(page)
    shot(page, "account-name", full=True)
    faults.expect("400")
    page.get_by_label("Name shown to others").fill("Mia")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Mia, {email}")).to_be_visible()
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_role("heading", name="The terms of this site")).to_have_count(0)


def test_what_was_agreed_to_is_read_and_taken_back(page, sign_in, shot, assert_accessible):
    sign_in()
    page.goto("/account/consent/")
    assert_accessible(page)
    shot(page, "consent", full=True)
    page.get_by_text("Take it back", exact=True).click()
    assert_accessible(page)
    shot(page, "consent-back", full=True)
    page.get_by_role("button", name="Take it back and erase").click()
    expect(page.get_by_text("Taken back and erased")).to_be_visible()
    assert_accessible(page)
    shot(page, "consent-gone", full=True)
    page.goto("/check/")
    expect(page.get_by_role("group", name="I agree")).to_be_visible()


def test_a_member_takes_the_data_along_deletes_and_thinks_again(
    page, sign_in, shot, assert_accessible, email
):
    sign_in()
    page.goto("/account/")
    page.get_by_role("link", name="Delete my account").click()
    assert_accessible(page)
    shot(page, "delete", full=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="as tables (CSV)").click()
    tables = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert email in tables.read("account.csv").decode("utf-8-sig")
    page.get_by_role("button", name="Delete my account").click()
    page.wait_for_url("**/account/deleted/")
    assert_accessible(page)
    shot(page, "deleted")
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    sign_in()
    page.goto("/account/")
    expect(page.get_by_role("heading", name=re.compile("will be erased on"))).to_be_visible()
    assert_accessible(page)
    shot(page, "account-erasing", full=True)
    page.get_by_role("button", name="Keep my account").click()
    expect(page.get_by_text("Your account stays.")).to_be_visible()


@pytest.mark.parametrize("size", [(320, 640), (390, 844)], ids=["narrow", "large-text"])
def test_nothing_scrolls_sideways(page, size, sign_in, shot):
    sign_in()
    for path in ("/account/", "/account/consent/", "/account/delete/", "/privacy/"):
        page.goto(path)
        if size[0] > 320:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        shot(page, f"person{path.replace('/', '-')}", full=True)


def test_the_account_works_by_keyboard(page, sign_in):
    sign_in()
    page.goto("/account/")
    tab_to(page, "What you agreed to")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What you agreed to")
    tab_to(page, "^Take it back$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take it back and erase")).to_be_visible()


def test_a_page_that_is_not_there_has_the_look_of_the_site(page, faults, shot, assert_accessible):
    page.goto("/no-such-page/")
    assert page.get_by_role("heading", name="There is no such page").is_visible()
    assert_accessible(page)
    shot(page, "not-found")
    faults.expect("404")
