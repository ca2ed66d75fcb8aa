# SPDX-License-Identifier: Apache-2.0
"""What a browser did as a visitor is the account's once somebody signs in with it."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from hipfirst.web.accounts.access import COOKIE, give_cookie
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.training.models import Kept, KneeCheck, Run
from signing import ADDRESS, CONFIRM, SIGN_UP, is_in, last_code, sign_in, sign_up


@pytest.fixture
def busy(ada, starter, start_run):
    """Ada as a visitor: with a run, a knee check and a session kept for offline."""
    ada.run = start_run(ada)
    KneeCheck.objects.create(person=ada.person, consent=1, left_now=4)
    Kept.objects.create(
        person=ada.person,
        session="build-lower-body-detail",
        title="Build",
        timeline=ada.run.timeline,
    )
    return ada


def belongings(person):
    return [each.objects.filter(person=person).count() for each in (Run, KneeCheck, Kept)]


def test_all_of_it_comes_along(busy):
    answer = sign_up(busy)
    person = Account.objects.get().person
    assert belongings(person) == [1, 1, 1]
    assert answer.cookies[COOKIE].value == ""
    assert not Person.objects.filter(pk=busy.person.pk).exists()


def test_nothing_comes_along_before_the_address_is_confirmed(busy):
    """Somebody else's address may have been typed: the knees of one stay out of the other's."""
    busy.press(SIGN_UP, email=ADDRESS, terms="on")
    assert belongings(busy.person) == [1, 1, 1]
    assert belongings(Account.objects.get().person) == [0, 0, 0]
    busy.press(CONFIRM, code=last_code())
    assert belongings(Account.objects.get().person) == [1, 1, 1]


def test_a_run_that_plays_in_another_tab_goes_on(busy, wire_batch):
    path = f"/api/runs/{busy.run.pk}/events"
    first, second, _other = wire_batch["request"]["events"]
    assert busy.send(path, {"format": 1, "events": [first]}).json()["accepted"] == [first["id"]]
    sign_up(busy)
    assert busy.send(path, {"format": 1, "events": [second]}).json()["accepted"] == [second["id"]]
    assert busy.run.events.count() == 2


def test_what_the_account_has_stays_and_what_is_new_is_added(busy, ben, start_run):
    sign_up(ben)
    account = Account.objects.get()
    ben.person = account.person
    start_run(ben)
    sign_in(busy)
    assert belongings(account.person) == [2, 1, 1]


def test_it_happens_once(busy, ben):
    """The cookie may come again, from a tab that was slow or a thief: it is nobody's then."""
    cookie = busy.cookies[COOKIE].value
    sign_up(busy)
    sign_up(ben, "ben@example.org")
    ben.cookies[COOKIE] = cookie
    ben.get("/account/email/")
    jo, other = Account.objects.order_by("pk")
    assert belongings(jo.person) == [1, 1, 1]
    assert belongings(other.person) == [0, 0, 0]


def test_a_cookie_of_somebody_with_an_account_gives_nothing_away(busy, ben):
    sign_up(busy)
    jo = Account.objects.get()
    sign_up(ben, "ben@example.org")
    ben.cookies[COOKIE] = give_cookie(HttpResponse(), jo.person).cookies[COOKIE].value
    ben.get("/account/email/")
    assert belongings(jo.person) == [1, 1, 1]
    assert Account.objects.filter(pk=jo.pk).exists()
    assert is_in(busy)


def test_a_forged_cookie_is_nothing(ada):
    ada.cookies[COOKIE] = "x" + ada.cookies[COOKIE].value
    sign_up(ada)
    assert is_in(ada)
    assert Person.objects.filter(pk=ada.person.pk).exists()


def test_what_was_done_after_signing_out_comes_along_next_time(busy):
    sign_up(busy)
    busy.press("/account/logout/")
    busy.press("/sessions/build-lower-body-detail/play/")
    assert busy.cookies[COOKIE].value
    sign_in(busy)
    assert belongings(Account.objects.get().person)[0] == 2


def test_who_is_about_to_be_erased_adopts_nothing_until_they_stay(busy, ben):
    sign_up(ben)
    Account.objects.update(erase_at=timezone.now() + timedelta(days=1))
    sign_in(busy)
    account = Account.objects.get()
    assert belongings(account.person) == [0, 0, 0]
    Account.objects.update(erase_at=None)
    busy.get("/account/email/")
    assert belongings(account.person) == [1, 1, 1]
