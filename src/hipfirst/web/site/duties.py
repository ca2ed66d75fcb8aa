# SPDX-License-Identifier: Apache-2.0
"""Work that comes due by itself: each app says what it has, the housekeeping does it.

    register_duty(Duty("deliver notices", notices_deliver, timedelta(minutes=1)))

in `AppConfig.ready`. Of all processes one does a duty at a time, and no more often than it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from hipfirst.web.site.models import Due

LONGEST = timedelta(minutes=10)
"""After that, whoever took a duty is given up, and another process may do it."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Duty:
    name: str
    """At most 40 characters, as the log and `hipfirst manage housekeep` say it."""
    work: Callable[[datetime], int]
    """Does what is due at that moment; returns how much it did. Doing it twice does no harm."""
    every: timedelta


_duties: dict[str, Duty] = {}


def register_duty(duty: Duty) -> None:
    """Add a duty; another one of the same name is a mistake and raises."""
    known = _duties.setdefault(duty.name, duty)
    if (known.every, known.work.__qualname__) != (duty.every, duty.work.__qualname__):
        raise ImproperlyConfigured(f"the duty {duty.name!r} is registered twice")


def duties() -> tuple[Duty, ...]:
    """Every duty, those of lower apps first."""
    return tuple(_duties.values())


def due_among(them: tuple[Duty, ...], now: datetime) -> tuple[Duty, ...]:
    """Those that nobody does and that are to be done. One query."""
    at = dict(Due.objects.values_list("duty", "at"))
    return tuple(duty for duty in them if duty.name not in at or at[duty.name] <= now)


def take(duty: Duty, now: datetime) -> datetime | None:
    """Until when it is ours; None: not due, or somebody else's. Of all who ask, one gets it."""
    until = now + max(duty.every, LONGEST)
    with transaction.atomic():
        Due.objects.bulk_create([Due(duty=duty.name, at=now)], ignore_conflicts=True)
        taken = Due.objects.filter(duty=duty.name, at__lte=now).update(at=until)
    return until if taken else None


def done(duty: Duty, now: datetime, until: datetime) -> None:
    """It was begun at `now` and done: due again after its time. Whoever took so long that somebody
    else took it meanwhile changes nothing.
    """
    Due.objects.filter(duty=duty.name, at=until).update(at=now + duty.every)
