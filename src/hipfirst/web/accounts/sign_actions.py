# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from hipfirst.web.accounts.actions import person_adopt, person_erase, signed_out
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.accounts.queries import person_lock

UNCONFIRMED_FOR = timedelta(days=2)
"""How long an address is kept that nobody has shown to be theirs."""


@transaction.atomic
def visitor_adopt(*, visitor: Person, account: Account) -> bool:
    """Give an account what its browser did as a visitor; says whether there was somebody to adopt.

    A person with an account of their own is never adopted, nor is anybody twice.
    """
    giver = person_lock(person_id=visitor.pk)
    if giver is None or Account.objects.filter(person=giver).exists():
        return False
    person_adopt(giver=giver, taker=account.person)
    return True


@transaction.atomic
def second_step_forget(*, email: str) -> Account | None:
    """Take app, recovery codes and passkeys from the account of this address, and sign it out.

    None: there is no such account. Whoever runs commands on the server vouches for the person, who
    then signs in by a code from the mail or a password.
    """
    account = Account.objects.select_for_update().filter(email__iexact=email).first()
    if account:
        Authenticator.objects.filter(user=account).delete()
        signed_out(person=account.person)
    return account


def unconfirmed_purge(now: datetime) -> int:
    """Erase accounts that were asked for and never opened; returns their number.

    The address may be a stranger's who never heard of it.
    """
    due = list(_unconfirmed(now).values_list("pk", flat=True))
    return sum(_unconfirmed_erase(number, now) for number in due)


@transaction.atomic
def _unconfirmed_erase(number: int, now: datetime) -> bool:
    """Whether it was erased; not where somebody opened it meanwhile."""
    account = _unconfirmed(now).select_for_update(of=("self",)).filter(pk=number).first()
    if account:
        person_erase(person=account.person)
    return account is not None


def _unconfirmed(now: datetime) -> QuerySet[Account]:
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return Account.objects.filter(
        ~Exists(confirmed),
        last_login=None,
        role=Account.Role.MEMBER,
        date_joined__lte=now - UNCONFIRMED_FOR,
    )
