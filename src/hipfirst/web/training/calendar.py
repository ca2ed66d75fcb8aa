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
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.planning.program import schedule
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.access import may_see
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import site_settings
from hipfirst.web.training.access import is_stopped
from hipfirst.web.training.models import Rhythm
from hipfirst.web.training.program_queries import Followed, followed_of
from hipfirst.web.training.rhythm import day_of, zone_of

FRESH_S = 900


@dataclass(frozen=True)
class Planned:
    """One session to come."""

    uid: str
    on: date
    week: int
    """Of the program, from 1."""


@dataclass(frozen=True)
class Feed:
    """Everything that a calendar is written from, and so what it is known by."""

    site: str
    language: str
    zone: str
    today: date
    url: str
    """Of the page that says what a session is on its day."""
    sessions: tuple[Planned, ...]


@require_safe
@cache_control(private=True, max_age=FRESH_S)
def feed(request: HttpRequest, calendar_token: str) -> HttpResponseBase:
    """The address is the key: no cookie is read or given. Http404 for any other token."""
    rhythm = rhythm_of_token(calendar_token)
    if rhythm is None:
        raise Http404("no such calendar")
    from hipfirst.web.training.calendar_text import written  # noqa: PLC0415 loads icalendar

    body = written(feed_of(rhythm.person, rhythm, now=timezone.now()))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["Content-Disposition"] = 'inline; filename="training.ics"'
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    answer = get_conditional_response(request, response["ETag"], response=response)
    return answer or response


def rhythm_of_token(token: str) -> Rhythm | None:
    """One query. An empty token is nobody's, and so is that of an account that is about to be
    erased: whoever keeps the account has it back.
    """
    rows = Rhythm.objects.select_related("person").exclude(calendar_token="")
    live = rows.filter(person__account__erase_at=None)
    return live.filter(calendar_token=token).first() if "\0" not in token else None


def feed_of(person: Person, rhythm: Rhythm, *, now: datetime) -> Feed:
    """Today and the planned days after it; empty where no program is followed or open, and while
    a sign that somebody should look at stops sessions.
    """
    followed = followed_of(person=person, now=now)
    is_open = followed is not None and may_see(person, followed.document)
    is_open = is_open and not is_stopped(person)
    return Feed(
        site=site_settings().name,
        language=get_language() or "",
        zone=zone_of(rhythm).key,
        today=day_of(rhythm, now),
        url=whole_url(None, reverse("training:today")),
        sessions=tuple(_planned(followed)) if followed and is_open else (),
    )


def _planned(followed: Followed) -> Iterator[Planned]:
    plan = schedule(followed.course, followed.today)
    for day in (*plan.days, *plan.ahead):
        if day.step and day.state in {"today", "planned"}:
            yield Planned(_uid(followed, day.step.number), day.on, day.step.week)


def _uid(followed: Followed, step: int) -> str:
    """The same session of the same course keeps its UID when it moves to another day. It tells
    nobody whose it is.
    """
    words = f"calendar {followed.following.pk} {step}".encode()
    key = settings.SECRET_KEY.encode()
    return f"{hmac.new(key, words, hashlib.sha256).hexdigest()[:32]}@hipfirst"
