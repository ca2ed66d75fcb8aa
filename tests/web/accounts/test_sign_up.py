# SPDX-License-Identifier: Apache-2.0
"""Signing up with a code: what it asks, what it keeps, and what it tells nobody."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from hipfirst.web.accounts.models import Account, Consent, Person
from hipfirst.web.accounts.sign_actions import unconfirmed_purge
from hipfirst.web.site.models import SiteSettings
from signing import ADDRESS, CONFIRM, SIGN_IN, SIGN_UP, is_in, last_code, sign_up, wrong


def test_a_code_from_the_mail_makes_the_account_and_signs_in(stranger):
    answer = stranger.press(SIGN_UP, email="Jo@Example.org", terms="on")
    assert (answer.status_code, answer["Location"]) == (302, CONFIRM)
    assert not is_in(stranger)
    answer = stranger.press(CONFIRM, code=last_code())
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert is_in(stranger)
    account = Account.objects.get()
    assert account.email == ADDRESS
    assert account.role == Account.Role.MEMBER
    assert not account.has_usable_password()


def test_a_code_may_be_typed_with_spaces_or_without_its_dash(stranger):
    stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    stranger.press(CONFIRM, code=f" {last_code().replace('-', ' ')} ")
    assert is_in(stranger)


def test_both_agreements_are_kept_with_the_words_that_were_shown(stranger):
    SiteSettings(terms="Be kind.", terms_version=4).save()
    sign_up(stranger, health="on")
    person = Account.objects.get().person
    given = Consent.objects.filter(person=person).values_list("purpose", "version")
    assert sorted(given) == [("health", 2), ("terms", 4)]


def test_health_data_may_be_refused_and_the_terms_not(stranger):
    answer = stranger.press(SIGN_UP, email=ADDRESS)
    assert answer.status_code == 200
    assert "Without the terms there is no account." in answer.content.decode()
    assert not Account.objects.exists()
    sign_up(stranger)
    assert [each.purpose for each in Consent.objects.all()] == ["terms"]


def test_nobody_agrees_for_the_owner_of_an_address(stranger, ada):
    """Whoever typed a foreign address agreed to nothing in its name."""
    stranger.press(SIGN_UP, email=ADDRESS, terms="on", health="on")
    ada.press(SIGN_IN, login=ADDRESS)
    ada.press("/account/login/code/confirm/", code=last_code())
    assert is_in(ada)
    assert not Consent.objects.exists()


def test_both_boxes_are_empty_and_say_what_they_mean(stranger):
    page = stranger.get(SIGN_UP).content.decode()
    assert page.count('type="checkbox"') == 2
    assert "checked" not in page
    assert "then it is erased" in page
    assert "You may also leave this out." in page


def test_a_wrong_code_is_refused_three_times_and_then_the_right_one_too(stranger):
    stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    code = last_code()
    for _ in range(2):
        answer = stranger.press(CONFIRM, code=wrong(code))
        assert answer.status_code == 200
        assert "This code does not fit." in answer.content.decode()
    assert stranger.press(CONFIRM, code=wrong(code))["Location"] == SIGN_IN
    stranger.press(CONFIRM, code=code)
    assert not is_in(stranger)


@pytest.mark.parametrize("path", [SIGN_UP, SIGN_IN])
def test_an_old_code_is_refused(stranger, path, monkeypatch):
    if path == SIGN_IN:
        sign_up(stranger)
        stranger.press("/account/logout/")
    address = {"email": ADDRESS, "login": ADDRESS, "terms": "on"}
    confirm = stranger.press(path, **address)["Location"]
    code, now = last_code(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 901)
    stranger.press(confirm, code=code)
    assert not is_in(stranger)


def test_a_code_works_once_and_only_in_the_browser_that_asked(stranger, ada):
    stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    code = last_code()
    ada.press(SIGN_UP, email="ada@example.org", terms="on")
    ada.press(CONFIRM, code=code)
    assert not is_in(ada)
    stranger.press(CONFIRM, code=code)
    stranger.press("/account/logout/")
    stranger.press(CONFIRM, code=code)
    assert not is_in(stranger)


def test_another_code_can_be_asked_for_and_takes_the_place_of_the_first(stranger, monkeypatch):
    stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    first, now = last_code(), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 11)
    stranger.press(CONFIRM, action="resend")
    assert last_code() != first
    stranger.press(CONFIRM, code=first)
    assert not is_in(stranger)
    stranger.press(CONFIRM, code=last_code())
    assert is_in(stranger)


def test_a_known_address_gets_a_mail_and_the_page_tells_nothing(stranger, ada, ben, monkeypatch):
    sign_up(stranger)
    # Nobody is sent two mails at once.
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 11)
    answers = []
    for browser, address in ((ada, ADDRESS), (ben, "no@example.org")):
        first = browser.press(SIGN_UP, email=address, terms="on")
        shown = browser.get(first["Location"])
        tried = browser.press(CONFIRM, code="0000-0000")
        said = [said_by(each, address) for each in (first, shown, tried)]
        answers.append((first["Location"], *said))
    assert answers[0] == answers[1]
    known, unknown = mail.outbox[-2:]
    assert known.subject == "You have an account at Hipfirst"
    assert "/account/login/" in known.body
    assert unknown.subject == "Your code for Hipfirst"


def said_by(answer, address):
    """Status, headers and page, without what differs between any two visits."""
    page = answer.content.decode().replace(address, "ADDRESS")
    lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
    return answer.status_code, sorted(set(answer.headers) - {"Content-Length"}), lines


def test_signing_up_needs_the_token(stranger):
    answer = stranger.post(SIGN_UP, {"email": ADDRESS, "terms": "on"})
    assert answer.status_code == 403
    assert not Account.objects.exists()


def test_an_address_that_nobody_confirmed_is_forgotten(stranger, ada, ben):
    sign_up(ada, "ada@example.org")
    stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    person = Account.objects.get(email=ADDRESS).person
    now = timezone.now()
    assert unconfirmed_purge(now + timedelta(days=1)) == 0
    # Two days on, this one is only just asked for.
    ben.press(SIGN_UP, email="ben@example.org", terms="on")
    Account.objects.filter(email="ben@example.org").update(date_joined=now + timedelta(days=1))
    assert unconfirmed_purge(now + timedelta(days=2)) == 1
    left = Account.objects.order_by("email").values_list("email", flat=True)
    assert list(left) == ["ada@example.org", "ben@example.org"]
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not EmailAddress.objects.filter(email=ADDRESS).exists()


def seconds_left(browser):
    """How long the session of this browser lasts."""
    return browser.session.get_expiry_age()


def test_an_address_that_was_only_typed_stays_an_hour(stranger, settings):
    stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    assert ADDRESS in str(dict(stranger.session))
    assert seconds_left(stranger) == 3600
    assert stranger.cookies["sessionid"]["max-age"] == 3600
    stranger.press(CONFIRM, code=last_code())
    assert is_in(stranger)
    assert seconds_left(stranger) == settings.SESSION_COOKIE_AGE
    stranger.press("/account/logout/")
    stranger.press(SIGN_IN, login=ADDRESS)
    assert seconds_left(stranger) == 3600
    stranger.press("/account/login/code/confirm/", code=last_code())
    assert seconds_left(stranger) == settings.SESSION_COOKIE_AGE


def test_a_public_page_is_the_same_for_all(stranger, ada):
    """Without a session nobody looks for one: caches may share what is public."""
    for browser in (stranger, ada):
        assert "Cookie" not in browser.get("/manifest.webmanifest").get("Vary", "")
