# SPDX-License-Identifier: Apache-2.0
"""The only writes of memberships: lines of the ledger. Each locks its person first, so that the
same person's come one after the other.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.accounts.queries import person_lock
from hipfirst.web.membership.errors import (
    NoSuchAccount,
    NothingToAdd,
    NotNow,
    VoucherOver,
    VoucherUsed,
    WrongNumber,
)
from hipfirst.web.membership.ledger import Standing, left_of_grants
from hipfirst.web.membership.limits import note_guess, of_account, of_address, refuse_guessing
from hipfirst.web.membership.models import LedgerLine, Voucher
from hipfirst.web.membership.providers import provider_named, providers
from hipfirst.web.membership.queries import (
    account_for,
    line_id,
    line_of,
    standing_of,
    voucher_find,
)
from hipfirst.web.membership.vouchers import no_such_voucher

Kind = LedgerLine.Kind
DAYS_MAX = 3660
"""Ten years: what is longer is for life."""
Paid = Literal["paid", "refunded", "cancelled", "kept"]
KIND_OF: dict[Paid, Kind] = {
    "paid": Kind.GRANT,
    "refunded": Kind.REVOKE,
    "cancelled": Kind.CANCEL,
    "kept": Kind.KEEP,
}


@transaction.atomic
def grant(  # noqa: PLR0913 what a grant is made of, named at every call
    *,
    account: Account,
    days: int | None,
    by: Account | None = None,
    offer_kind: str = "comp",
    note: str = "",
    reference: str = "",
    now: datetime | None = None,
) -> LedgerLine:
    """Time from the owner; `days` None: for life. The same `reference` twice grants once.

    Raises WrongNumber.
    """
    if days is not None and not 1 <= days <= DAYS_MAX:
        raise WrongNumber(
            _("You gave %(given)s days; allowed are 1 to %(most)s, or for life.")
            % {"given": days, "most": DAYS_MAX}
        )
    person = _locked(account.person)
    reference = reference or uuid.uuid4().hex
    known = LedgerLine.objects.filter(source="owner", reference=reference).first()
    return known or _line(
        person,
        Kind.GRANT,
        now or timezone.now(),
        source="owner",
        reference=reference,
        days=days,
        offer_kind=offer_kind,
        by=by,
        note=note,
    )


def account_named(whom: str) -> Account:
    """The account of an address or a reference. Raises NoSuchAccount."""
    account = account_for(whom=whom)
    if account is None:
        raise NoSuchAccount(
            _(
                "“%(given)s” was given; allowed: the e-mail address of an account, or the "
                "reference that its person quotes."
            )
            % {"given": whom[:100]}
        )
    return account


@transaction.atomic
def revoke(
    *, line: LedgerLine, by: Account | None = None, note: str = "", now: datetime | None = None
) -> LedgerLine:
    """Take back what is left of a grant; what was used stays used. Raises NotNow."""
    now, person = now or timezone.now(), _locked(line.person)
    if line.pk not in left_of_grants(map(line_of, person.ledger.all()), now):
        raise NotNow(_("Nothing is left of this grant: it is used up, or was taken back before."))
    return _line(
        person,
        Kind.REVOKE,
        max(now, line.at),
        source="owner",
        reference=uuid.uuid4().hex,
        of=line,
        by=by,
        note=note,
    )


def voucher_redeem(
    *, account: Account, typed: str, address: str = "", now: datetime | None = None
) -> LedgerLine:
    """Use a voucher. Raises a VoucherRefused, or TooManyTries for one who guesses.

    `address`: where it was typed; guesses are counted for it and for the account.
    """
    now = now or timezone.now()
    whose = [of_account(account.pk), *([of_address(address, what="use")] if address else [])]
    refuse_guessing(*whose, now=now)
    voucher = voucher_find(typed=typed)
    if voucher is None:
        note_guess(*whose, now=now)
        raise no_such_voucher(typed)
    return _redeemed(account, voucher, now)


@transaction.atomic
def _redeemed(account: Account, voucher: Voucher, now: datetime) -> LedgerLine:
    person = _locked(account.person)
    if standing_of(person=person, now=now).lifetime:
        raise NothingToAdd(
            _("You are a member for life: the code adds nothing and stays unused. Give it on.")
        )
    last = voucher.batch.expires_on
    if last and voucher.batch.is_over(now):
        raise VoucherOver(
            _("This code could be used until %(day)s.") % {"day": date_format(last, "DATE_FORMAT")}
        )
    # Of all who try at once this changes a row for one.
    unused = Voucher.objects.filter(pk=voucher.pk, used_at=None, withdrawn_at=None)
    if not unused.update(used_at=now, used_by=person):
        raise _why_not(voucher, person)
    return _line(
        person,
        Kind.GRANT,
        now,
        source="voucher",
        reference=voucher.code,
        days=voucher.batch.days,
        offer_kind=voucher.batch.offer.kind,
    )


def _why_not(voucher: Voucher, person: Person) -> VoucherUsed | VoucherOver:
    voucher.refresh_from_db(fields=["used_at", "used_by", "withdrawn_at"])
    if voucher.used_at is None:
        return VoucherOver(_("This code was withdrawn. Ask whoever gave it to you."))
    if voucher.used_by_id == person.pk:
        return VoucherUsed(_("You used this code already: it counts. Each works once."))
    return VoucherUsed(_("This code was used already. Each works once."))


@transaction.atomic
def pause(*, account: Account, now: datetime | None = None) -> Standing:
    """Stop the clock: what is left stays. Raises NotNow."""
    now = now or timezone.now()
    person, standing = _standing(account, now)
    if standing.state == "paused":
        raise NotNow(_("It is paused already."))
    if standing.state != "active":
        raise NotNow(_("There is no time left that could be kept."))
    if standing.lifetime:
        raise NotNow(_("A membership for life needs no pause: it is there when you come back."))
    return _told(person, Kind.PAUSE, now)


@transaction.atomic
def resume(*, account: Account, now: datetime | None = None) -> Standing:
    """Let the clock run again. Raises NotNow."""
    now = now or timezone.now()
    person, standing = _standing(account, now)
    if standing.state != "paused":
        raise NotNow(_("It is not paused."))
    return _told(person, Kind.RESUME, now)


@transaction.atomic
def cancel(*, account: Account, now: datetime | None = None) -> Standing:
    """Nothing is renewed; what is left stays. Raises NotNow, or what a provider raises: then
    nothing was cancelled.
    """
    now = now or timezone.now()
    person, standing = _standing(account, now)
    if standing.cancelled or standing.state not in {"active", "paused"}:
        raise NotNow(_("There is nothing to cancel."))
    after = _told(person, Kind.CANCEL, now)
    for provider in providers():
        provider.cancel(person=person)
    return after


@transaction.atomic
def keep(*, account: Account, now: datetime | None = None) -> Standing:
    """Take a cancellation back. Raises NotNow, or what a provider raises."""
    now = now or timezone.now()
    person, standing = _standing(account, now)
    if not standing.cancelled or standing.state not in {"active", "paused"}:
        raise NotNow(_("There is no cancellation to take back."))
    after = _told(person, Kind.KEEP, now)
    for provider in providers():
        provider.keep(person=person)
    return after


@transaction.atomic
def payment_record(  # noqa: PLR0913 what an event says, named at every call
    *,
    provider: str,
    event: str,
    what: Paid,
    person_id: uuid.UUID,
    at: datetime,
    days: int | None,
    offer_kind: str = "",
    of: str = "",
) -> bool:
    """What a provider reports, once per `event`; whether it was new.

    `days` of what was paid (None: for life); `of`: event of the payment that is given back. It
    may come before that payment, and twice. Who was erased meanwhile has no ledger: False.

    Raises ValueError for a provider that is not registered.
    """
    if provider_named(provider) is None:
        raise ValueError(f"{provider!r} reports a payment; register it as a provider first")
    person = person_lock(person_id=person_id)
    if person is None or LedgerLine.objects.filter(source=provider, reference=event).exists():
        return False
    _line(
        person,
        KIND_OF[what],
        at,
        source=provider,
        reference=event,
        days=days if what == "paid" else None,
        offer_kind=offer_kind if what == "paid" else "",
        of_reference=of if what == "refunded" else "",
    )
    return True


def _locked(person: Person) -> Person:
    """Raises NoSuchAccount for somebody who was erased meanwhile."""
    locked = person_lock(person_id=person.pk)
    if locked is None:
        raise NoSuchAccount(_("This account is gone."))
    return locked


def _standing(account: Account, now: datetime) -> tuple[Person, Standing]:
    person = _locked(account.person)
    return person, standing_of(person=person, now=now)


def _told(person: Person, kind: Kind, now: datetime) -> Standing:
    """What the person themselves decided, and what it amounts to."""
    _line(person, kind, now, source="person", reference=uuid.uuid4().hex)
    return standing_of(person=person, now=now)


def _line(  # noqa: PLR0913 the columns of a line, named at every call
    person: Person,
    kind: Kind,
    at: datetime,
    *,
    source: str,
    reference: str,
    days: int | None = None,
    offer_kind: str = "",
    of: LedgerLine | None = None,
    of_reference: str = "",
    by: Account | None = None,
    note: str = "",
) -> LedgerLine:
    line = LedgerLine(
        id=line_id(source, reference),
        person=person,
        kind=kind,
        at=at,
        source=source,
        reference=reference,
        days=days,
        offer_kind=offer_kind,
        of=of,
        of_reference=of_reference,
        by=by,
        note=note,
    )
    line.full_clean()
    line.save(force_insert=True)
    return line
