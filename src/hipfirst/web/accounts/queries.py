# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, QuerySet

from hipfirst.web.accounts.contract import Export, PersonData, registered
from hipfirst.web.accounts.models import Account, Consent, Person, TermsText


@dataclass(frozen=True)
class KeptPart:
    """One line of what is kept about a person."""

    sentence: str
    count: int


def visitor_find(*, person_id: UUID) -> Person | None:
    """The visitor; None: erased meanwhile. Whoever has an account is known by signing in alone."""
    return Person.objects.filter(pk=person_id, account=None).first()


def person_lock(*, person_id: UUID) -> Person | None:
    """The visitor, held until the transaction ends; None: erased meanwhile."""
    return Person.objects.select_for_update().filter(pk=person_id).first()


def person_kept(*, person: Person) -> tuple[KeptPart, ...]:
    """What there is, each part with its number."""
    counted = ((part, part.count(person)) for part in registered())
    return tuple(KeptPart(part.title % {"count": count}, count) for part, count in counted if count)


def person_export(*, person: Person) -> Iterator[tuple[PersonData, Export]]:
    """Everything kept about a person, part by part."""
    return ((part, part.export(person)) for part in registered())


def account_of(*, person: Person) -> Account | None:
    """The account of a person; None: a visitor."""
    return Account.objects.filter(person=person).first()


def accounts_due(*, now: datetime) -> QuerySet[Account]:
    """Those whose days to change their mind are over."""
    return Account.objects.filter(erase_at__lte=now)


def accounts_unconfirmed() -> QuerySet[Account]:
    """Those asked for with an address that nobody has shown to be theirs, and never opened."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return Account.objects.filter(~Exists(confirmed), last_login=None, role=Account.Role.MEMBER)


def owners_standing() -> QuerySet[Account]:
    """Those who run the site from now on: who is shut out or about to be erased does not."""
    owners = Account.objects.filter(role=Account.Role.OWNER, is_active=True, erase_at=None)
    return owners.order_by("pk")


def is_last_owner(*, account: Account) -> bool:
    """Whether nobody else could run the site."""
    return list(owners_standing().values_list("pk", flat=True)) == [account.pk]


def is_last_owner_locked(*, account: Account) -> bool:
    """The same, inside a transaction: of two owners who go at once, one waits for the other."""
    rows = owners_standing().select_for_update(of=("self",))
    return [owner.pk for owner in rows] == [account.pk]


def names_of_staff(*, account: Account) -> list[str]:
    """Of everybody else who runs the site: nobody may pretend to be them."""
    staff = Account.objects.exclude(role=Account.Role.MEMBER).exclude(pk=account.pk)
    return list(staff.exclude(name="").values_list("name", flat=True))


def consents_in_force(*, person: Person) -> Mapping[str, Consent]:
    """Purpose -> the newest agreement that was not taken back. One query."""
    rows = Consent.objects.filter(person=person, withdrawn_at=None)
    return {row.purpose: row for row in rows.order_by("given_at", "pk")}


def consents_of(*, person: Person) -> tuple[Consent, ...]:
    """Everything ever agreed to, newest first."""
    return tuple(Consent.objects.filter(person=person).order_by("-given_at", "-pk"))


def terms_read(*, person: Person, consent_id: int) -> TermsText | None:
    """The words of the terms that the person agreed to under that number."""
    row = Consent.objects.filter(person=person, pk=consent_id).select_related("terms").first()
    return row.terms if row else None


def authenticators_of(*, person: Person) -> QuerySet[Authenticator]:
    """Passkeys, the authenticator app and recovery codes, oldest first."""
    rows: QuerySet[Authenticator] = Authenticator.objects.filter(user__person=person)
    return rows.order_by("pk")


def sign_ins_of(*, person: Person) -> QuerySet[UserSession]:
    """The places where somebody is signed in, oldest first."""
    rows: QuerySet[UserSession] = UserSession.objects.filter(user__person=person)
    return rows.order_by("pk")


@dataclass(frozen=True)
class WaysIn:
    """How an account is signed into; a code by mail always works."""

    password: bool
    passkeys: int
    app: bool
    """An authenticator app as the second step."""


def ways_in(*, account: Account) -> WaysIn:
    """One query."""
    types = list(authenticators_of(person=account.person).values_list("type", flat=True))
    return WaysIn(
        password=account.has_usable_password(),
        passkeys=types.count(Authenticator.Type.WEBAUTHN),
        app=Authenticator.Type.TOTP in types,
    )
