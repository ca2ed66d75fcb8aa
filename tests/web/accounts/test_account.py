# SPDX-License-Identifier: Apache-2.0
"""The account at a glance; the name that others see; who becomes an owner."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.accounts.names import NAME_MAX
from hipfirst.web.site.models import SiteSettings
from web.members import member


@pytest.fixture
def mia(db):
    return member("mia@example.org")


@pytest.fixture
def mod(db):
    return member("mod@example.org", role="moderator", name="Anna Berg")


def test_who_is_not_signed_in_is_asked_to(stranger, ada):
    for browser in (stranger, ada):
        answer = browser.get("/account/")
        assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/account/")


def test_everything_is_one_tap_away(mia):
    page = mia.get("/account/").content.decode()
    for address in (
        "/account/email/",
        "/account/password/set/",
        "/account/2fa/",
        "/account/sessions/",
        "/account/consent/",
        "/account/delete/",
        "/privacy/",
        "/check/",
    ):
        assert f'href="{address}"' in page
    assert "mia@example.org" in page
    assert "/behind/" not in page


def test_who_runs_the_site_finds_its_rooms(mod):
    assert 'href="/behind/"' in mod.get("/account/").content.decode()


def test_ways_to_sign_in_are_told(mia):
    assert "no passkey" in mia.get("/account/").content.decode()
    for number in (1, 2):
        Authenticator.objects.create(
            user=mia.account, type="webauthn", data={"name": f"key {number}", "credential": {}}
        )
    mia.account.set_password("three slow squirrels")
    mia.account.save()
    mia.force_login(mia.account)
    page = mia.get("/account/").content.decode()
    assert "2 passkeys" in page
    assert 'href="/account/password/change/"' in page


@pytest.mark.parametrize("name", ["Mia", "Zoë K.", "李小龙", "O'Neill-Ruiz", "R2", "Kim  Park "])
def test_a_name_is_kept_tidy(mia, name):
    answer = mia.press("/account/name/", name=name)
    assert answer["Location"] == "/account/"
    mia.account.refresh_from_db()
    assert mia.account.name == " ".join(name.split())


def test_a_name_can_be_taken_away(mia):
    mia.press("/account/name/", name="Mia")
    mia.press("/account/name/", name=" ")
    mia.account.refresh_from_db()
    assert mia.account.name == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * (NAME_MAX + 1), "61 characters"),
        ("Mi\u202ea", "cannot be seen"),
        ("Mi\u200ba", "cannot be seen"),
        ("Mi\x00a", "cannot be seen"),
        ("---", "no letter"),
        ("see evil.example", "looks like an address"),
        ("https://a", "looks like an address"),
        ("www.mia", "looks like an address"),
        ("me@home", "looks like an address"),
        ("Moderator", "people who run this site"),
        ("the Admin", "people who run this site"),
        ("Anna Berg", "people who run this site"),
        ("anna-bérg", "people who run this site"),
        ("Аnnа Bеrg", "people who run this site"),  # noqa: RUF001 Cyrillic on purpose
        ("Hipfirst", "people who run this site"),
        ("H1pf1rst Help", "people who run this site"),
        ("ＨＩＰＦＩＲＳＴ", "people who run this site"),  # noqa: RUF001 full width on purpose
    ],
)
def test_a_name_that_could_mislead_is_refused(mia, mod, name, said):
    answer = mia.press("/account/name/", name=name)
    assert answer.status_code == 400
    assert said in answer.context["name_fault"]
    mia.account.refresh_from_db()
    assert mia.account.name == ""


@pytest.mark.parametrize("name", ["Anna", "Bergmann", "Modesta", "Hip Lady", "Teamy"])
def test_a_name_that_merely_sounds_alike_is_fine(mia, mod, name):
    assert mia.press("/account/name/", name=name).status_code == 302


def test_the_name_of_the_site_is_the_one_it_has(mia):
    SiteSettings(name="Kind Knees").save()
    assert mia.press("/account/name/", name="kindknees team").status_code == 400
    assert mia.press("/account/name/", name="Kind Lady").status_code == 302


def test_who_runs_the_site_may_say_so(mod):
    assert mod.press("/account/name/", name="Anna (moderator)").status_code == 302


def test_a_typed_name_is_shown_as_it_is(mia):
    page = mia.press("/account/name/", name='"><script>@').content.decode()
    assert "<script>@" not in page
    assert "&quot;&gt;&lt;script&gt;@" in page


def test_a_name_is_nobody_elses_business(mia):
    other = member("noa@example.org")
    mia.press("/account/name/", name="Mia", account=other.account.pk, id=other.account.pk)
    other.account.refresh_from_db()
    assert other.account.name == ""


def test_a_ban_is_told_with_its_reason(mia):
    Account.objects.update(banned_at="2026-01-01T00:00Z", banned_because="sold pills")
    page = mia.get("/account/").content.decode()
    assert "You cannot write comments" in page
    assert "sold pills" in page


def test_who_is_banned_chooses_no_name_and_may_take_theirs_away(mia):
    Account.objects.update(name="Mia", banned_at="2026-01-01T00:00Z")
    assert "choose no other" in mia.get("/account/").content.decode()
    answer = mia.press("/account/name/", name="Buy my pills")
    assert answer.status_code == 400
    assert "while you cannot write comments" in answer.context["name_fault"]
    assert Account.objects.get().name == "Mia"
    mia.press("/account/name/", name="")
    assert Account.objects.get().name == ""


def test_an_account_that_cannot_be_made_leaves_no_person(mia):
    with pytest.raises(IntegrityError):
        Account.objects.create_user("mia@example.org")
    assert Person.objects.count() == 1


def owner(*arguments):
    out = StringIO()
    call_command("owner", *arguments, stdout=out)
    return out.getvalue()


def test_the_owner_is_made_and_told_how_to_sign_in(db):
    said = owner("You@Example.org")
    account = Account.objects.get(email="you@example.org")
    assert account.is_superuser
    assert not account.has_usable_password()
    assert account.emailaddress_set.get().verified
    assert "/account/login/" in said
    assert "/behind/" in said


def test_a_member_becomes_the_owner(mia):
    assert "is now an owner" in owner("MIA@example.org")
    mia.account.refresh_from_db()
    assert mia.account.role == "owner"
    assert Account.objects.count() == 1


def test_an_owner_needs_an_address(db):
    with pytest.raises(CommandError, match="'me' was given; allowed: an e-mail address"):
        owner("me")
    assert not Account.objects.exists()
