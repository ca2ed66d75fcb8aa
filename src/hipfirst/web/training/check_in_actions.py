# SPDX-License-Identifier: Apache-2.0
"""The writes of check-ins: keep what was told, name an activity, forget all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.models import Consent, Person
from hipfirst.web.training.actions import check_save
from hipfirst.web.training.check_ins import activity_of
from hipfirst.web.training.hooks import told_erase
from hipfirst.web.training.models import Activity, CheckIn, Run
from hipfirst.web.training.queries import check_newest, kept_since
from hipfirst.web.training.questions import CONSENT, Answers
from hipfirst.web.training.rhythm import day_of, rhythm_of

SWOLLEN = "swollen"
"""The red flag that new swelling is."""


@dataclass(frozen=True)
class Told:
    """A check-in as it was answered."""

    left: int
    right: int
    """Pain [0 to 10]."""
    swelling: bool = False
    activity: str = ""
    """Its name, where one was named now; empty: the one there is, or none."""
    hard: int | None = None


@transaction.atomic
def check_in_save(
    *, person: Person, kind: CheckIn.Kind, told: Told, run: Run | None, now: datetime
) -> CheckIn:
    """Keep what was just told; new swelling stops sessions as a sign in the knee check does.

    Whoever asks has made sure that the words of consent were agreed to: now, or before.
    """
    agreed = consent_give(person=person, purpose=Consent.Purpose.HEALTH, version=CONSENT)
    activity = _activity(person, told.activity, now) if kind == CheckIn.Kind.WEEK else None
    row = CheckIn(
        person=person,
        kind=kind,
        at=now,
        day=day_of(rhythm_of(person=person), now),
        run=run,
        left=told.left,
        right=told.right,
        swelling=told.swelling,
        activity=activity if told.hard is not None else None,
        hard=told.hard if activity else None,
        consent=agreed.version,
    )
    row.full_clean()
    row.save(force_insert=True)
    if told.swelling:
        before = check_newest(person=person)
        band = before.age_band if before else ""
        answers = Answers(age_band=band, red_flags=(SWOLLEN,))
        check_save(person=person, answers=answers, told_in=row)
    return row


def _activity(person: Person, name: str, now: datetime) -> Activity | None:
    """The one that is asked about from now on; of another, what was told stays."""
    standing = activity_of(person=person)
    if not name or (standing and standing.name == name):
        return standing
    if standing:
        standing.ended_at = now
        standing.save(update_fields=["ended_at"])
    row = Activity(person=person, name=name, created=now)
    row.full_clean()
    row.save(force_insert=True)
    return row


def check_ins_purge(now: datetime | None = None) -> int:
    """Erase the check-ins of visitors that are too old to be kept, and activities that nothing is
    told of any more; returns the number of rows.
    """
    since = kept_since(now)
    old = CheckIn.objects.filter(person__account=None, at__lt=since)
    unused = Activity.objects.filter(person__account=None, created__lt=since, check_ins=None)
    return old.delete()[0] + unused.delete()[0]


def check_ins_adopt(giver: Person, taker: Person) -> None:
    """Of two activities that are asked about, the taker's own goes on."""
    if activity_of(person=taker):
        standing = Activity.objects.filter(person=giver, ended_at=None)
        standing.update(ended_at=timezone.now())
    Activity.objects.filter(person=giver).update(person=taker)
    CheckIn.objects.filter(person=giver).update(person=taker)


@transaction.atomic
def check_ins_erase(person: Person) -> int:
    """Erase them, the stop that new swelling is, the activities they ask about, and whatever else
    holds them.
    """
    elsewhere = told_erase(person)
    told = CheckIn.objects.filter(person=person).delete()[0]
    return elsewhere + told + Activity.objects.filter(person=person).delete()[0]
