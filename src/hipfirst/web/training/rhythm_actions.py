# SPDX-License-Identifier: Apache-2.0
"""The writes of when somebody trains: days, zone, reminders, days away, the calendar's address."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.training.models import Holiday, Rhythm
from hipfirst.web.training.rhythm import is_zone

TOKEN_BYTES = 32
CHOSEN = frozenset({"time_zone", "weekdays", "remind", "remind_at", "quiet_from", "quiet_to"})
"""Fields of Rhythm that its page sets."""


@transaction.atomic
def rhythm_save(*, person: Person, chosen: Mapping[str, Any]) -> Rhythm:
    """`chosen`: fields of Rhythm; what is not named stays. Raises ValidationError."""
    unknown = set(chosen) - CHOSEN
    assert not unknown, f"{unknown} cannot be chosen; allowed: {sorted(CHOSEN)}"
    row, _made = Rhythm.objects.select_for_update().get_or_create(person=person)
    for name, value in chosen.items():
        setattr(row, name, value)
    row.full_clean(exclude=["person"])
    row.save()
    return row


def zone_note(*, person: Person, zone: str) -> None:
    """Keep the zone that the browser says, where nobody chose one yet. A wrong one is ignored."""
    if is_zone(zone):
        Rhythm.objects.get_or_create(person=person, defaults={"time_zone": zone})


def holiday_add(*, person: Person, first: date, last: date) -> Holiday:
    """Days away, both ends counted. The same days twice are one. Raises ValidationError."""
    known = Holiday.objects.filter(person=person, first=first, last=last).first()
    if known:
        return known
    row = Holiday(person=person, first=first, last=last)
    row.full_clean()
    row.save(force_insert=True)
    return row


def holiday_remove(*, person: Person, holiday_id: int) -> bool:
    """Whether there was one of this person to remove."""
    return Holiday.objects.filter(person=person, pk=holiday_id).delete()[0] > 0


def calendar_make(*, person: Person) -> str:
    """A new address of the calendar; returns its token. One that was given before opens nothing."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Rhythm.objects.update_or_create(person=person, defaults={"calendar_token": token})
    return token


def calendar_remove(*, person: Person) -> None:
    Rhythm.objects.filter(person=person).update(calendar_token="")


@transaction.atomic
def reminders_stop(*, account_id: int) -> None:
    """No more reminders. Of an account that is gone, there is nothing to stop."""
    account = Account.objects.filter(pk=account_id).first()
    if account:
        Rhythm.objects.filter(person=account.person).update(remind=False)
