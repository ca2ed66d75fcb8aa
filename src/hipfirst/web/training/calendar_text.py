# SPDX-License-Identifier: Apache-2.0
"""A calendar feed as iCalendar text. Only the first feed that is asked for loads the library that
writes it: it takes 7 MiB.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from hipfirst.web.training.calendar import Feed, Planned

PRODUCT = "-//Hipfirst//Training days//EN"
ASK_AGAIN = timedelta(hours=6)
"""How often calendars are asked to look for changes."""
_DAY = timedelta(days=1)


# Calendars ask many times a day, and the answer seldom changes.
@lru_cache(maxsize=64)
def written(feed: Feed) -> bytes:
    """The calendar as it is sent."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    # No METHOD: with one, some programs take a feed for an invitation (RFC 5546).
    calendar.add("name", _("Training at %(site)s") % {"site": feed.site})
    calendar.add("x-wr-calname", _("Training at %(site)s") % {"site": feed.site})
    calendar.add("x-wr-timezone", feed.zone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    for session in feed.sessions:
        calendar.add_component(_event(feed, session))
    if not feed.sessions:
        # A calendar without any component is none (RFC 5545, 3.6).
        calendar.add_component(_zone(feed))
    body: bytes = calendar.to_ical()
    return body


def _event(feed: Feed, session: Planned) -> Event:
    event = Event()
    event.add("uid", session.uid)
    # As it was planned on this day: within a day the feed changes only when the plan does.
    midnight = datetime.combine(feed.today, time(), tzinfo=ZoneInfo(feed.zone))
    event.add("dtstamp", midnight.astimezone(UTC))
    event.add("dtstart", session.on)
    event.add("dtend", session.on + _DAY)
    event.add("summary", _("Training, week %(week)s") % {"week": session.week})
    event.add("description", _("What it is on that day: %(url)s") % {"url": feed.url})
    event.add("url", feed.url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _zone(feed: Feed) -> Timezone:
    year = timedelta(days=366)
    return Timezone.from_tzid(feed.zone, first_date=feed.today - year, last_date=feed.today + year)
