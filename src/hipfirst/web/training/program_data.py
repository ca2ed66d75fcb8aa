# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract for programs, rhythm, days away and reminders."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.models import Following, Holiday, Reminder, Rhythm

MODELS: tuple[type[Model], ...] = (Following, Rhythm, Holiday, Reminder)


def _count(person: Person) -> int:
    return sum(model._default_manager.filter(person=person).count() for model in MODELS)  # noqa: SLF001


@transaction.atomic
def _adopt(giver: Person, taker: Person) -> None:
    """What there may be only one of stays as the taker has it."""
    if Following.objects.filter(person=taker, ended_at=None).exists():
        mine = Following.objects.filter(person=giver, ended_at=None)
        mine.update(ended_at=timezone.now())
    if Rhythm.objects.filter(person=taker).exists():
        Rhythm.objects.filter(person=giver).delete()
    told = Reminder.objects.filter(person=taker).values("day")
    Reminder.objects.filter(person=giver, day__in=told).delete()
    for model in MODELS:
        model._default_manager.filter(person=giver).update(person=taker)  # noqa: SLF001


def _export(person: Person) -> JsonValue:
    followings = Following.objects.filter(person=person).order_by("created", "pk")
    holidays = Holiday.objects.filter(person=person).order_by("first", "pk")
    reminders = Reminder.objects.filter(person=person).order_by("day")
    rhythm = Rhythm.objects.filter(person=person).first()
    return {
        "followed": [_following(each) for each in followings],
        "rhythm": _rhythm(rhythm) if rhythm else {},
        "days_away": [
            {"first": each.first.isoformat(), "last": each.last.isoformat()} for each in holidays
        ],
        "reminders": [
            {"day": each.day.isoformat(), "sent": each.sent_at.isoformat()} for each in reminders
        ],
    }


def _following(row: Following) -> JsonValue:
    return {
        "program": row.program,
        "started_on": row.started_on.isoformat(),
        "ended": row.ended_at.isoformat() if row.ended_at else None,
    }


def _rhythm(row: Rhythm) -> JsonValue:
    """The address of the calendar is a key, and no copy holds it."""
    return {
        "time_zone": row.time_zone,
        "weekdays": list(row.weekdays),
        "remind": row.remind,
        "remind_at": row.remind_at.isoformat(timespec="minutes"),
        "quiet_from": row.quiet_from.isoformat(timespec="minutes"),
        "quiet_to": row.quiet_to.isoformat(timespec="minutes"),
        "calendar": bool(row.calendar_token),
    }


@transaction.atomic
def _erase(person: Person) -> int:
    return sum(model._default_manager.filter(person=person).delete()[0] for model in MODELS)  # noqa: SLF001


PROGRAMS = PersonData(
    name="programs",
    title=ngettext_lazy(
        "One note of your program, your training days or a reminder.",
        "%(count)d notes of your programs, your training days and reminders.",
        "count",
    ),
    files={
        "programs_followed": TableFile("programs", _("the programs you followed")),
        "programs_rhythm": TableFile("rhythm", _("when you train and are reminded")),
        "programs_days_away": TableFile("days_away", _("days you were away")),
        "programs_reminders": TableFile("reminders", _("reminders that went to you")),
    },
    models=frozenset(
        {"training.following", "training.rhythm", "training.holiday", "training.reminder"}
    ),
    count=_count,
    adopt=_adopt,
    export=_export,
    erase=_erase,
)
