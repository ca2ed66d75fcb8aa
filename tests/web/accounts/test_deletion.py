# SPDX-License-Identifier: Apache-2.0
"""Deleting an account: days to think again, then everything is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from hipfirst.web.accounts import contract
from hipfirst.web.accounts.actions import (
    GRACE,
    account_delete,
    account_keep,
    accounts_purge,
    consent_give,
    person_erase,
    unconfirmed_erase,
)
from hipfirst.web.accounts.contract import PersonData
from hipfirst.web.accounts.errors import AccountsLeftError, LastOwner
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.accounts.role_actions import account_set
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document
from hipfirst.web.training.models import KneeCheck, Run
from web.members import member, signed_in

PASSWORD = "three slow squirrels"


class BrokenPost(EmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


@pytest.fixture
def mia(db):
    return member("mia@example.org", name="Mia")


@pytest.fixture
def owner(db):
    return member("owner@example.org", role="owner")


def delete(browser):
    browser.get("/account/")  # by which the place of signing in is known
    return browser.press("/account/delete/")


def begin(browser):
    """Delete the account of somebody who was asked for the second step before."""
    return account_delete(account=browser.account, now=timezone.now())


def rows_with(*marks):
    """Every row of every table in which one of these stands."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                cells = " ".join(map(str, row)).lower()
                if any(mark in cells for mark in marks):
                    yield table, row


def fill(browser, start_run):
    """A row of this account in everything that this site knows by itself."""
    user, person = browser.account, browser.person
    consent_give(person=person, purpose="terms", version=1)
    KneeCheck.objects.create(person=person, consent=1, left_now=3)
    start_run(browser)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s"})
    address = EmailAddress.objects.get(user=user)
    EmailConfirmation.objects.create(email_address=address, key=f"key {user.pk}")
    kind = ContentType.objects.get_for_model(Account)
    LogEntry.objects.create(
        user=user, content_type=kind, object_id=0, object_repr="x", action_flag=CHANGE
    )
    browser.get("/account/")


def test_the_page_says_what_goes_what_stays_and_when(mia):
    page = mia.get("/account/delete/").content.decode()
    for said in ("What goes", "What stays", "14 days from now", "Backups", "replied"):
        assert said in page
    assert "/privacy/my-data.zip" in page


def test_deleting_signs_out_everywhere_and_says_so_by_mail(mia):
    elsewhere = signed_in(mia.account)
    assert elsewhere.get("/account/").status_code == 200
    answer = delete(mia)
    assert (answer.status_code, answer["Location"]) == (302, "/account/deleted/")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert mia.get("/account/deleted/").status_code == 200
    for browser in (mia, elsewhere):
        assert browser.get("/account/").status_code == 302
    (sent,) = mail.outbox
    assert sent.to == ["mia@example.org"]
    assert "will be erased on" in sent.subject
    html = sent.alternatives[0].content
    for body in (sent.body, html):
        assert "http://testserver/account/" in body
        assert "Keep my account" in body
    assert "<form" not in html
    assert "<script" not in html


def test_nothing_is_erased_before_the_days_are_over(mia, start_run):
    fill(mia, start_run)
    begin(mia)
    account = Account.objects.get()
    before = account.erase_at - timedelta(seconds=1)
    assert abs(account.erase_at - timezone.now() - GRACE) < timedelta(minutes=1)
    assert accounts_purge(before) == 0
    assert Run.objects.filter(person=mia.person).exists()


def test_signing_in_again_offers_to_keep_it(mia, start_run):
    fill(mia, start_run)
    begin(mia)
    again = signed_in(mia.account)
    page = again.get("/account/").content.decode()
    assert "Your account will be erased on" in page
    assert "Keep my account" in page
    again.press("/account/keep/")
    assert "will be erased" not in again.get("/account/").content.decode()
    assert accounts_purge(timezone.now() + 2 * GRACE) == 0
    assert Run.objects.filter(person=mia.person).exists()


