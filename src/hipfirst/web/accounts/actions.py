# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hipfirst.web.accounts.contract import registered
from hipfirst.web.accounts.models import Consent, Person, TermsText
from hipfirst.web.accounts.queries import consents_in_force
from hipfirst.web.site.queries import site_settings


def visitor_create() -> Person:
    person = Person()
    person.full_clean()
    person.save(force_insert=True)
    return person


@transaction.atomic
def person_adopt(*, giver: Person, taker: Person) -> None:
    """Move everything from one person to another; the giver is gone afterwards."""
    if giver.pk == taker.pk:
        return
    for part in reversed(registered()):
        part.adopt(giver, taker)


@transaction.atomic
def person_erase(*, person: Person) -> dict[str, int]:
    """Erase everything kept about a person; says how many rows of each part went."""
    # Upper apps point at lower ones, so what was registered last goes first.
    return {part.name: part.erase(person) for part in reversed(registered())}


@transaction.atomic
def consent_give(
    *, person: Person, purpose: str, version: int, now: datetime | None = None
) -> Consent:
    """Note that the person agreed to these words; once is enough while they hold.

    `purpose` is one of Consent.Purpose; `version` that of the words that were shown.
    """
    standing = consents_in_force(person=person).get(purpose)
    if standing and standing.version == version:
        return standing
    consent = Consent(
        person=person,
        purpose=purpose,
        version=version,
        terms=_terms_text(version) if purpose == Consent.Purpose.TERMS else None,
        given_at=now or timezone.now(),
    )
    consent.full_clean()
    consent.save(force_insert=True)
    return consent


def _terms_text(version: int) -> TermsText:
    """The words of the terms as they are now, noted once."""
    text = site_settings().terms
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row, _made = TermsText.objects.get_or_create(
        version=version, sha256=sha256, defaults={"text": text}
    )
    return row


@transaction.atomic
def consent_withdraw(*, person: Person, purpose: str, now: datetime | None = None) -> int:
    """Take an agreement back; returns the number of rows that were erased with it.

    With the one about health goes what was kept by it: every part of the contract that holds
    health data. That something was agreed to, and when that ended, stays on record.
    """
    standing = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None)
    standing.update(withdrawn_at=now or timezone.now())
    if purpose != Consent.Purpose.HEALTH:
        return 0
    return sum(part.erase(person) for part in reversed(registered()) if part.health)
