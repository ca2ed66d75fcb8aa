# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.db import transaction

from hipfirst.web.accounts.contract import registered
from hipfirst.web.accounts.models import Person


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