def test_after_the_days_every_trace_is_gone_and_nobody_elses(mia, ben, start_run):
    noa = member("noa@example.org")
    for browser in (mia, noa):
        fill(browser, start_run)
    other = start_run(ben)
    kept = len(list(rows_with("noa@example.org", noa.person.pk.hex, str(noa.person.pk))))
    kind = ContentType.objects.get_for_model(Account)
    LogEntry.objects.create(
        user=noa.account,
        content_type=kind,
        object_id=mia.account.pk,
        object_repr=str(mia.account),
        action_flag=CHANGE,
    )
    begin(mia)
    assert accounts_purge(timezone.now() + GRACE) == 1
    left = list(rows_with("mia@example.org", mia.person.pk.hex, str(mia.person.pk)))
    assert left == []
    assert not Account.objects.filter(pk=mia.account.pk).exists()
    assert len(list(rows_with("noa@example.org", noa.person.pk.hex, str(noa.person.pk)))) == kept
    assert Run.objects.filter(pk=other.pk).exists()


def test_a_comment_that_was_replied_to_stays_without_name_and_text(mia, owner, starter):
    article = Document.objects.filter(kind="article")[0]
    discussion = Discussion.objects.create(document=article)
    said = {"discussion": discussion, "state": "shown"}
    root = Comment.objects.create(author=mia.account, body="mia's words", html="mia's", **said)
    alone = Comment.objects.create(author=mia.account, body="mia alone", html="alone", **said)
    reply = Comment.objects.create(
        author=owner.account, root=root, answers=root, body="yes", html="yes", **said
    )
    begin(mia)
    accounts_purge(timezone.now() + GRACE)
    root.refresh_from_db()
    assert (root.author, root.body, root.html) == (None, "", "")
    assert not Comment.objects.filter(pk=alone.pk).exists()
    assert Comment.objects.get(pk=reply.pk).body == "yes"


def test_no_key_of_the_account_stays(mia, start_run):
    fill(mia, start_run)
    person_erase(person=mia.person)
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model in (Account, Person):
                who = mia.account.pk if field.related_model is Account else mia.person.pk
                assert not model._base_manager.filter(**{field.attname: who}).exists(), field


def test_whoever_changed_their_mind_at_the_last_moment_stays(mia):
    delete(mia)
    account = Account.objects.get()
    account_keep(account=account)
    assert accounts_purge(timezone.now() + GRACE) == 0
    assert Account.objects.exists()


def test_deleting_again_does_not_begin_the_days_anew(mia):
    delete(mia)
    first = Account.objects.get().erase_at
    delete(signed_in(mia.account))
    assert Account.objects.get().erase_at == first


def test_who_has_a_password_is_asked_for_it(mia):
    mia.account.set_password(PASSWORD)
    mia.account.save()
    mia = signed_in(mia.account)
    answer = delete(mia)
    assert answer["Location"] == "/account/reauthenticate/?next=%2Faccount%2Fdelete%2F"
    assert Account.objects.get().erase_at is None
    mia.press("/account/reauthenticate/?next=/account/delete/", password="wrong")
    assert Account.objects.get().erase_at is None
    mia.press("/account/reauthenticate/?next=/account/delete/", password=PASSWORD)
    assert Account.objects.get().erase_at is not None


def test_who_has_a_second_step_is_asked_for_it(mia):
    Authenticator.objects.create(user=mia.account, type="totp", data={"secret": "s"})
    assert delete(mia)["Location"].startswith("/account/2fa/reauthenticate/")
    assert Account.objects.get().erase_at is None


def test_looking_deletes_nothing(mia):
    mia.get("/account/delete/")
    assert Account.objects.get().erase_at is None


def test_nobody_deletes_another(mia, ada, stranger):
    for browser in (ada, stranger):
        answer = browser.press("/account/delete/")
        assert answer["Location"].startswith("/account/login/")
    member("noa@example.org").press("/account/delete/", account=mia.account.pk)
    assert Account.objects.get(email="mia@example.org").erase_at is None


