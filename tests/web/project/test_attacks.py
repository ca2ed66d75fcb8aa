# SPDX-License-Identifier: Apache-2.0
"""What somebody with bad intent sends: fields nobody asked for, numbers guessed, codes used again,
addresses that lead away, names of other hosts.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.utils import timezone

from hipfirst.web.accounts.access import COOKIE, give_cookie
from hipfirst.web.accounts.actions import accounts_purge
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.journal.models import Comment
from signing import CODE, CONFIRM_SIGN_IN, PASSWORD, SIGN_IN, SIGN_UP, is_in, last_code, sign_in
from web.conftest import SESSION, Browser
from web.members import signed_in
from web.project.conftest import passkey_of, say
from web.project.test_permissions import MATRIX, World, read

UNASKED = {
    "id": "1",
    "pk": "1",
    "person": "00000000-0000-4000-8000-000000000000",
    "role": "owner",
    "is_active": "",
    "is_staff": "on",
    "is_superuser": "on",
    "banned_at": "",
    "banned_because": "",
    "erase_at": "2031-01-01",
    "date_joined": "2001-01-01",
    "password": "owned",
    "email": "owned@example.org",
    "verified": "on",
    "primary": "on",
    "user": "1",
    "account": "1",
    "author": "1",
    "state": "shown",
    "pinned": "on",
    "html": "<script>alert(1)</script>",
    "held_for": "",
    "replies": "",
}
OWN_FORMS = {
    "/account/name/": {"name": "Mia"},
    "/account/keep/": {},
    "/account/consent/give/": {"purpose": "health", "version": "1"},
    "/account/sessions/": {},
    "/account/logout/": {},
    "/check/fine/": {},
    "/account/password/set/": {"password1": "x", "password2": "y"},
    "/account/2fa/totp/activate/": {"code": "000000"},
    f"/sessions/{SESSION}/play/": {},
    f"/comments/on/session/{SESSION}/": {"body": "Slowly is fine."},
}
AWAY = ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
LEADS = (
    "next",
    "return",
    "return_to",
    "redirect",
    "redirect_to",
    "url",
    "continue",
    "back",
    "from",
)
FORGED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "X-Forwarded-Port": "666",
    "X-Original-URL": "/evil.example",
    "X-Rewrite-URL": "/evil.example",
    "Forwarded": "host=evil.example;proto=https",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.fixture
def world(starter, people):
    return World.of(people)


def facts(account):
    """All columns of the account and its address."""
    account.refresh_from_db()
    rows = EmailAddress.objects.filter(user=account).values("email", "verified", "primary")
    return model_to_dict(account) | {"password": account.password, "addresses": list(rows)}


# Fields that nobody asked for.


@pytest.mark.parametrize("path", OWN_FORMS)
def test_no_form_takes_a_field_more(world, path):
    quinn, mia = world.people["quinn"], world.people["mia"]
    for browser in (mia, quinn):
        before = facts(browser.account)
        sent = {**UNASKED, **OWN_FORMS[path]}
        browser.press(path, **sent)
        after = facts(browser.account)
        changed = {name for name in before if before[name] != after[name]}
        assert changed <= ({"name"} if path == "/account/name/" else set())
    assert not Comment.objects.filter(html__contains="script").exists()
    assert not Comment.objects.filter(pinned=True).exists()


def test_signing_up_makes_a_member_and_no_more(stranger):
    other = Account.objects.create_user("ann@example.org")
    sent = {**UNASKED, "person": str(other.person_id), "email": "jo@example.org", "terms": "on"}
    stranger.press(SIGN_UP, **sent)
    jo = Account.objects.get(email="jo@example.org")
    assert (jo.role, jo.is_active, jo.is_staff, jo.erase_at) == ("member", True, False, None)
    assert jo.person_id != other.person_id
    assert not jo.check_password("owned")
    assert not EmailAddress.objects.filter(user=jo, verified=True).exists()
    assert not is_in(stranger)


def test_what_waits_is_not_shown_by_a_field(world):
    """Mia deletes what she said: the next is her first again, and waits."""
    Comment.objects.all().delete()
    mia = world.people["mia"]
    mia.press(f"/comments/on/session/{SESSION}/", **{**UNASKED, "body": "Good.", "state": "shown"})
    comment = Comment.objects.get()
    assert (comment.state, comment.author, comment.held_for) == ("held", mia.account, "first")


# Numbers, guessed.


def test_addresses_of_others_cannot_be_touched(world):
    mia, nick = world.people["mia"], world.people["nick"]
    row = EmailAddress.objects.get(user=mia.account)
    for given in (row.email, row.email.upper(), str(row.pk)):
        for action in ("action_primary", "action_send", "action_remove"):
            nick.press("/account/email/", email=given, **{action: ""})
    row.refresh_from_db()
    assert (row.user, row.verified, row.primary) == (mia.account, True, True)
    assert [sent for sent in mail.outbox if sent.to == [row.email]] == []


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_passkeys_of_others_and_other_ways_in_are_no_passkeys(world, what):
    mia, nick = world.people["mia"], world.people["nick"]
    codes = Authenticator.objects.create(
        user=nick.account, type="recovery_codes", data={"seed": "x", "used_mask": 0}
    )
    for number in (passkey_of(mia).pk, codes.pk, 10**30):
        path = f"/account/2fa/webauthn/keys/{number}/{what}/"
        assert nick.get(path).status_code in {302, 404}
        assert nick.press(path, name="Nick's").status_code in {302, 404}
    assert Authenticator.objects.count() == 2
    assert not Authenticator.objects.filter(data__name="Nick's").exists()


HUGE = [route for route in MATRIX if "<int:" in route or "<path:" in route or "<uuid" in route]


@pytest.mark.parametrize("number", ["0", str(2**31), str(2**63), "9" * 400])
def test_a_number_that_nothing_has_is_nothing(world, number):
    for route in HUGE:
        if "<uuid" in route:
            continue
        path = "/" + route
        for part in ("<int:pk>", "<int:consent_id>", "<int:object_id>", "<path:object_id>"):
            path = path.replace(part, number)
        for browser in (world.people["mia"], world.people["paul"]):
            assert browser.get(path).status_code in {302, 403, 404, 405}, path
            assert browser.press(path).status_code in {302, 400, 403, 404, 405}, path


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "1e9", "\u0661", "x", "%00", "%FF"])
def test_a_page_that_is_none(world, page):
    comment = world.said["shown"]
    for path in (
        f"/sessions/{SESSION}/?comments={page}",
        f"/comments/{comment.pk}/thread/?page={page}",
        f"/api/runs/{world.runs['mia'].pk}?after={page}",
        f"/behind/accounts/account/?p={page}",
        f"/behind/accounts/account/?role__exact={page}",
        f"/behind/accounts/account/?q={page}",
    ):
        for name in ("mia", "paul"):
            assert world.people[name].get(path).status_code < 500, path


def test_a_copy_is_of_whoever_asks(world):
    mia, ada = world.people["mia"], world.people["ada"]
    asked = f"person={ada.person.pk}&account=1&user=1&id=1&email=paul@example.org"
    for path in ("/privacy/my-data.json", "/privacy/"):
        answer = mia.get(f"{path}?{asked}", headers={"X-User": "1", "X-Person": str(ada.person.pk)})
        said = answer.getvalue().decode()
        assert str(world.runs["ada"].pk) not in said
        assert "paul@example.org" not in said
    assert str(world.runs["mia"].pk) in mia.get("/privacy/my-data.json").getvalue().decode()


# Codes, sessions and cookies of before or of others.


def test_a_code_to_sign_in_works_once_and_where_it_was_asked_for(world):
    mine, other = Browser(), Browser()
    for browser in (mine, other):
        browser.press(SIGN_IN, login="mia@example.org", password="")
    first, second = [CODE.search(sent.body)[1] for sent in mail.outbox[-2:]]
    other.press(CONFIRM_SIGN_IN, code=first)
    assert not is_in(other)
    mine.press(CONFIRM_SIGN_IN, code=first)
    assert is_in(mine)
    mine.press("/account/logout/")
    mine.press(CONFIRM_SIGN_IN, code=first)
    mine.press(SIGN_IN, login="mia@example.org", password="")
    mine.press(CONFIRM_SIGN_IN, code=second)
    assert not is_in(mine)


def test_a_code_is_for_what_it_was_asked_for(world):
    """One to sign in sets no password, and one to set a password signs nobody in."""
    browser = Browser()
    browser.press("/account/password/reset/", email="mia@example.org")
    code = last_code("mia@example.org")
    browser.press(CONFIRM_SIGN_IN, code=code)
    assert not is_in(browser)
    other = Browser()
    other.press(SIGN_IN, login="mia@example.org", password="")
    other.press("/account/password/reset/confirm/", code=last_code("mia@example.org"))
    answer = other.press(
        "/account/password/reset/complete/", password1=PASSWORD, password2=PASSWORD
    )
    assert answer["Location"] == "/account/password/reset/"
    assert not Account.objects.get(email="mia@example.org").has_usable_password()


def test_a_session_that_somebody_planted_lets_nobody_else_in(world):
    """The code goes to the victim; who planted the session has its old key still."""
    attacker, victim = Browser(), Browser()
    attacker.press("/account/password/reset/", email="nobody@example.org")
    planted = attacker.cookies["sessionid"].value
    victim.cookies["sessionid"] = planted
    sign_in(victim, "mia@example.org")
    assert is_in(victim)
    assert victim.cookies["sessionid"].value != planted
    assert not is_in(attacker)


def test_the_token_of_forms_changes_when_somebody_signs_in(world):
    browser = Browser()
    before = browser.token()
    sign_in(browser, "mia@example.org")
    assert browser.cookies["csrftoken"].value != before


def test_the_session_of_an_erased_account_is_nobodys(world):
    mia = world.people["mia"]
    second = signed_in(mia.account)
    Account.objects.filter(pk=mia.account.pk).update(erase_at=timezone.now())
    assert accounts_purge(timezone.now()) == 1
    for browser in (mia, second):
        assert not is_in(browser)
        assert browser.get("/privacy/my-data.json").getvalue() == b"{}"
        assert browser.press(f"/comments/on/session/{SESSION}/", body="I?").status_code == 403


def test_nobody_gets_into_an_account_whose_days_are_over(world):
    """Also where housekeeping did not come to erase it yet."""
    mia = world.people["mia"]
    mia.account.set_password(PASSWORD)
    mia.account.erase_at = timezone.now() - timedelta(seconds=1)
    mia.account.save()
    by_password, by_code = Browser(), Browser()
    by_password.press(SIGN_IN, login="mia@example.org", password=PASSWORD)
    sign_in(by_code, "mia@example.org")
    for browser in (by_password, by_code, signed_in(mia.account)):
        assert not is_in(browser)
        browser.press("/account/keep/")
    mia.account.refresh_from_db()
    assert mia.account.erase_at is not None


def test_the_cookie_of_an_adopted_visitor_is_nobodys(world):
    ada = world.people["ada"]
    cookie = ada.cookies[COOKIE].value
    sign_in(ada, "nick@example.org")
    late = Browser()
    late.cookies[COOKIE] = cookie
    assert late.get(f"/play/{world.runs['ada'].pk}/").status_code == 404
    assert late.get("/privacy/my-data.json").getvalue() == b"{}"
    assert ada.get(f"/play/{world.runs['ada'].pk}/").status_code == 200


def test_the_person_of_an_account_is_known_by_no_cookie(world):
    """None is ever given for it; one that is found in an old backup opens nothing."""
    browser, mia = Browser(), world.people["mia"]
    browser.cookies[COOKIE] = give_cookie(HttpResponse(), mia.person).cookies[COOKIE].value
    assert browser.get(f"/play/{world.runs['mia'].pk}/").status_code == 404
    assert browser.get("/privacy/my-data.json").getvalue() == b"{}"
    browser.press("/privacy/erase/")
    assert Person.objects.filter(pk=mia.person.pk).exists()


# Who may less than they try.


def test_a_moderator_rules_over_comments_alone(world):
    olga, paul = world.people["olga"], world.people["paul"]
    before = facts(paul.account), facts(olga.account)
    for account in (paul.account, olga.account):
        path = f"/behind/accounts/account/{account.pk}/change/"
        assert olga.press(path, role="member", is_active="on").status_code == 403
        assert olga.press(path, role="owner", is_active="on").status_code == 403
    number = say(paul).pk
    assert olga.press(f"/comments/{number}/ban/", because="Mine now.").status_code == 404
    assert olga.press("/behind/site/sitesettings/1/change/", name="Olga's").status_code == 403
    assert (facts(paul.account), facts(olga.account)) == before


def test_a_moderator_who_is_banned_is_none(world):
    olga = world.people["olga"]
    Account.objects.filter(pk=olga.account.pk).update(banned_at=timezone.now())
    number = world.said["held"].pk
    assert olga.get("/moderate/").status_code == 403
    assert olga.get(f"/comments/{number}/").status_code == 404
    assert olga.press(f"/comments/{number}/moderate/", do="show").status_code == 403


def test_somebody_banned_writes_by_no_door_and_leaves_by_all(world):
    quinn, shown = world.people["quinn"], world.said["shown"]
    own = say(quinn, "Before.")
    count = Comment.objects.count()
    for path, sent in (
        (f"/comments/on/session/{SESSION}/", {"body": "One more."}),
        ("/comments/on/article/stairs/", {"body": "One more."}),
        (f"/comments/{shown.pk}/reply/", {"body": "One more."}),
        (f"/comments/{own.pk}/edit/", {"body": "Other words."}),
        (f"/comments/{shown.pk}/report/", {"reason": "rude", "note": "One more."}),
    ):
        assert quinn.press(path, **sent).status_code == 403, path
    own.refresh_from_db()
    assert (own.body, Comment.objects.count()) == ("Before.", count)
    assert "Before." in quinn.get("/privacy/my-data.json").getvalue().decode()
    assert quinn.press("/account/delete/")["Location"] == "/account/deleted/"
    quinn.account.refresh_from_db()
    assert quinn.account.erase_at is not None


def test_a_new_account_does_not_undo_a_ban(world):
    """Nor does deleting and keeping it."""
    quinn = world.people["quinn"]
    quinn.press("/account/delete/")
    again = Browser()
    sign_in(again, "quinn@example.org")
    again.press("/account/keep/")
    assert again.press(f"/comments/on/session/{SESSION}/", body="Back.").status_code == 403


# Ways that lead away, and other hosts.


@pytest.mark.parametrize("away", AWAY)
def test_no_address_leads_away(world, away):
    query = dict.fromkeys(LEADS, away)
    for route in MATRIX:
        path = world.address(route)
        for name in ("stranger", "nick", "paul"):
            browser = world.people[name]
            for answer in (browser.get(path, query), browser.press(path, **query)):
                read(answer)
                place = answer.get("Location", "/")
                assert place.startswith(("/", "?")), f"{name} {path}: {place}"
                assert not place.startswith(("//", "/\\")), f"{name} {path}: {place}"


def test_another_name_of_the_host_is_refused(world):
    for route in MATRIX:
        answer = world.people["stranger"].get(
            world.address(route), headers={"Host": "evil.example"}
        )
        read(answer)
        assert answer.status_code == 400, route


def test_headers_of_proxies_change_no_page(world):
    """A cache in front would give what one attacker asked for to all."""
    for route in MATRIX:
        path = world.address(route)
        if "GET" not in MATRIX[route]:
            continue
        answer = Browser().get(path, headers=FORGED)
        plain = Browser().get(path)
        assert answer.status_code == plain.status_code, route
        assert answer.get("Location") == plain.get("Location"), route
        if not answer.streaming:
            assert b"evil.example" not in answer.content, route
            assert b":666" not in answer.content, route
        for each in (answer, plain):
            read(each)


def test_mails_name_the_host_of_the_settings(world):
    nick = world.people["nick"]
    for browser, path, sent in (
        (Browser(), SIGN_IN, {"login": "mia@example.org", "password": ""}),
        (Browser(), "/account/password/reset/", {"email": "mia@example.org"}),
        (Browser(), SIGN_UP, {"email": "mia@example.org", "terms": "on"}),
        (Browser(), SIGN_UP, {"email": "new@example.org", "terms": "on"}),
        (nick, "/account/delete/", {}),
    ):
        browser.post(path, sent, headers={**FORGED, "X-CSRFToken": browser.token()})
    assert len(mail.outbox) == 5
    for sent in mail.outbox:
        assert "evil.example" not in sent.message().as_string()
        assert ":666" not in sent.message().as_string()


def test_no_page_stands_in_a_frame_of_others(world):
    for route in MATRIX:
        for name in ("stranger", "paul"):
            answer = world.people[name].get(world.address(route))
            read(answer)
            assert answer["X-Frame-Options"] == "DENY", route
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], route


# Who has an account is nobody's business.


def test_a_passkey_that_is_made_up_tells_nobody_who_has_an_account(world):
    passkey_of(world.people["mia"])

    def told(number):
        handle = number.encode().hex()
        key = f'{{"id": "AA", "rawId": "AA", "response": {{"userHandle": "{handle}"}}}}'
        browser = Browser()
        answer = browser.press("/account/2fa/webauthn/login/", credential=key)
        return answer.status_code, answer["Location"], browser.get(SIGN_IN).content.count(b"<li")

    known = told(str(world.people["mia"].account.pk))
    assert known == told("999999999") == told("x")


def test_no_address_of_an_account_is_on_a_page_for_others(world):
    """Nor its number, nor that of the person."""
    for route in MATRIX:
        if "GET" in MATRIX[route] and not route.startswith("account/mail"):
            answer = world.people["nick"].get(world.address(route))
            page = read(answer)
            assert b"mia@example.org" not in page, route
            assert str(world.people["mia"].person.pk).encode() not in page, route
