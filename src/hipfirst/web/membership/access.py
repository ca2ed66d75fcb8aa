# SPDX-License-Identifier: Apache-2.0
"""The one question of entitlement. Pages, files, the API and what is taken along ask it through
`library.access.may_see`; nothing else decides what a membership opens.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.membership.ledger import GRACE
from hipfirst.web.membership.queries import standing_of
from hipfirst.web.site.queries import site_settings


def is_entitled(person: Person | None, *, now: datetime | None = None) -> bool:
    """Whether what is for members is open to `person` (None: a stranger).

    The owner and moderators see everything; so does everybody where the owner opened the site to
    all. Never asked about checks, skips, swaps, red flags or what somebody told: those are
    everybody's. Two queries at most, beside the settings of the site.
    """
    if site_settings().open_to_all:
        return True
    if person is None:
        return False
    return _is_staff(person) or standing_of(person=person, now=now or timezone.now()).opens


def entitled_until(person: Person, *, now: datetime) -> datetime | None:
    """When what is for members closes for somebody to whom it is open at `now`, grace included;
    None: for no reason that is known now.
    """
    if site_settings().open_to_all or _is_staff(person):
        return None
    until = standing_of(person=person, now=now).until
    return until and until + GRACE


def _is_staff(person: Person) -> bool:
    # Whoever is signed in came with their account: no query.
    account: Account | None = getattr(person, "account", None)
    return account is not None and account.is_active and account.is_staff
