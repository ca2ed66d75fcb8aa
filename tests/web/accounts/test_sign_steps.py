# SPDX-License-Identifier: Apache-2.0
"""The second step, recovery codes, and being asked again before what matters."""

import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from hipfirst.web.accounts.models import Account
from signing import (
    ADDRESS,
    CONFIRM_SIGN_IN,
    PASSWORD,
    SIGN_IN,
    is_in,
    last_code,
    number,
    sign_up,
    wrong,
)

TURN_ON, TURN_OFF = "/account/2fa/totp/activate/", "/account/2fa/totp/deactivate/"
SECOND = "/account/2fa/authenticate/"
AGAIN = "/account/reauthenticate/"


@pytest.fixture
def jo(stranger):
    sign_up(stranger)
    return stranger


@pytest.fixture
def secret(jo):
    """The key of Jo's app, once the second step is on and Jo is signed out."""
    page = jo.get(TURN_ON).content.decode()
    key = re.search(r"<code>([A-Z2-7]{16,})</code>", page)[1]
    assert jo.press(TURN_ON, code=number(key))["Location"] == "/account/2fa/recovery-codes/"
    jo.codes = re.findall(
        r"<code>(\d{8})</code>", jo.get("/account/2fa/recovery-codes/").content.decode()
    )
    jo.press("/account/logout/")
    return key


def first_step(browser):
    browser.press(SIGN_IN, login=ADDRESS)
    return browser.press(CONFIRM_SIGN_IN, code=last_code())


def test_the_picture_is_markup_that_the_policy_allows(jo):
    answer = jo.get(TURN_ON)
    page = answer.content.decode()
    picture = re.search(r"<svg class=\"qr\".*?</svg>", page, re.DOTALL)[0]
    assert "style" not in picture
    assert "data:" not in page
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "otpauth://totp/jo%40example.org?" in page
    assert "issuer=Hipfirst" in page


def test_a_wrong_number_turns_nothing_on(jo):
    key = re.search(r"<code>([A-Z2-7]{16,})</code>", jo.get(TURN_ON).content.decode())[1]
    answer = jo.press(TURN_ON, code=wrong(number(key)))
    assert answer.status_code == 200
    assert key in answer.content.decode()
    jo.press("/account/logout/")
    first_step(jo)
    assert is_in(jo)


def test_signing_in_needs_the_number(jo, secret):
    assert first_step(jo)["Location"] == SECOND
    assert not is_in(jo)
    assert jo.press(SECOND, code=wrong(number(secret, 1))).status_code == 200
    assert not is_in(jo)
    assert jo.press(SECOND, code=number(secret, 1))["Location"] == "/account/"
    assert is_in(jo)


def test_a_number_works_once(jo, ben, secret):
    shown = number(secret, 1)
    for browser in (jo, ben):
        first_step(browser)
        browser.press(SECOND, code=shown)
    assert (is_in(jo), is_in(ben)) == (True, False)


def test_guessing_numbers_ends_soon(jo, secret):
    first_step(jo)
    for _ in range(5):
        jo.press(SECOND, code=wrong(number(secret, 1)))
    page = jo.press(SECOND, code=number(secret, 1)).content.decode()
    assert "Too many tries." in page
    assert not is_in(jo)


def test_a_recovery_code_works_once(jo, secret):
    assert len(set(jo.codes)) == 10
    first_step(jo)
    jo.press(SECOND, code=jo.codes[0])
    assert is_in(jo)
    jo.press("/account/logout/")
    first_step(jo)
    jo.press(SECOND, code=jo.codes[0])
    assert not is_in(jo)
    jo.press(SECOND, code=jo.codes[1])
    assert is_in(jo)


def test_turning_it_off_asks_again_and_tells_by_mail(jo, secret):
    first_step(jo)
    jo.press(SECOND, code=jo.codes[0])
    asked = jo.press(TURN_OFF)["Location"]
    assert asked.startswith("/account/2fa/reauthenticate/?next=")
    jo.press(asked, code=jo.codes[1])
    assert mail.outbox[-1].subject == "The second step is off"
    jo.press("/account/logout/")
    first_step(jo)
    assert is_in(jo)


def test_what_matters_asks_for_the_password_again(jo):
    jo.press("/account/password/set/", password1=PASSWORD, password2=PASSWORD)
    jo.press("/account/logout/")
    jo.press(SIGN_IN, login=ADDRESS, password=PASSWORD)
    asked = jo.get(TURN_ON)["Location"]
    assert asked == f"{AGAIN}?next=%2Faccount%2F2fa%2Ftotp%2Factivate%2F"
    refused = jo.press(asked, password="wrong")
    assert "That is not your password." in refused.content.decode()
    assert jo.press(asked, password=PASSWORD)["Location"] == TURN_ON
    assert jo.get(TURN_ON).status_code == 200


def test_being_asked_again_leads_nowhere_else(jo):
    jo.press("/account/password/set/", password1=PASSWORD, password2=PASSWORD)
    answer = jo.press(f"{AGAIN}?next=//evil.example", password=PASSWORD, next="//evil.example")
    assert answer["Location"] == "/account/"


def test_passkeys_of_others_cannot_be_touched(jo, ben):
    key = Authenticator.objects.create(
        user=Account.objects.get(), type="webauthn", data={"name": "Jo's phone"}
    )
    sign_up(ben, "ben@example.org")
    for what in ("edit", "remove"):
        path = f"/account/2fa/webauthn/keys/{key.pk}/{what}/"
        assert ben.get(path).status_code == 404
        assert ben.press(path, name="Ben's").status_code == 404
    assert "Jo's phone" not in unescape(ben.get("/account/2fa/webauthn/").content.decode())
    assert Authenticator.objects.get().data == {"name": "Jo's phone"}


MADE_UP = ["", "{}", "[]", "x", "1", '{"id": 1}', '{"rawId": "AA", "response": []}', "null"]


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_passkey_is_not_kept(jo, credential):
    answer = jo.press("/account/2fa/webauthn/add/", name="Phone", credential=credential)
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_passkey_signs_nobody_in(stranger, credential):
    answer = stranger.press("/account/2fa/webauthn/login/", credential=credential)
    assert answer["Location"] == SIGN_IN
    assert not is_in(stranger)
