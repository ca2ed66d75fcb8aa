# SPDX-License-Identifier: Apache-2.0
"""Mails on training days, for who wants them: at their time, by their calendar, once a day.

Nobody is reminded of what is done, of a day away, or of a program that is not open to them; a
reminder that could not go within some hours of its time does not come at all.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from hipfirst.planning.program import Day, schedule
from hipfirst.web.accounts.mails import mail_fault
from hipfirst.web.library.access import may_see
from hipfirst.web.training.access import is_stopped
from hipfirst.web.training.models import Following, Reminder, Rhythm
from hipfirst.web.training.program_queries import followed_of
from hipfirst.web.training.reminder_mail import reminder_send
from hipfirst.web.training.rhythm import day_of, moment_of, weekdays_of, zone_of
from hipfirst.web.training.rhythm_forms import is_quiet

_log = logging.getLogger(__name__)
EVERY = timedelta(minutes=5)
LATE = timedelta(hours=3)
"""How long after its time a reminder may still go: later it is noise."""
KEPT = timedelta(days=60)
_UNREACHABLE = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


def reminders_deliver(*, now: datetime) -> int:
    """Send what is due; returns the number of mails that went out.

    One mail that cannot be sent is logged and tried again at the next look, and keeps no other from
    going; where nobody answers, the rest waits.
    """
    sent = 0
    for rhythm in _at_their_time(now):
        day = _due(rhythm, now)
        if day is None or not _claim(rhythm, day.on, now):
            continue
        try:
            reminder_send(account=rhythm.person.account, day=day)
            sent += 1
        except Exception as error:  # noqa: BLE001 whatever it is, the others are reminded too
            _log.error("a reminder could not be sent: %s", _fault(error))
            Reminder.objects.filter(person=rhythm.person, day=day.on).delete()
            if _is_unreachable(error):
                break
    return sent


def reminders_purge(*, now: datetime) -> int:
    """Forget what was sent long ago; returns the number of rows."""
    return Reminder.objects.filter(sent_at__lt=now - KEPT).delete()[0]


def remind_moment(rhythm: Rhythm, on: date) -> datetime:
    """When to remind of that day, in UTC: at the chosen time, and at the end of the quiet hours of
    that day where it falls into them.
    """
    quiet = is_quiet(rhythm.remind_at, rhythm.quiet_from, rhythm.quiet_to)
    return moment_of(rhythm, on, rhythm.quiet_to if quiet else rhythm.remind_at)


def _at_their_time(now: datetime) -> Iterator[Rhythm]:
    """Who wants to be reminded at this time of a day on which they train. One query, whose rows
    are looked at one by one: zones differ.
    """
    follows = Following.objects.filter(person=OuterRef("person"), ended_at=None)
    rows = Rhythm.objects.filter(
        Exists(follows),
        remind=True,
        person__account__is_active=True,
        person__account__erase_at=None,
    )
    for rhythm in rows.select_related("person__account").order_by("pk"):
        today = day_of(rhythm, now)
        since = now.astimezone(UTC) - remind_moment(rhythm, today)
        # What is late must not fall into the quiet hours, either.
        clock = now.astimezone(zone_of(rhythm)).time()
        if is_quiet(clock, rhythm.quiet_from, rhythm.quiet_to):
            continue
        if today.weekday() in weekdays_of(rhythm) and timedelta(0) <= since < LATE:
            yield rhythm


def _due(rhythm: Rhythm, now: datetime) -> Day | None:
    """The day to be reminded of; None: nothing is left to do today, or may be done."""
    person, today = rhythm.person, day_of(rhythm, now)
    if Reminder.objects.filter(person=person, day=today).exists():
        return None
    followed = followed_of(person=person, now=now)
    if followed is None or not may_see(person, followed.document) or is_stopped(person):
        return None
    day = next(day for day in schedule(followed.course, today).days if day.on == today)
    # Whoever has trained today, whatever it was, needs no reminder.
    return day if day.state == "today" and not day.sessions else None


def _claim(rhythm: Rhythm, on: date, now: datetime) -> bool:
    """Noted before it is sent: if all breaks in between, a mail is lost and none comes twice."""
    try:
        with transaction.atomic():
            Reminder.objects.create(person=rhythm.person, day=on, sent_at=now)
    except IntegrityError:
        return False
    return True


def _fault(error: Exception) -> str:
    """Of what is no fault of sending, the kind alone: its words may hold an address."""
    if isinstance(error, OSError | smtplib.SMTPException):
        return mail_fault(error)
    return type(error).__name__


def _is_unreachable(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, _UNREACHABLE)
    return isinstance(error, OSError)
