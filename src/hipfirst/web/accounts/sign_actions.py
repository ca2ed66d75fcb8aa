# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.db import transaction

from hipfirst.web.accounts.actions import person_adopt
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.accounts.queries import person_lock


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
