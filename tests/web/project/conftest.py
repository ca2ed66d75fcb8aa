# SPDX-License-Identifier: Apache-2.0
"""Everybody who may come to the site, each in a browser of their own.

A stranger is known by nothing. Ada and Ben are visitors, known by a cookie. Mia, Nick and Quinn
have accounts; Quinn is banned. Olga moderates, Paul owns the site. Maya is a member and Gus by a
gift; Leo's membership is over, that of Pia is paused.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.library.models import Document
from hipfirst.web.membership.actions import grant, pause, voucher_redeem
from hipfirst.web.membership.models import Offer
from hipfirst.web.membership.vouchers import vouchers_make
from web.conftest import SESSION, Browser, known_visitor
from web.members import member, signed_in


def known_member(name, **fields):
    """Somebody with an account who has just signed in."""
    account = member(f"{name.lower()}@example.org", name=name, **fields).account
    return signed_in(account, reauthenticated=True, email=account.email)


def everyone():
    """Name -> browser."""
    return {
        "stranger": Browser(),
        "ada": known_visitor(),
        "ben": known_visitor(),
        "mia": known_member("Mia"),
        "nick": known_member("Nick"),
        "quinn": known_member("Quinn", banned_at=timezone.now(), banned_because="Adverts."),
        "olga": known_member("Olga", role=Account.Role.MODERATOR),
        "paul": known_member("Paul", role=Account.Role.OWNER),
        "member": granted("Maya", 30),
        "gifted": gifted("Gus"),
        "lapsed": granted("Leo", 30, since=38),
        "paused": paused("Pia"),
    }


def granted(name, days, *, since=2):
    """Somebody whom the owner gave a membership some days ago."""
    browser = known_member(name)
    grant(account=browser.account, days=days, now=timezone.now() - timedelta(days=since))
    return browser


def paused(name):
    browser = granted(name, 30)
    pause(account=browser.account, now=timezone.now() - timedelta(days=1))
    return browser


def gifted(name):
    """Somebody who used a code that another gave them."""
    browser = known_member(name)
    gift = {"kind": "gift", "title": "A gift", "days": 365}
    offer, _made = Offer.objects.get_or_create(slug="gift", defaults=gift)
    batch = vouchers_make(offer=offer, count=1, to_name=name, words="For your knees.")
    voucher_redeem(account=browser.account, typed=batch.vouchers.get().code)
    return browser


@pytest.fixture
def people(db):
    return everyone()


def say(browser, body="It helps me.", *, state="shown", answers=None):
    """A comment on a session, as it stands in the database."""
    document = Document.objects.get(kind="session", slug=SESSION)
    discussion, _made = Discussion.objects.get_or_create(document=document)
    return Comment.objects.create(
        discussion=discussion,
        author=browser.account,
        body=body,
        html=f"<p>{body}</p>",
        state=state,
        answers=answers,
        root=(answers.root or answers) if answers else None,
        # Long enough ago for no limit to count it.
        created=timezone.now() - timedelta(days=2),
    )


def passkey_of(browser):
    """A key of theirs, as far as pages show it."""
    data = {"name": "A phone", "credential": {}}
    return Authenticator.objects.create(user=browser.account, type="webauthn", data=data)
