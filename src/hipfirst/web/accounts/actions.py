# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.web.accounts.contract import registered
from hipfirst.web.accounts.errors import AccountsLeftError, LastOwner, NameRefused, OtherWords
from hipfirst.web.accounts.models import Account, Consent, Person, TermsText
from hipfirst.web.accounts.names import name_fault, name_tidy
from hipfirst.web.accounts.queries import (
    account_of,
    accounts_due,
    accounts_unconfirmed,
    consents_in_force,
    is_last_owner_locked,
    names_of_staff,
    person_lock,
    sign_ins_of,
)
from hipfirst.web.site.queries import site_settings

_log = logging.getLogger(__name__)
GRACE = timedelta(days=14)
"""In which whoever deletes an account may change their mind."""


def visitor_create() -> Person:
    person = Person()
    person.full_clean()
    person.save(force_insert=True)
    return person


@transaction.atomic
def person_adopt(*, giver: Person, taker: Person) -> None:
    """Move everything from a visitor to somebody; the visitor is gone afterwards."""
    if giver.pk == taker.pk:
        return
    if account_of(person=giver):
        raise ValueError(f"{giver} has an account; only a visitor is adopted")
    # Whoever writes for one of them meanwhile waits, and then finds the visitor gone.
    both = Person.objects.select_for_update().filter(pk__in=[giver.pk, taker.pk])
    list(both.order_by("pk").values_list("pk"))
    for part in reversed(registered()):
        part.adopt(giver, taker)


@transaction.atomic
def person_erase(*, person: Person) -> dict[str, int]:
    """Erase everything kept about a person; says how many rows of each part went."""
    # Whoever writes for the person meanwhile waits, and then finds nobody.
    person_lock(person_id=person.pk)
    # Upper apps point at lower ones, so what was registered last goes first.
    return {part.name: part.erase(person) for part in reversed(registered())}


@transaction.atomic
def consent_give(
    *,
    person: Person,
    purpose: str,
    version: int,
    terms: TermsText | None = None,
    now: datetime | None = None,
) -> Consent:
    """Note that the person agreed to these words; once is enough while they hold.

    `purpose` is one of Consent.Purpose; `version` that of the words that were shown; `terms` those
    words, where they are terms that were shown before. Raises OtherWords for terms that are not
    given and no longer, or not yet, in force.
    """
    standing = consents_in_force(person=person).get(purpose)
    if standing and standing.version == version:
        return standing
    consent = Consent(
        person=person,
        purpose=purpose,
        version=version,
        terms=(terms or terms_note(version=version)) if purpose == Consent.Purpose.TERMS else None,
        given_at=now or timezone.now(),
    )
    consent.full_clean()
    consent.save(force_insert=True)
    return consent


def terms_note(*, version: int) -> TermsText:
    """The words of the terms as they are now, noted once.

    Raises OtherWords where somebody saw another version: new ones came meanwhile.
    """
    site = site_settings()
    if version != site.terms_version:
        raise OtherWords(_("The terms were changed while you read them. Please read them again."))
    sha256 = hashlib.sha256(site.terms.encode()).hexdigest()
    row, _is_new = TermsText.objects.get_or_create(
        version=version, sha256=sha256, defaults={"text": site.terms}
    )
    return row


@transaction.atomic
def consent_withdraw(*, person: Person, purpose: str, now: datetime | None = None) -> int:
    """Take an agreement back; returns the number of rows that were erased with it.

    With the one about health goes what was kept by it: every part of the contract that holds
    health data. That something was agreed to, and when that ended, stays on record.
    """
    person_lock(person_id=person.pk)
    standing = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    standing.update(withdrawn_at=now or timezone.now())
    if purpose != Consent.Purpose.HEALTH:
        return 0
    return sum(part.erase(person) for part in reversed(registered()) if part.health)


@transaction.atomic
def account_name(*, account: Account, name: str) -> None:
    """Choose the name that others see; empty: none. Raises NameRefused.

    A name speaks beside every comment: who may write none chooses none, and may take it away.
    """
    tidy = name_tidy(name)
    if tidy and account.is_banned:
        raise NameRefused(_("You cannot choose a name while you cannot write comments."))
    site, staff = site_settings().name, names_of_staff(account=account)
    fault = name_fault(tidy, site=site, staff=staff, official=account.is_staff)
    if tidy and fault:
        raise NameRefused(fault)
    account.name = tidy
    account.full_clean(exclude=["person", "password"])
    account.save(update_fields=["name"])


@transaction.atomic
def account_delete(*, account: Account, now: datetime) -> datetime:
    """Begin the days after which the account is erased; returns when. Raises LastOwner."""
    if is_last_owner_locked(account=account):
        raise LastOwner(
            _(
                "You are the only owner of this site: without you nobody could run it. Make "
                "somebody else an owner first, or take the site down with its data."
            )
        )
    account.erase_at = account.erase_at or now + GRACE
    account.save(update_fields=["erase_at"])
    return account.erase_at


def signed_out(*, person: Person) -> int:
    """End every sign-in of this person, wherever it is; returns their number."""
    rows = sign_ins_of(person=person)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def account_keep(*, account: Account) -> None:
    """Change one's mind: the account stays."""
    account.erase_at = None
    account.save(update_fields=["erase_at"])


def accounts_purge(now: datetime) -> int:
    """Erase the accounts whose days are over, with all that is theirs; returns their number.

    One that cannot be erased keeps no other from it. Raises AccountsLeftError at the end.
    """
    due = list(accounts_due(now=now).order_by("erase_at", "pk").values_list("pk", flat=True))
    erased = left = 0
    for number in due:
        try:
            erased += _account_erase(number, now)
        except Exception as error:  # noqa: BLE001 whatever it is, the others have their day too
            # What it says may hold what is to be erased.
            _log.error("an account could not be erased: %s", type(error).__name__)
            left += 1
    if left:
        raise AccountsLeftError(left)
    return erased


@transaction.atomic
def _account_erase(number: int, now: datetime) -> bool:
    """Whether it was erased; not where somebody changed their mind meanwhile."""
    account = accounts_due(now=now).select_for_update().filter(pk=number).first()
    if account:
        person_erase(person=account.person)
    return account is not None


@transaction.atomic
def unconfirmed_erase(*, email: str) -> bool:
    """Erase the account that was asked for with this address and never opened; says whether.

    For whoever has just shown that the address is theirs: a stranger who typed it first does not
    stand in the way. An account that somebody confirmed or signed in to stays.
    """
    holders = accounts_unconfirmed().filter(email__iexact=email)
    account = holders.select_for_update(of=("self",)).first()
    if account:
        person_erase(person=account.person)
    return account is not None


@transaction.atomic
def owner_make(*, email: str) -> tuple[Account, bool]:
    """The account of this address as an owner, and whether it was made just now.

    Whoever runs commands on the server vouches for the address. Raises ValidationError.
    """
    account = Account.objects.filter(email__iexact=email).first()
    made = account is None
    account = account or Account(email=email)
    account.role, account.is_active, account.erase_at = Account.Role.OWNER, True, None
    if made:
        account.email = email.lower()
        account.set_unusable_password()
    account.full_clean(exclude=["person", "password"])
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    return account, made
