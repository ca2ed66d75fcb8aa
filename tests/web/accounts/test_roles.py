# SPDX-License-Identifier: Apache-2.0
"""What the owner decides about accounts, behind the site."""

from __future__ import annotations

import pytest

from hipfirst.web.accounts.models import Account
from web.members import member

ACCOUNTS = "/behind/accounts/account/"


@pytest.fixture
def olga(db):
    return member("olga@example.org", role="owner")


@pytest.fixture
def mia(db):
    return member("mia@example.org", name="Mia")


def form_of(browser, account):
    """The fields of the form as a browser would send them back, untouched."""
    form = browser.get(f"{ACCOUNTS}{account.pk}/change/").context["adminform"].form
    fields = {}
    for field in form:
        if field.field.show_hidden_initial:
            fields[field.html_initial_name] = str(field.initial)
        if field.initial not in {False, None}:
            fields[field.html_name] = field.initial
    return fields


def send(browser, account, fields):
    answer = browser.press(f"{ACCOUNTS}{account.pk}/change/", **fields)
    account.refresh_from_db()
    return answer


def test_the_form_says_what_it_showed(olga, mia):
    page = olga.get(f"{ACCOUNTS}{mia.account.pk}/change/").content.decode()
    for name in ("role", "is_active", "banned", "banned_because"):
        assert f'type="hidden" name="initial-{name}"' in page
    assert "the banned person reads it" in page


def test_a_form_that_is_old_lifts_no_ban_and_changes_nothing_else(olga, mia):
    old = form_of(olga, mia.account)
    Account.objects.filter(pk=mia.account.pk).update(
        banned_at="2026-01-01T00:00Z", banned_because="sold pills", is_active=False
    )
    assert send(olga, mia.account, {**old, "role": "moderator"}).status_code == 302
    assert mia.account.role == "moderator"
    assert mia.account.is_banned
    assert mia.account.banned_because == "sold pills"
    assert not mia.account.is_active


def test_a_ban_is_lifted_by_who_saw_it(olga, mia):
    Account.objects.filter(pk=mia.account.pk).update(
        banned_at="2026-01-01T00:00Z", banned_because="sold pills"
    )
    fields = form_of(olga, mia.account)
    del fields["banned"]
    send(olga, mia.account, fields)
    assert (mia.account.banned_at, mia.account.banned_because) == (None, "")


def test_a_name_is_taken_away(olga, mia):
    fields = form_of(olga, mia.account)
    send(olga, mia.account, fields)
    assert mia.account.name == "Mia"
    send(olga, mia.account, {**fields, "unnamed": "on"})
    assert mia.account.name == ""


@pytest.mark.parametrize("lookup", ["password__startswith", "person__id", "email__gt"])
def test_no_column_is_guessed_at_by_asking(olga, mia, lookup):
    assert olga.get(f"{ACCOUNTS}?{lookup}=p").status_code == 400


@pytest.mark.parametrize("lookup", ["role__exact=member", "is_active__exact=1", "banned=no"])
def test_the_lists_beside_it_work(olga, mia, lookup):
    answer = olga.get(f"{ACCOUNTS}?{lookup}")
    assert answer.status_code == 200
    assert "mia@example.org" in answer.content.decode()
