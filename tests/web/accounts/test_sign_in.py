# SPDX-License-Identifier: Apache-2.0
"""Signing in by code and password, and out, here and everywhere."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from hipfirst.web.accounts.models import Account
from signing import (
    ADDRESS,
    CONFIRM_SIGN_IN,
    PASSWORD,
    SIGN_IN,
    SIGN_UP,
    is_in,
    last_code,
    sign_in,
    sign_up,
    wrong,
)

RESET = "/account/password/reset/"
LEADS_AWAY = [
    "//evil.example",
    "https://evil.example/",
    "http://evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\\evil.example",
    "///evil.example",
    "https:evil.example",
    "http://localhost:9/",
    "\thttps://evil.example",
    "data:text/html,x",
]


@pytest.fixture
def jo(stranger):
    """A browser whose account has a password, signed out."""
    sign_up(stranger)
    stranger.press("/account/password/set/", password1=PASSWORD, password2=PASSWORD)
    stranger.press("/account/logout/")
    # It has been told that it is signed out.
    stranger.get(SIGN_IN)
    return stranger


def test_a_code_signs_in(jo):
    answer = sign_in(jo)
    assert answer["Location"] == "/account/"
    assert is_in(jo)


def test_a_password_signs_in_once_it_was_set(jo):
    answer = jo.press(SIGN_IN, login="JO@example.org", password=PASSWORD)
    assert answer["Location"] == "/account/"
    assert is_in(jo)


def test_a_wrong_password_is_told_apart_from_an_unknown_address_by_nobody(jo, ada):
    said = []
    for browser, address in ((jo, ADDRESS), (ada, "no@example.org")):
        page = browser.press(SIGN_IN, login=address, password="wrong").content.decode()
        said.append(
            [
                line
                for line in page.replace(address, "ADDRESS").splitlines()
                if "csrfmiddlewaretoken" not in line
            ]
        )
    assert said[0] == said[1]
    assert any("do not fit together" in line for line in said[0])


@pytest.mark.parametrize("path", [SIGN_IN, "/account/login/code/", RESET])
def test_asking_for_a_code_tells_nobody_whether_there_is_an_account(jo, ada, path):
    said = []
    for browser, address in ((jo, ADDRESS), (ada, "no@example.org")):
        asked = browser.press(path, login=address, email=address)
        page = browser.get(asked["Location"]).content.decode().replace(address, "ADDRESS")
        lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
        said.append((asked.status_code, asked["Location"], lines))
    assert said[0] == said[1]
    assert mail.outbox[-1].subject == "No account at Hipfirst yet"


@pytest.mark.parametrize(
    ("path", "back"), [(SIGN_IN, SIGN_IN), (RESET, SIGN_IN), (SIGN_UP, SIGN_UP)]
)
def test_who_typed_a_wrong_address_is_told_the_way_back(ada, path, back):
    terms = {"terms": "on", "terms_version": 1}
    asked = ada.press(path, login="no@example.org", email="no@example.org", **terms)
    page = ada.get(asked["Location"]).content.decode()
    assert "No code in the mail? Then it says what to do instead." in page
    assert "Use another address" in page
    assert f'<input type="hidden" name="next" value="{back}">' in page
    assert ada.press("/account/logout/", next=back)["Location"] == back
    assert ada.get(back).status_code == 200


def test_signing_in_leads_to_codes_and_new_passwords(ada):
    page = ada.get(f"{SIGN_IN}?next=/account/sessions/").content.decode()
    assert 'href="/account/login/code/?next=%2Faccount%2Fsessions%2F"' in page
    assert f'href="{RESET}"' in page


def test_a_new_password_is_set_with_a_code(jo):
    confirm = jo.press(RESET, email=ADDRESS)["Location"]
    complete = jo.press(confirm, code=last_code())["Location"]
    jo.press(complete, password1="four quick badgers", password2="four quick badgers")
    assert jo.press(SIGN_IN, login=ADDRESS, password=PASSWORD).status_code == 200
    assert jo.press(SIGN_IN, login=ADDRESS, password="four quick badgers").status_code == 302


def test_a_weak_password_is_refused_under_its_field(jo):
    sign_in(jo)
    answer = jo.press(
        "/account/password/change/", oldpassword=PASSWORD, password1="12345", password2="12345"
    )
    page = answer.content.decode()
    assert 'id="wrong-password1"' in page
    assert 'aria-describedby="wrong-password1 hint-password1"' in page
    assert page.index("<title>Please look again:")


def test_guessing_passwords_ends_soon(jo):
    for _ in range(5):
        jo.press(SIGN_IN, login=ADDRESS, password="wrong")
    page = jo.press(SIGN_IN, login=ADDRESS, password=PASSWORD).content.decode()
    assert "Too many tries." in page
    assert not is_in(jo)


def test_asking_for_codes_ends_soon(jo):
    for _ in range(5):
        jo.press("/account/login/code/", email=ADDRESS)
        jo.press("/account/logout/")
    sent = len(mail.outbox)
    page = jo.press("/account/login/code/", email=ADDRESS).content.decode()
    assert "Too many tries." in page
    assert len(mail.outbox) == sent


def test_many_sign_ups_from_one_address_are_stopped_with_a_page(stranger):
    for _ in range(20):
        stranger.press(SIGN_UP, email="", terms="on")
    answer = stranger.press(SIGN_UP, email=ADDRESS, terms="on")
    assert answer.status_code == 429
    assert "Please wait a few minutes" in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("away", LEADS_AWAY)
def test_signing_in_leads_nowhere_else(jo, away):
    asked = jo.post(
        SIGN_IN,
        {"login": ADDRESS, "password": PASSWORD, "next": away, "csrfmiddlewaretoken": jo.token()},
        query_params={"next": away},
    )
    assert asked["Location"] == "/account/"
    again = jo.get(SIGN_IN, {"next": away})
    assert again["Location"] == "/account/"
    assert jo.press("/account/logout/", next=away)["Location"] == "/"


@pytest.mark.parametrize("away", LEADS_AWAY)
def test_a_code_leads_nowhere_else(jo, away):
    jo.press(SIGN_IN, login=ADDRESS, next=away)
    assert jo.press(CONFIRM_SIGN_IN, code=last_code(), next=away)["Location"] == "/account/"


def test_signing_in_leads_back_to_where_it_was_asked(jo):
    answer = jo.press(SIGN_IN, login=ADDRESS, password=PASSWORD, next="/library/?kneels=0")
    assert answer["Location"] == "/library/?kneels=0"


def test_the_session_gets_a_new_key(jo):
    jo.press(SIGN_IN, login=ADDRESS)
    before = jo.cookies["sessionid"].value
    jo.press(CONFIRM_SIGN_IN, code=last_code())
    assert jo.cookies["sessionid"].value != before


def test_signing_out_needs_a_button(jo):
    sign_in(jo)
    assert jo.get("/account/logout/").status_code == 200
    assert is_in(jo)
    jo.press("/account/logout/")
    assert not is_in(jo)


@pytest.mark.parametrize(("box", "header"), [({}, None), ({"clear": "on"}, '"storage"')])
def test_a_shared_browser_is_cleared_when_asked(jo, box, header):
    sign_in(jo)
    page = jo.get("/account/logout/").content.decode()
    assert "Also clear this browser" in page
    assert "checked" not in page
    answer = jo.press("/account/logout/", **box)
    assert answer.get("Clear-Site-Data") == header
    assert not is_in(jo)


def test_all_other_sign_ins_are_ended(jo, ada):
    sign_in(jo)
    ada.press(SIGN_IN, login=ADDRESS, password=PASSWORD)
    assert is_in(ada)
    assert "Sign out everywhere else" in jo.get("/account/sessions/").content.decode()
    jo.press("/account/sessions/")
    assert (is_in(jo), is_in(ada)) == (True, False)


def test_all_sign_ins_are_ended(jo, ada):
    sign_in(jo)
    ada.press(SIGN_IN, login=ADDRESS, password=PASSWORD)
    answer = ada.press("/account/sessions/everywhere/")
    assert answer["Location"] == SIGN_IN
    assert (is_in(jo), is_in(ada)) == (False, False)


def test_a_new_password_ends_other_sign_ins(jo, ada):
    sign_in(jo)
    ada.press(SIGN_IN, login=ADDRESS, password=PASSWORD)
    fresh = {"password1": "four quick badgers", "password2": "four quick badgers"}
    jo.press("/account/password/change/", oldpassword=PASSWORD, **fresh)
    assert (is_in(jo), is_in(ada)) == (True, False)


def test_a_closed_account_stays_out(jo, ada):
    ada.press(SIGN_IN, login=ADDRESS, password=PASSWORD)
    Account.objects.update(is_active=False)
    assert not is_in(ada)
    answer = jo.press(SIGN_IN, login=ADDRESS, password=PASSWORD)
    assert answer["Location"] == "/account/inactive/"
    assert "This account is closed" in jo.get(answer["Location"]).content.decode()
    sent = len(mail.outbox)
    jo.press(SIGN_IN, login=ADDRESS)
    assert [each.subject for each in mail.outbox[sent:]] == ["No account at Hipfirst yet"]


def test_an_account_that_will_be_erased_may_sign_in(jo, ada):
    Account.objects.update(erase_at=timezone.now() + timedelta(days=1))
    sign_in(jo)
    assert is_in(jo)


@pytest.mark.parametrize("path", [SIGN_IN, SIGN_UP, RESET, "/account/logout/"])
def test_pages_around_signing_in_are_kept_nowhere(jo, path):
    assert jo.get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/account/email/", "/account/2fa/", "/account/sessions/"])
def test_pages_of_an_account_are_kept_nowhere_and_shown_to_its_own(jo, path):
    assert jo.get(path)["Location"] == f"{SIGN_IN}?next={path}"
    sign_in(jo)
    answer = jo.get(path)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"


def test_a_new_address_holds_once_its_code_was_typed(jo):
    sign_in(jo)
    new = "jo@new.example"
    asked = jo.press("/account/email/", email=new, action_add="")
    assert mail.outbox[-1].to == [ADDRESS]
    answer = jo.press(asked["Location"], password=PASSWORD)
    assert Account.objects.get().email == ADDRESS
    jo.press(answer["Location"], code=last_code(new))
    assert Account.objects.get().email == new
    assert ADDRESS in mail.outbox[-1].body
    jo.press("/account/logout/")
    sign_in(jo, new)
    assert is_in(jo)


@pytest.fixture
def a_little_later(monkeypatch):
    """`a_little_later()`: the same address may be sent one more mail."""
    now = time.time()
    return lambda: monkeypatch.setattr(time, "time", lambda: now + 60)


def test_who_only_typed_an_address_does_not_hold_it(jo, ada, a_little_later):
    new = "jo@new.example"
    ada.press(SIGN_UP, email=new, terms="on")
    sign_in(jo)
    a_little_later()
    asked = jo.press("/account/email/", email=new, action_add="")
    answer = jo.press(asked["Location"], password=PASSWORD)
    jo.press(answer["Location"], code=wrong(last_code(new)))
    assert Account.objects.filter(email=new).exists()
    jo.press(answer["Location"], code=last_code(new))
    assert Account.objects.get().email == new


def test_an_address_of_somebody_else_stays_theirs(jo, ada, a_little_later):
    taken = "ada@example.org"
    sign_up(ada, taken)
    sign_in(jo)
    a_little_later()
    asked = jo.press("/account/email/", email=taken, action_add="")
    answer = jo.press(asked["Location"], password=PASSWORD)
    jo.press(answer["Location"], code=last_code(taken))
    assert set(Account.objects.values_list("email", flat=True)) == {ADDRESS, taken}


def test_no_page_speaks_of_other_sites_to_sign_in_with(jo):
    for path in (SIGN_IN, SIGN_UP):
        page = jo.get(path).content.decode().lower()
        assert "social" not in page
        assert "third-party" not in page


def test_the_name_of_the_site_stands_on_every_page(jo):
    """The library calls the host name `site`, which would stand there instead."""
    for path in (SIGN_IN, SIGN_UP, RESET):
        page = jo.get(path).content.decode()
        assert "· Hipfirst</title>" in page
        assert "testserver" not in page


def test_when_a_sign_in_was_last_used_is_noted_now_and_then(jo, django_assert_num_queries):
    sign_in(jo)
    jo.get("/account/inactive/")
    # Session, account; the owner's settings for the page. No write.
    with django_assert_num_queries(3):
        jo.get("/account/inactive/")
