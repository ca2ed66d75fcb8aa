# SPDX-License-Identifier: Apache-2.0
"""When somebody trains, by their own calendar: days, zone, days away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from hipfirst.planning.program import AHEAD_DAYS, Away
from hipfirst.web.accounts.models import Person
from hipfirst.web.membership.queries import pauses_of
from hipfirst.web.shared.once import once
from hipfirst.web.training.models import Holiday, Rhythm

WEEKDAYS = (0, 2, 4)
"""Monday, Wednesday, Friday, until somebody chooses others."""
UTC_NAME = "UTC"
_DAY = timedelta(days=1)


@once
def rhythm_of(*, person: Person) -> Rhythm:
    """The person's row, or an unsaved one with the defaults. One query."""
    return Rhythm.objects.filter(person=person).first() or Rhythm(person=person)


def weekdays_of(rhythm: Rhythm) -> frozenset[int]:
    """Days of training, Monday 0 to Sunday 6."""
    return frozenset(rhythm.weekdays) or frozenset(WEEKDAYS)


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Zones to choose from: UTC, then places by their names, each by the one in use today.

    Names of before are kept where they were chosen, and are no choice any more.
    """
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    places = {row[2] for row in rows} & available_timezones()
    return (UTC_NAME, *sorted(places))


def is_zone(name: str) -> bool:
    """Whether days can be counted by a zone of this name."""
    return name in available_timezones()


def zone_of(rhythm: Rhythm) -> ZoneInfo:
    """UTC where the name is none that this machine knows."""
    try:
        return ZoneInfo(rhythm.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(UTC_NAME)


def day_of(rhythm: Rhythm, at: datetime) -> date:
    """The day of that moment where the person is."""
    return at.astimezone(zone_of(rhythm)).date()


def moment_of(rhythm: Rhythm, on: date, at: time) -> datetime:
    """The moment, in UTC, at which a clock at the person's place shows `at` on that day.

    An hour that the clocks leave out in spring counts as the one after it; of an hour that comes
    twice in autumn the first counts.
    """
    return datetime.combine(on, at, tzinfo=zone_of(rhythm)).astimezone(UTC)


def holidays_of(*, person: Person) -> Sequence[Holiday]:
    """Earliest first. One query."""
    return list(Holiday.objects.filter(person=person).order_by("first", "pk"))


def away_of(*, person: Person, rhythm: Rhythm, today: date) -> tuple[Away, ...]:
    """Holidays, and days on which the membership was or is paused. Two queries."""
    days = [Away(each.first, each.last) for each in holidays_of(person=person)]
    return (*days, *_paused(person, rhythm, today))


def _paused(person: Person, rhythm: Rhythm, today: date) -> Iterator[Away]:
    """Whole days between a pause and its end: on the day it is taken up again one may train."""
    tonight = moment_of(rhythm, today + _DAY, time())
    for pause in pauses_of(person=person, now=tonight):
        first = day_of(rhythm, pause.start)
        ahead = today + (AHEAD_DAYS + 7) * _DAY
        last = day_of(rhythm, pause.end) - _DAY if pause.end else ahead
        if first <= last:
            yield Away(first, last)