def test_the_last_owner_stays(owner, mia):
    assert "You are the only owner" in owner.get("/account/delete/").content.decode()
    answer = delete(owner)
    assert answer.status_code == 409
    assert "Make somebody else an owner first" in answer.content.decode()
    assert Account.objects.get(email="owner@example.org").erase_at is None
    assert owner.get("/account/").status_code == 200


def test_of_two_owners_one_may_go_and_not_both(owner):
    second = member("second@example.org", role="owner")
    assert delete(owner).status_code == 302
    assert delete(second).status_code == 409


def test_an_owner_who_is_about_to_go_is_none_to_count_on(owner):
    second = member("second@example.org", role="owner")
    begin(owner)
    with pytest.raises(LastOwner):
        account_set(account=second.account, role="member")
    assert "You are the only owner" in second.get("/account/delete/").content.decode()
    # Of the one who goes, nothing is asked: the other stays.
    account_set(account=owner.account, role="member")
    assert Account.objects.get(email="owner@example.org").role == "member"


def test_one_account_that_cannot_be_erased_keeps_no_other(db, monkeypatch, caplog):
    def stuck(person):
        if person.account.email == "a@example.org":
            raise RuntimeError(f"the secret of {person.account.email}")
        return 0

    part = PersonData("stuck", "Stuck", frozenset(), lambda _: 0, lambda *_: None, str, stuck)
    monkeypatch.setitem(contract._parts, part.name, part)
    for letter in "abc":
        begin(member(f"{letter}@example.org"))
    with pytest.raises(AccountsLeftError, match="1 accounts that are due"):
        accounts_purge(timezone.now() + GRACE)
    assert list(Account.objects.values_list("email", flat=True)) == ["a@example.org"]
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("bob@example.com", True),
        ("b@example.com.au", True),
        ("b@example.community", True),
        ("x.b@example.com", True),
        ("b@example.com", False),
        ("the mail of B@Example.com.", False),
        ("Account <b@example.com>", False),
    ],
)
def test_lines_about_somebody_with_a_longer_address_stay(owner, said, stays):
    LogEntry.objects.create(user=owner.account, object_id="0", object_repr=said, action_flag=CHANGE)
    person_erase(person=member("b@example.com").person)
    assert LogEntry.objects.exists() == stays


def test_a_mail_server_that_is_away_does_not_keep_anybody(mia, caplog):
    with override_settings(EMAIL_BACKEND=f"{__name__}.BrokenPost"):
        assert delete(mia).status_code == 302
    assert Account.objects.get().erase_at is not None
    assert "could not be sent" in caplog.text


def test_erasing_as_a_visitor_does_not_touch_an_account(mia):
    answer = mia.press("/privacy/erase/")
    assert answer["Location"] == "/account/delete/"
    assert Account.objects.exists()


def test_the_privacy_page_of_a_member_leads_to_both_ways(mia):
    page = mia.get("/privacy/").content.decode()
    assert 'href="/account/consent/"' in page
    assert 'href="/account/delete/"' in page
    assert "Erase what this site keeps about me" not in page


def test_an_address_that_a_stranger_typed_is_free_for_whose_it_is(stranger, mia):
    stranger.press("/account/signup/", email="new@example.org", terms="on")
    assert unconfirmed_erase(email="New@Example.org") is True
    assert list(Account.objects.values_list("email", flat=True)) == ["mia@example.org"]
    assert Person.objects.count() == 1
    assert unconfirmed_erase(email="new@example.org") is False


@pytest.mark.parametrize("lived", ["verified", "opened", "role"])
def test_an_account_that_somebody_uses_is_not_freed(mia, lived):
    address = EmailAddress.objects.filter(user=mia.account)
    address.update(verified=lived == "verified")
    Account.objects.update(
        last_login=timezone.now() if lived == "opened" else None,
        role="owner" if lived == "role" else "member",
    )
    assert unconfirmed_erase(email="mia@example.org") is False
    assert Account.objects.exists()
