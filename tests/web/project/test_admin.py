# SPDX-License-Identifier: Apache-2.0
"""Behind the site: who gets in, what they find, what stays out of sight."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hipfirst.web.accounts.models import Account
from hipfirst.web.project.admin import OURS
from hipfirst.web.site import needs
from hipfirst.web.site.models import SiteSettings
from web.conftest import Browser

SETTINGS = "/behind/site/sitesettings/1/change/"
ACCOUNTS = "/behind/accounts/account/"
PASSWORD = "a long walk up many stairs"


def signed_in(email, role):
    browser = Browser()
    browser.account = Account.objects.create_user(email, PASSWORD, role=role)
    browser.force_login(browser.account)
    return browser


@pytest.fixture
def olga(db):
    """The owner."""
    return signed_in("olga@example.org", Account.Role.OWNER)


@pytest.fixture
def mona(db):
    """A moderator."""
    return signed_in("mona@example.org", Account.Role.MODERATOR)


@pytest.fixture
def mia(db):
    """A member."""
    return signed_in("mia@example.org", Account.Role.MEMBER)


def text(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def change(browser, account, **given):
    """Send the form of an account; what is not given stays."""
    shown = {
        "role": account.role,
        "is_active": account.is_active,
        "banned": account.is_banned,
        "banned_because": account.banned_because,
    }
    fields = {
        **{f"initial-{name}": value for name, value in shown.items()},
        "role": account.role,
        "banned_because": account.banned_because,
        **({"is_active": "on"} if account.is_active else {}),
        **({"banned": "on"} if account.is_banned else {}),
    }
    sent = {name: value for name, value in {**fields, **given}.items() if value is not None}
    answer = browser.press(f"{ACCOUNTS}{account.pk}/change/", **sent)
    account.refresh_from_db()
    return answer


@pytest.mark.parametrize("path", ["/behind/", SETTINGS, ACCOUNTS, "/behind/site/"])
def test_a_stranger_is_asked_to_sign_in_and_a_member_finds_nothing(stranger, mia, path):
    answer = stranger.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/account/login/?next={path}"
    assert mia.get(path).status_code == 404


def test_a_moderator_sees_neither_settings_nor_accounts(mona):
    page = mona.get("/behind/")
    assert page.status_code == 200
    assert "/behind/site/" not in page.content.decode()
    assert "/behind/accounts/" not in page.content.decode()
    for path in (SETTINGS, ACCOUNTS, f"{ACCOUNTS}{mona.account.pk}/change/"):
        assert mona.get(path).status_code == 403
    assert mona.press(SETTINGS, name="Mine").status_code == 403
    assert not SiteSettings.objects.exists()


def test_an_owner_who_lost_the_role_finds_nothing(olga):
    assert olga.get("/behind/").status_code == 200
    Account.objects.update(role=Account.Role.MEMBER)
    assert olga.get("/behind/").status_code == 404


def test_nobodys_health_has_a_room():
    for model in admin.site._registry:
        assert model._meta.app_label in OURS
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"left_now", "red_flags", "timeline", "events"}, model
    labels = {model._meta.label for model in admin.site._registry}
    assert {"accounts.Account", "site.SiteSettings"} <= labels
    assert not labels & {"accounts.Person", "accounts.Consent", "auth.Group"}
    assert not [
        label for label in labels if label.startswith(("account.", "mfa.", "usersessions."))
    ]


def test_there_is_no_second_way_in(stranger, olga):
    for path in ("login/", "logout/", "password_change/", "autocomplete/", "r/1/1/"):
        assert stranger.get(f"/behind/{path}").status_code in {302, 404}
        assert olga.get(f"/behind/{path}").status_code == 404


def test_the_pages_wear_the_site(olga):
    SiteSettings.objects.create(name="Hip House", pine_light="#2c4a86")
    page = olga.get("/behind/").content.decode()
    assert "<title>What needs you · Hip House</title>" in page
    assert "Django" not in page
    assert 'href="/site/colours.css?v=' in page
    assert '<a href="/">To the site</a>' in page
    assert 'data-theme="system"' in page
    assert "no-store" in olga.get("/behind/")["Cache-Control"]


def test_nothing_in_a_page_needs_a_looser_policy(olga):
    for path in ("/behind/", SETTINGS, ACCOUNTS, f"{ACCOUNTS}{olga.account.pk}/change/"):
        page = olga.get(path).content.decode()
        assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*json)|<style|\sstyle=|\son\w+=", page)


def test_what_waits_is_said(olga, monkeypatch):
    monkeypatch.setattr(needs, "_asked", [])
    assert "Nothing waits for you." in text(olga.get("/behind/"))
    needs.register_needs(lambda request: [needs.Need("Knees <held>", 3, "/behind/held/")])
    page = olga.get("/behind/")
    assert "3 Knees <held>" in text(page)
    assert "<held>" not in page.content.decode()
    assert 'href="/behind/held/"' in page.content.decode()


def test_comments_wait_for_owner_and_moderators(olga, mona):
    for browser in (olga, mona):
        page = browser.get("/behind/")
        assert "0 Comments that are held or reported" in text(page)
        queue = re.search(r'class="need"><a href="([^"]+)"', page.content.decode())[1]
        assert browser.get(queue).status_code == 200


def test_accounts_are_found_by_address(olga, mia, mona):
    page = text(olga.get(f"{ACCOUNTS}?q=mia@example.org"))
    assert "mia@example.org" in page
    assert "mona@example.org" not in page
    assert "mona@example.org" in text(olga.get(f"{ACCOUNTS}?role__exact=moderator"))


def test_the_banned_are_a_list_of_their_own(olga, mia, mona):
    change(olga, mia.account, banned="on")
    banned = text(olga.get(f"{ACCOUNTS}?banned=yes"))
    free = text(olga.get(f"{ACCOUNTS}?banned=no"))
    assert ("mia@example.org" in banned, "mia@example.org" in free) == (True, False)
    assert ("mona@example.org" in banned, "mona@example.org" in free) == (False, True)


def test_no_password_and_no_knee_is_shown(olga, mia):
    for path in (ACCOUNTS, f"{ACCOUNTS}{mia.account.pk}/change/"):
        page = olga.get(path).content.decode()
        assert "mia@example.org" in page
        assert mia.account.password not in page
        assert "pbkdf2" not in page
        assert str(mia.account.person_id) not in page


def test_nobody_is_made_or_erased_here(olga, mia):
    for path in ("add/", f"{mia.account.pk}/delete/"):
        assert olga.get(ACCOUNTS + path).status_code == 403
        assert olga.press(ACCOUNTS + path, post="yes").status_code == 403
    assert Account.objects.count() == 2


def test_roles_and_bans_are_kept_and_logged(olga, mia):
    answer = change(olga, mia.account, role="moderator", banned="on", banned_because="Spam")
    assert answer.status_code == 302
    assert mia.account.role == "moderator"
    assert mia.account.banned_at <= timezone.now()
    assert mia.account.banned_because == "Spam"
    since = mia.account.banned_at
    change(olga, mia.account, role="member")
    assert mia.account.banned_at == since
    change(olga, mia.account, banned=None)
    assert (mia.account.banned_at, mia.account.banned_because) == (None, "")
    logged = LogEntry.objects.filter(user=olga.account, object_id=mia.account.pk)
    assert logged.count() == 3
    assert "Role" in logged.last().get_change_message()


def test_what_is_not_asked_for_cannot_be_sent(olga, mia):
    before = Account.objects.values().get(pk=mia.account.pk)
    change(olga, mia.account, email="olga2@example.org", password="x", person=str(olga.account.pk))
    assert Account.objects.values().get(pk=mia.account.pk) == before


def test_who_is_shut_out_is_out_at_once(olga, mia):
    assert mia.get("/account/email/").status_code != 302
    change(olga, mia.account, is_active=None)
    assert mia.get("/account/email/").status_code == 302


@pytest.mark.parametrize("given", [{"role": "member"}, {"is_active": None}])
def test_the_last_owner_stays(olga, given):
    Account.objects.create_user("old@example.org", role=Account.Role.OWNER, is_active=False)
    answer = change(olga, olga.account, **given)
    assert answer.status_code == 200
    assert "This is the last owner of the site" in text(answer)
    assert (olga.account.role, olga.account.is_active) == ("owner", True)


def test_one_of_two_owners_may_go(olga):
    Account.objects.create_user("second@example.org", role=Account.Role.OWNER)
    assert change(olga, olga.account, role="member").status_code == 302
    assert olga.account.role == "member"


def test_the_name_of_an_account_is_text(olga):
    Account.objects.create_user("x@example.org", name="<script>alert(1)</script>")
    for path in (ACCOUNTS, f"{ACCOUNTS}{Account.objects.get(email='x@example.org').pk}/change/"):
        page = olga.get(path).content.decode()
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page


def test_a_list_of_many_accounts_asks_no_more_than_a_short_one(olga):
    olga.get(ACCOUNTS)
    with CaptureQueriesContext(connection) as short:
        olga.get(ACCOUNTS)
    for n in range(40):
        Account.objects.create_user(f"member{n}@example.org", name=f"Member {n}")
    with CaptureQueriesContext(connection) as long:
        assert "member7@example.org" in olga.get(ACCOUNTS).content.decode()
    assert len(long) == len(short)


@override_settings(LANGUAGES=[("en", "English"), ("ar", "Arabic")])
def test_the_other_direction_has_its_style(olga):
    page = olga.get("/behind/", headers={"Accept-Language": "ar"}).content.decode()
    assert 'dir="rtl"' in page
    assert "rtl" in page
