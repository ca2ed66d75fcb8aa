# SPDX-License-Identifier: Apache-2.0
"""A second provider, as one that takes cards will be: it redirects, and reports by events that come
again and in any order. Nothing else is changed for it.
"""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured

from hipfirst.web.accounts.actions import person_erase
from hipfirst.web.membership.actions import cancel, keep, pause, payment_record, resume
from hipfirst.web.membership.models import LedgerLine
from hipfirst.web.membership.providers import (
    MANUAL,
    Checkout,
    Manual,
    provider_forget,
    providers,
    register_provider,
)
from hipfirst.web.membership.queries import standing_of
from web.membership.conftest import NOW, days, offer


class Cards:
    """Takes cards at another site, and keeps what it was told."""

    slug, title = "cards", "Pay by card"

    def __init__(self):
        self.begun, self.ended = [], []

    def checkout(self, *, offer, person, amount, return_url):
        self.begun.append((offer.slug, person, amount, return_url))
        return Checkout(redirect_url="https://cards.example/pay/1?x=1&y=2")

    def cancel(self, *, person):
        if self.ended is None:
            raise OSError("no answer")
        self.ended.append(person)

    def keep(self, *, person):
        self.ended.remove(person)

    def manage_url(self, *, person):
        return "https://cards.example/portal"


@pytest.fixture
def cards():
    provider = Cards()
    register_provider(provider)
    yield provider
    provider_forget("cards")


def story(person, at=NOW):
    """Three months paid, the second given back, then cancelled: what arrives, as it happened."""
    who = {"provider": "cards", "person_id": person.pk, "days": None}
    month = {"days": 30, "offer_kind": "monthly", "what": "paid"}
    return [
        {**who, **month, "event": "evt_1", "at": at},
        {**who, **month, "event": "evt_2", "at": at + timedelta(days=30)},
        {**who, "event": "evt_3", "what": "refunded", "of": "evt_2", "at": at + timedelta(days=31)},
        {**who, **month, "event": "evt_4", "at": at + timedelta(days=32)},
        {**who, "event": "evt_5", "what": "cancelled", "at": at + timedelta(days=33)},
    ]


@pytest.mark.parametrize("seed", range(8))
def test_events_that_repeat_and_come_in_any_order_amount_to_the_same(cards, mia, seed):
    events = story(mia.person)
    arrived = [*events, *events, *events]
    random.Random(seed).shuffle(arrived)
    new = [payment_record(**event) for event in arrived]
    assert sum(new) == len(events)
    standing = standing_of(person=mia.person, now=days(34))
    assert (standing.until, standing.cancelled, standing.state) == (days(62), True, "active")
    assert LedgerLine.objects.count() == len(events)


def test_every_prefix_of_what_arrives_makes_sense(cards, mia):
    for event in reversed(story(mia.person)):
        payment_record(**event)
        standing = standing_of(person=mia.person, now=days(34))
        assert timedelta() <= standing.left <= timedelta(days=30)


def test_a_payment_given_back_before_it_is_known_never_opens(cards, mia):
    who = {"provider": "cards", "person_id": mia.person.pk}
    payment_record(**who, event="evt_2", what="refunded", of="evt_1", days=None, at=days(1))
    payment_record(**who, event="evt_1", what="paid", days=30, at=NOW)
    assert not standing_of(person=mia.person, now=days(2)).opens


def test_a_payment_while_paused_waits(cards, mia):
    first, *_rest = story(mia.person)
    payment_record(**first)
    pause(account=mia.account, now=days(10))
    second = {**first, "event": "evt_9", "at": days(30)}
    payment_record(**second)
    assert resume(account=mia.account, now=days(60)).until == days(110)


def test_the_same_event_of_another_provider_is_another(cards, mia):
    first, *_rest = story(mia.person)
    assert payment_record(**first)
    assert payment_record(**{**first, "provider": "manual"})
    assert standing_of(person=mia.person, now=NOW).left == timedelta(days=60)


def test_who_was_erased_has_no_ledger(cards, mia):
    events = story(mia.person)
    person_erase(person=mia.person)
    assert not any(payment_record(**event) for event in events)
    assert not payment_record(**{**events[0], "person_id": uuid4()})


def test_nobody_reports_who_is_not_registered(mia):
    with pytest.raises(ValueError, match="cards"):
        payment_record(**story(mia.person)[0])


def test_its_checkout_is_one_press_away_and_says_where_it_leads(cards, mia):
    offer("monthly", kind="monthly", title="A month", days=30, price=900, shown=True)
    assert "Pay by card" in mia.get("/join/monthly/").content.decode()
    page = mia.press("/join/monthly/", provider="cards").content.decode()
    assert 'href="https://cards.example/pay/1?x=1&amp;y=2"' in page
    assert "You pay at cards.example" in page
    ((slug, person, amount, back),) = cards.begun
    assert (slug, person, amount) == ("monthly", mia.person, 900)
    assert back.endswith("/account/membership/")


def test_cancelling_ends_what_would_be_paid_again(cards, mia):
    payment_record(**story(mia.person)[0])
    cancel(account=mia.account, now=days(1))
    assert cards.ended == [mia.person]
    keep(account=mia.account, now=days(2))
    assert cards.ended == []
    assert "https://cards.example/portal" in mia.get("/account/membership/").content.decode()


def test_where_a_provider_does_not_answer_nothing_is_cancelled(cards, mia):
    payment_record(**story(mia.person)[0])
    cards.ended = None
    with pytest.raises(OSError, match="no answer"):
        cancel(account=mia.account, now=days(1))
    assert not standing_of(person=mia.person, now=days(2)).cancelled


@pytest.mark.parametrize("slug", ["manual", "voucher", "owner", "person"])
def test_a_taken_name_is_refused(slug):
    taken = Manual()
    taken.slug = slug
    with pytest.raises(ImproperlyConfigured):
        register_provider(taken)
    assert providers() == (MANUAL,)
