# SPDX-License-Identifier: Apache-2.0
"""A check-in of a session outside its time: why it is not asked now, and from when on it is.

Another question in its place would be answered for the wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.check_ins import (
    HOUR_FROM,
    HOUR_TO,
    NIGHT_ENDS,
    Due,
    due,
    due_of,
    ended_at,
    run_ended_last,
)
from hipfirst.web.training.models import CheckIn, Rhythm, Run
from hipfirst.web.training.rhythm import day_of, moment_of, rhythm_of, zone_of

Kind = CheckIn.Kind


@dataclass(frozen=True)
class ClosedPage:
    title: str
    heading: str
    why: str
    unsaved: bool
    """Something was sent, and is not kept."""
    instead: tuple[Due, ...]
    """What can be told now: first what is asked, at least the last week."""
    today_url: str


def closed(
    request: HttpRequest, *, person: Person | None, kind: CheckIn.Kind, now: datetime
) -> HttpResponse:
    """The page of a check-in that is not asked now; 409 where an answer was sent."""
    asked = due(person, now) if person else ()
    if all(each.kind != Kind.WEEK for each in asked):
        asked = (*asked, due_of(Kind.WEEK, None))
    heading, why = _said(person, kind, now)
    page = ClosedPage(
        title=due_of(kind, None).title,
        heading=heading,
        why=why,
        unsaved=request.method == "POST",
        instead=asked,
        today_url=reverse("training:today"),
    )
    status = 409 if page.unsaved else 200
    return render_page(request, "training/check_in_closed.html", page, status=status)


def times(kind: CheckIn.Kind, run: Run, rhythm: Rhythm, now: datetime) -> tuple[datetime, datetime]:
    """From when and until when the check-in after this run is asked: hour or morning."""
    ended = ended_at(run, now)
    if kind == Kind.HOUR:
        return ended + HOUR_FROM, ended + HOUR_TO
    evening = day_of(rhythm, ended - timedelta(hours=NIGHT_ENDS.hour))
    first, last = (moment_of(rhythm, evening + timedelta(days=n), NIGHT_ENDS) for n in (1, 2))
    return first, last


def _said(person: Person | None, kind: CheckIn.Kind, now: datetime) -> tuple[str, str]:
    """Heading and reason."""
    run = run_ended_last(person=person, now=now) if person else None
    if person is None or run is None:
        return _("No session to ask about"), _(
            "This asks how your knees took a session, and none has ended in the last days."
        )
    rhythm = rhythm_of(person=person)
    first, last = times(kind, run, rhythm, now)
    if now < first:
        return _("Not yet"), _(
            "How your knees took “%(session)s” is asked from %(when)s on. Come back then."
        ) % {"session": run.title, "when": _when(first, rhythm, now)}
    return _("The time for that has passed"), _(
        "How your knees took “%(session)s” was asked until %(when)s. Leaving it out is fine."
    ) % {"session": run.title, "when": _when(last, rhythm, now)}


def _when(at: datetime, rhythm: Rhythm, now: datetime) -> str:
    """The time where the person is; with the day, where that is another."""
    local = at.astimezone(zone_of(rhythm))
    # Rounded up: at the minute that is named, it is asked.
    if local.second or local.microsecond:
        local = local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    time = time_format(local.time(), "H:i")
    if local.date() == day_of(rhythm, now):
        return time
    return _("%(day)s, %(time)s") % {"day": date_format(local, "l, j F"), "time": time}
