# SPDX-License-Identifier: Apache-2.0
"""What is written to a ledger, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from hipfirst.web.accounts.actions import person_adopt, person_erase, visitor_create
from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.access import is_entitled
from hipfirst.web.membership.actions import (
    account_named,
    cancel,
    grant,
    keep,
    pause,
    resume,
    revoke,
    voucher_redeem,
)
from hipfirst.web.membership.errors import (
    NoSuchAccount,
    NoSuchVoucher,
    NothingToAdd,
    NotNow,
    TooManyTries,
    VoucherOver,
    VoucherUsed,
    WrongNumber,
)
from hipfirst.web.membership.limits import ADDRESS_MOST, MOST, WITHIN, note_guess, of_address
from hipfirst.web.membership.models import LedgerLine, Voucher
from hipfirst.web.membership.queries import pauses_of, reference_of, standing_of
from hipfirst.web.membership.vouchers import batch_withdraw, gift_shown, vouchers_make
from web.membership.conftest import NOW, days, offer


def codes(count=1, **fields):
    batch = vouchers_make(offer=offer(), count=count, now=NOW, **fields)
    return [each.code for each in batch.vouchers.all()]


def standing(browser, at=NOW):
    return standing_of(person=browser.person, now=at)


def test_a_grant_opens_and_its_end_closes(mia):
    assert not is_entitled(mia.person, now=NOW)
    grant(account=mia.account, days=30, now=NOW)
    assert is_entitled(mia.person, now=days(29))
    assert is_entitled(mia.person, now=days(36))
    assert not is_entitled(mia.person, now=days(37))


def test_a_grant_for_life(mia, paul):
    line = grant(account=mia.account, days=None, by=paul.account, note="A friend.", now=NOW)
    assert (line.source, line.by, line.note) == ("owner", paul.account, "A friend.")
    assert standing(mia, days(10_000)).lifetime


def test_the_same_form_twice_grants_once(mia):
    first = grant(account=mia.account, days=30, reference="form-1", now=NOW)
    again = grant(account=mia.account, days=30, reference="form-1", now=NOW)
    assert first == again
    assert standing(mia).left == timedelta(days=30)


@pytest.mark.parametrize("number", [0, -1, 3661])
def test_days_outside_of_the_bounds_are_refused(mia, number):
    with pytest.raises(WrongNumber, match=str(number)):
        grant(account=mia.account, days=number)
    assert not LedgerLine.objects.exists()


def test_an_account_is_found_by_address_or_reference(mia, nick):
    assert account_named(" MIA@example.org ") == mia.account
    assert account_named(reference_of(nick.person).lower()) == nick.account
    for whom in ("", "nobody@example.org", "0000-0000", "%"):
        with pytest.raises(NoSuchAccount):
            account_named(whom)


def test_pausing_keeps_every_day(mia):
    grant(account=mia.account, days=30, now=NOW)
    paused = pause(account=mia.account, now=days(10))
    assert (paused.state, paused.left) == ("paused", timedelta(days=20))
    assert not is_entitled(mia.person, now=days(11))
    back = resume(account=mia.account, now=days(100))
    assert back.until == days(120)
    found = pauses_of(person=mia.person, now=days(101))
    assert [(each.start, each.end) for each in found] == [(days(10), days(100))]


def test_a_pause_that_goes_on_has_no_end(mia):
    grant(account=mia.account, days=30, now=NOW)
    pause(account=mia.account, now=days(1))
    assert [each.end for each in pauses_of(person=mia.person, now=days(3))] == [None]


def test_what_makes_no_sense_now_is_refused(mia):
    for act in (pause, resume, cancel, keep):
        with pytest.raises(NotNow):
            act(account=mia.account, now=NOW)
    grant(account=mia.account, days=30, now=NOW)
    for act in (resume, keep):
        with pytest.raises(NotNow):
            act(account=mia.account, now=NOW)
    pause(account=mia.account, now=NOW)
    with pytest.raises(NotNow):
        pause(account=mia.account, now=days(1))
    assert LedgerLine.objects.count() == 2


def test_a_life_needs_no_pause(mia):
    grant(account=mia.account, days=None, now=NOW)
    with pytest.raises(NotNow, match="life"):
        pause(account=mia.account, now=days(1))


def test_a_cancellation_leaves_what_is_left_and_can_be_taken_back(mia):
    grant(account=mia.account, days=30, now=NOW)
    after = cancel(account=mia.account, now=days(1))
    assert after.cancelled
    assert after.until == days(30)
    assert not keep(account=mia.account, now=days(2)).cancelled


def test_a_revocation_takes_what_is_left_once(mia, paul):
    line = grant(account=mia.account, days=30, now=NOW)
    grant(account=mia.account, days=5, now=days(1))
    revoke(line=line, by=paul.account, now=days(10))
    assert standing(mia, days(10)).left == timedelta(days=5)
    with pytest.raises(NotNow):
        revoke(line=line, now=days(11))


def test_a_voucher_works_once(mia, nick):
    (code,) = codes()
    voucher_redeem(account=mia.account, typed=code.lower(), now=NOW)
    assert standing(mia).until == days(365)
    with pytest.raises(VoucherUsed, match="You used"):
        voucher_redeem(account=mia.account, typed=code, now=NOW)
    with pytest.raises(VoucherUsed, match="was used"):
        voucher_redeem(account=nick.account, typed=code, now=NOW)
    assert standing(nick).state == "none"


def test_a_voucher_works_until_its_last_day(mia, nick):
    first, second = codes(2, expires_on=days(10).date())
    voucher_redeem(account=mia.account, typed=first, now=days(10))
    with pytest.raises(VoucherOver, match=r"until 12 March 2026\."):
        voucher_redeem(account=nick.account, typed=second, now=days(11))


def test_withdrawn_codes_work_no_longer_and_used_ones_stay_used(mia, nick):
    first, second = codes(2)
    voucher_redeem(account=mia.account, typed=first, now=NOW)
    batch = Voucher.objects.get(code=first).batch
    assert batch_withdraw(batch=batch, now=NOW) == 1
    with pytest.raises(VoucherOver, match="withdrawn"):
        voucher_redeem(account=nick.account, typed=second, now=NOW)
    assert standing(mia).opens


def test_for_a_member_for_life_a_code_stays_unused(mia, nick):
    grant(account=mia.account, days=None, now=NOW)
    (code,) = codes()
    with pytest.raises(NothingToAdd):
        voucher_redeem(account=mia.account, typed=code, now=NOW)
    voucher_redeem(account=nick.account, typed=code, now=NOW)
    assert standing(nick).opens


def test_who_guesses_has_to_wait(mia, nick):
    (code,) = codes()
    cache.clear()
    for _ in range(MOST):
        with pytest.raises(NoSuchVoucher):
            voucher_redeem(account=mia.account, typed="AAAA-AAAA-AAAA", address="1", now=NOW)
    with pytest.raises(TooManyTries):
        voucher_redeem(account=mia.account, typed=code, address="2", now=NOW)
    voucher_redeem(account=nick.account, typed=code, address="1", now=NOW)
    with pytest.raises(VoucherUsed):
        voucher_redeem(account=mia.account, typed=code, address="1", now=NOW + WITHIN)
    cache.clear()


def test_whoever_looks_at_gifts_keeps_nobody_at_the_address_from_a_code(mia):
    (code,) = codes()
    cache.clear()
    for _ in range(ADDRESS_MOST + 1):
        assert gift_shown(typed="AAAA-AAAA-AAAA", address="1", now=NOW) is None
    assert len(cache.get("voucher-guess-look-1")) == ADDRESS_MOST
    voucher_redeem(account=mia.account, typed=code, address="1", now=NOW)
    cache.clear()


def test_an_address_of_many_guessers_has_to_wait(mia):
    (code,) = codes()
    cache.clear()
    note_guess(*[of_address("1", what="use")] * ADDRESS_MOST, now=NOW)
    with pytest.raises(TooManyTries, match="more than 100 codes"):
        voucher_redeem(account=mia.account, typed=code, address="1", now=NOW)
    cache.clear()


@pytest.mark.parametrize("number", [0, 501])
def test_a_batch_has_its_bounds(db, number):
    with pytest.raises(WrongNumber, match=str(number)):
        codes(number)


def test_erasing_frees_no_voucher(mia, nick):
    (code,) = codes()
    voucher_redeem(account=mia.account, typed=code, now=NOW)
    person_erase(person=mia.person)
    assert not LedgerLine.objects.exists()
    with pytest.raises(VoucherUsed):
        voucher_redeem(account=nick.account, typed=code, now=NOW)


def test_somebody_erased_meanwhile_uses_no_voucher(mia):
    (code,) = codes()
    gone = Account.objects.get(pk=mia.account.pk)
    person_erase(person=mia.person)
    with pytest.raises(NoSuchAccount):
        voucher_redeem(account=gone, typed=code, now=NOW)
    assert Voucher.objects.get(code=code).used_at is None


def test_what_a_visitor_has_comes_along(mia):
    visitor = visitor_create()
    LedgerLine.objects.create(person=visitor, kind="grant", days=3, source="x", reference="1")
    person_adopt(giver=visitor, taker=mia.person)
    assert LedgerLine.objects.get().person == mia.person
