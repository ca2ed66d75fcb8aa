# SPDX-License-Identifier: Apache-2.0
"""Making vouchers, withdrawing them, and looking at one before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.codes import new_code
from hipfirst.web.membership.errors import NoSuchVoucher, TooManyTries, WrongDay, WrongNumber
from hipfirst.web.membership.limits import note_guess, of_address, refuse_guessing
from hipfirst.web.membership.models import Offer, Voucher, VoucherBatch
from hipfirst.web.membership.queries import voucher_find

COUNT_MAX = 500
"""Vouchers of one batch."""


@dataclass(frozen=True)
class Gift:
    """What a voucher says to whom it was given."""

    to_name: str
    words: str


@transaction.atomic
def vouchers_make(  # noqa: PLR0913 what a batch is made of, named at every call
    *,
    offer: Offer,
    count: int,
    by: Account | None = None,
    expires_on: date | None = None,
    note: str = "",
    to_name: str = "",
    words: str = "",
    now: datetime | None = None,
) -> VoucherBatch:
    """So many codes, each good once for what the offer gives now. Raises WrongNumber, WrongDay."""
    now = now or timezone.now()
    _refuse_number(offer, count)
    refuse_over(expires_on, now=now)
    batch = VoucherBatch(
        offer=offer,
        days=offer.days,
        note=note,
        expires_on=expires_on,
        made_by=by,
        created=now,
    )
    batch.full_clean()
    batch.save(force_insert=True)
    codes = set[str]()
    while len(codes) < count:
        codes.add(new_code())
    Voucher.objects.bulk_create(
        Voucher(code=code, batch=batch, to_name=to_name, words=words) for code in codes
    )
    return batch


def _refuse_number(offer: Offer, count: int) -> None:
    if not 1 <= count <= COUNT_MAX:
        raise WrongNumber(
            _("You gave %(given)s vouchers; allowed are 1 to %(most)s at a time.")
            % {"given": count, "most": COUNT_MAX}
        )
    if offer.kind == Offer.Kind.FREE:
        raise WrongNumber(
            _("“%(given)s” was given, which needs no voucher; allowed: any other offer.")
            % {"given": offer.title}
        )


def refuse_over(last: date | None, *, now: datetime) -> None:
    """Raises WrongDay for a last day that is over: no code could be used."""
    if last is None or not VoucherBatch(expires_on=last).is_over(now):
        return
    raise WrongDay(
        _("You gave %(given)s as the last day; allowed are %(today)s (UTC) and later, or none.")
        % {"given": _said(last), "today": _said(now.astimezone(UTC).date())}
    )


def _said(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


@transaction.atomic
def batch_withdraw(*, batch: VoucherBatch, now: datetime | None = None) -> int:
    """The unused codes of a batch work no longer; returns their number."""
    unused = Voucher.objects.filter(batch=batch, used_at=None, withdrawn_at=None)
    return unused.update(withdrawn_at=now or timezone.now())


def gift_shown(*, typed: str, address: str, now: datetime) -> Gift | None:
    """What the giver says on a code that can still be used; None: nothing to show.

    Codes that there are not count as guesses of this address.
    """
    whose = of_address(address, what="look")
    try:
        refuse_guessing(whose, now=now)
    except TooManyTries:
        return None
    voucher = voucher_find(typed=typed)
    if voucher is None:
        note_guess(whose, now=now)
        return None
    fits = voucher.used_at is None and voucher.withdrawn_at is None
    said = bool(voucher.to_name or voucher.words)
    if not (fits and said) or voucher.batch.is_over(now):
        return None
    return Gift(voucher.to_name, voucher.words)


def no_such_voucher(typed: str) -> NoSuchVoucher:
    """What is said of a code that there is not."""
    return NoSuchVoucher(
        _(
            "There is no code “%(given)s”. A code has 12 letters and digits, such as "
            "7KQ2-M4XD-90RA; look at each sign once more."
        )
        % {"given": typed.strip()[:40]}
    )
