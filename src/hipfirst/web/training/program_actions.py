# SPDX-License-Identifier: Apache-2.0
"""The writes of a program: follow it, leave it. What was logged stays either way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hipfirst.web.accounts.models import Person
from hipfirst.web.library.models import Document
from hipfirst.web.training.models import Following
from hipfirst.web.training.program_queries import following_of
from hipfirst.web.training.rhythm import day_of, rhythm_of
from hipfirst.web.training.rhythm_actions import zone_note


@transaction.atomic
def program_follow(
    *, person: Person, program: Document, now: datetime, zone: str = "", again: bool = False
) -> Following:
    """Begin a program today, by the person's own calendar; `zone` is what the browser says of it.

    Whoever follows it already goes on, or (`again`) begins anew. Another program is left.
    """
    # Two presses of the same button wait for each other here.
    Person.objects.select_for_update().get(pk=person.pk)
    standing = following_of(person=person)
    if standing and standing.program == program.slug and not again:
        return standing
    zone_note(person=person, zone=zone)
    program_leave(person=person, now=now)
    started = day_of(rhythm_of(person=person), now)
    row = Following(person=person, program=program.slug, started_on=started, created=now)
    row.full_clean()
    row.save(force_insert=True)
    return row


def program_leave(*, person: Person, now: datetime, program: str = "") -> bool:
    """Follow nothing any more, or (`program`) not this one; whether there was any to leave."""
    rows = Following.objects.filter(person=person, ended_at=None)
    if program:
        rows = rows.filter(program=program)
    return rows.update(ended_at=now) > 0
