# SPDX-License-Identifier: Apache-2.0
"""The calendar feed: the training days to come, under an address that only its owner knows.

What was done is no part of it: a calendar is often shared, and a log is nobody else's. Titles say
no word of health for the same reason. Events are of the whole day and leave it free: when somebody
trains is up to them.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone

from hipfirst.planning.program import Day, schedule
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.access import may_see
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import site_settings
from hipfirst.web.training.models import Rhythm
from hipfirst.web.training.program_queries import Followed, followed_of
from hipfirst.web.training.rhythm import zone_of

PRODUCT = "-//Hipfirst//Training days//EN"
ASK_AGAIN = timedelta(hours=6)
"""How often calendars are asked to look for changes."""
FRESH_S = 900
_DAY = timedelta(days=1)


@require_safe
@cache_control(private=True, max_age=FRESH_S)
def feed(request: HttpRequest, calendar_token: str) -> HttpResponseBase:
    """The address is the key: no cookie is read or given. Http404 for any other token."""
    rhythm = rhythm_of_token(calendar_token)
    if rhythm is None:
        raise Http404("no such calendar")
    body = calendar_of(rhythm.person, rhythm, now=timezone.now()).to_ical()
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["Content-Disposition"] = 'inline; filename="training.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    answer = get_conditional_response(request, response["ETag"], response=response)
    return answer or response


def rhythm_of_token(token: str) -> Rhythm | None:
    """One query. An empty token is nobody's."""
    rows = Rhythm.objects.select_related("person").exclude(calendar_token="")
    return rows.filter(calendar_token=token).first() if "\0" not in token else None


def calendar_of(person: Person, rhythm: Rhythm, *, now: datetime) -> Calendar:
    """Today and the planned days after it; empty where no program is followed or open."""
    name = site_settings().name
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("Training at %(site)s") % {"site": name})
    calendar.add("x-wr-calname", _("Training at %(site)s") % {"site": name})
    calendar.add("x-wr-timezone", zone_of(rhythm).key)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    followed = followed_of(person=person, now=now)
    if followed and may_see(person, followed.document):
        for event in _events(followed, rhythm):
            calendar.add_component(event)
    if not calendar.subcomponents:
        # A calendar without any component is none (RFC 5545, 3.6).
        calendar.add_component(_zone(rhythm, now))
    return calendar


def _events(followed: Followed, rhythm: Rhythm) -> Iterator[Event]:
    plan = schedule(followed.course, followed.today)
    url = whole_url(None, reverse("training:today"))
    for day in (*plan.days, *plan.ahead):
        if day.step and day.state in {"today", "planned"}:
            yield _event(followed, rhythm, day, url)


def _event(followed: Followed, rhythm: Rhythm, day: Day, url: str) -> Event:
    assert day.step, f"{day.on} has no session"
    event = Event()
    event.add("uid", _uid(followed, day.step.number))
    # As it was planned on this day: within a day the feed changes only when the plan does.
    midnight = datetime.combine(followed.today, time(), tzinfo=zone_of(rhythm))
    event.add("dtstamp", midnight.astimezone(UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + _DAY)
    event.add("summary", _("Training, week %(week)s") % {"week": day.step.week})
    event.add("description", _("What it is on that day: %(url)s") % {"url": url})
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _uid(followed: Followed, step: int) -> str:
    """The same session of the same course keeps its UID when it moves to another day. It tells
    nobody whose it is.
    """
    words = f"calendar {followed.following.pk} {step}".encode()
    key = settings.SECRET_KEY.encode()
    return f"{hmac.new(key, words, hashlib.sha256).hexdigest()[:32]}@hipfirst"


def _zone(rhythm: Rhythm, now: datetime) -> Timezone:
    year = timedelta(days=366)
    return Timezone.from_tzid(
        zone_of(rhythm).key, first_date=(now - year).date(), last_date=(now + year).date()
    )
