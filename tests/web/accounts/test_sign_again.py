# SPDX-License-Identifier: Apache-2.0
"""A code from the mail before what matters: the only way of some, one more of others."""

from __future__ import annotations

import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command

from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.sign_again import LATELY_S
from signing import PASSWORD, last_code, sign_up, wrong
from web.members import member, signed_in

AGAIN = "/account/reauthenticate/code/"
MIA = "mia@example.org"
MATTERS = {
    "/account/delete/": {},
    "/account/2fa/webauthn/add/": {"name": "Phone", "credential": "{}"},
    "/account/2fa/totp/activate/": {"code": "000000"},
    "/account/email/": {"email": "other@example.org", "action_add": ""},
    "/account/password/set/": {"password1": PASSWORD, "password2": PASSWORD},
}


@pytest.fixture
def mia(db):
    """Signed in by a code too long ago."""
    return signed_in(member(MIA).account, ago_s=LATELY_S + 1)


@pytest.mark.parametrize("path", MATTERS)
def test_what_matters_asks_who_signed_in_long_ago(mia, path):
    answer = mia.press(path, **MATTERS[path])
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, AGAIN)
    account = Account.objects.get()
    assert (account.erase_at, account.has_usable_password()) == (None, False)
    assert mail.outbox == []


@pytest.mark.parametrize("path", MATTERS)
def test_who_has_just_signed_in_is_not_asked(db, path):
    answer = member(MIA).press(path, **MATTERS[path])
    assert AGAIN not in answer.get("Location", "")


def test_who_has_just_signed_up_is_not_asked(stranger):
    sign_up(stranger)
    answer = stranger.press("/account/delete/")
    assert answer["Location"] == "/account/deleted/"


def test_a_code_goes_on_with_what_was_asked_for(mia):
    asked = mia.press("/account/delete/")["Location"]
    page = mia.get(asked).content.decode()
    assert "Send me a code" in page
    assert MIA in page
    assert mail.outbox == []
    sent = mia.press(asked, action="send").content.decode()
    assert 'name="code"' in sent
    assert "/account/delete/" in sent
    assert mia.press(asked, code=wrong(last_code(MIA))).status_code == 200
    assert Account.objects.get().erase_at is None
    assert mia.press(asked, code=last_code(MIA))["Location"] == "/account/deleted/"
    assert Account.objects.get().erase_at is not None


def test_nothing_typed_goes_on_before_a_code_was_sent(mia):
    for code in ("", "0000-0000"):
        assert mia.press(AGAIN, code=code).status_code == 200
    assert mia.press("/account/delete/")["Location"].startswith(AGAIN)


def test_guessing_ends_after_three_tries(mia):
    mia.press(AGAIN, action="send")
    code = last_code(MIA)
    for _ in range(3):
        page = mia.press(AGAIN, code=wrong(code)).content.decode()
    assert "Too many tries." in page
    assert mia.press(AGAIN, code=code).status_code == 200
    assert mia.press("/account/delete/")["Location"].startswith(AGAIN)


def test_asking_for_codes_ends(mia):
    for _ in range(6):
        page = mia.press(AGAIN, action="send").content.decode()
    assert "Too many tries." in page
    assert len(mail.outbox) == 5


def test_an_old_code_is_refused(mia, monkeypatch):
    mia.press(AGAIN, action="send")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 901)
    mia.press(AGAIN, code=last_code(MIA))
    assert mia.press("/account/delete/")["Location"].startswith(AGAIN)


def test_a_code_fits_the_browser_that_asked(mia):
    mia.press(AGAIN, action="send")
    other = signed_in(mia.account, ago_s=LATELY_S + 1)
    other.press(AGAIN, action="send")
    assert mia.press(AGAIN, code=last_code(MIA)).status_code == 200


def give_password(account):
    account.set_password(PASSWORD)
    account.save()


def give(kind):
    def do(account):
        Authenticator.objects.create(user=account, type=kind, data={"secret": "s"})

    return do


@pytest.mark.parametrize(
    ("more", "first"),
    [
        (give_password, "/account/reauthenticate/"),
        (give("webauthn"), "/account/2fa/webauthn/reauthenticate/"),
    ],
    ids=["password", "passkey"],
)
def test_who_cannot_use_password_or_passkey_takes_a_code(mia, more, first, monkeypatch):
    # The passkey of this test has no key that the page could ask a device for.
    monkeypatch.setattr("allauth.mfa.webauthn.views.auth.begin_authentication", lambda user: {})
    more(mia.account)
    browser = signed_in(mia.account)
    asked = browser.press("/account/delete/")["Location"]
    assert asked.partition("?")[0] == first
    page = browser.get(asked).content.decode()
    assert "Send me a code by e-mail" in page
    way = AGAIN + "?next=%2Faccount%2Fdelete%2F"
    assert f'action="{way}"' in page
    assert Account.objects.get().erase_at is None
    browser.press(way, action="send")
    assert browser.press(way, code=wrong(last_code(MIA))).status_code == 200
    assert Account.objects.get().erase_at is None
    assert browser.press(way, code=last_code(MIA))["Location"] == "/account/deleted/"


def test_a_code_does_not_go_around_the_app(mia):
    for kind in ("totp", "recovery_codes"):
        give(kind)(mia.account)
    browser = signed_in(mia.account)
    asked = browser.press("/account/delete/")["Location"]
    assert asked.startswith("/account/2fa/reauthenticate/?")
    assert "Send me a code by e-mail" not in browser.get(asked).content.decode()
    assert browser.press(AGAIN, action="send")["Location"] == "/account/2fa/reauthenticate/"
    assert mail.outbox == []


def forget(address):
    out = StringIO()
    call_command("owner", "--forget-second-step", address, stdout=out)
    return out.getvalue()


def test_whoever_lost_app_and_codes_gets_back_in(db):
    mia, noa = member(MIA), member("noa@example.org")
    for each in (mia, noa):
        for kind in ("totp", "recovery_codes", "webauthn"):
            Authenticator.objects.create(user=each.account, type=kind, data={"secret": "s"})
        each.get("/account/")
    assert "signed out everywhere" in forget("MIA@example.org")
    assert set(Authenticator.objects.values_list("user", flat=True)) == {noa.account.pk}
    assert mia.get("/account/").status_code == 302
    assert noa.get("/account/").status_code == 200
    (sent,) = mail.outbox
    assert sent.to == [MIA]
    assert "were taken away" in sent.subject
    for body in (sent.body, sent.alternatives[0].content):
        assert "/account/login/" in body
        assert "set them up anew" in body
    mia.account.refresh_from_db()
    assert mia.account.role == Account.Role.MEMBER


def test_nobody_is_made_where_there_is_no_account(db):
    with pytest.raises(CommandError, match=r"'no@example\.org' was given; allowed: the address of"):
        forget("no@example.org")
    assert not Account.objects.exists()
