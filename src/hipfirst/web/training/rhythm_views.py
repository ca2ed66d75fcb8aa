# SPDX-License-Identifier: Apache-2.0
"""The page of one's rhythm: days, zone, reminders, days away, the address of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from hipfirst.web.accounts.access import (
    current_account,
    current_person,
    ensure_person,
    person_locked,
    remember,
)
from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.models import Holiday, Rhythm
from hipfirst.web.training.rhythm import day_of, holidays_of, rhythm_of
from hipfirst.web.training.rhythm_actions import (
    calendar_make,
    calendar_remove,
    holiday_add,
    holiday_remove,
    rhythm_save,
)
from hipfirst.web.training.rhythm_forms import (
    HolidayForm,
    RhythmForm,
    ZoneGroup,
    zone_groups,
)

MOST_HOLIDAYS = 50
private = cache_control(private=True, no_store=True)


@dataclass(frozen=True)
class RhythmPage:
    form: RhythmForm
    away: HolidayForm
    zones: tuple[ZoneGroup, ...]
    zone: str
    zone_is_guess: bool
    """Nobody chose one yet: a script may fill in the browser's."""
    holidays: Sequence[Holiday]
    may_add: bool
    calendar_url: str
    """Empty: there is none."""
    subscribe_url: str
    """The same, for programs that subscribe to calendars."""
    mails_to: str
    """Address that reminders go to; empty: there is none."""


@require_http_methods(["GET", "HEAD", "POST"])
@private
def rhythm(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    row = rhythm_of(person=person) if person else Rhythm()
    sent = request.POST if request.method == "POST" else None
    form = RhythmForm(sent, rhythm=row, mails=current_account(request) is not None)
    if sent is None or not form.is_valid():
        return _page(request, person, row, form)
    with transaction.atomic():
        person = ensure_person(request)
        rhythm_save(person=person, chosen=form.cleaned_data)
    messages.success(request, _("Saved."))
    return remember(request, redirect("training:rhythm"), person)


@require_POST
@private
def holiday_new(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    row = rhythm_of(person=person) if person else Rhythm()
    form = HolidayForm(request.POST, today=day_of(row, timezone.now()))
    if person and not _may_add(holidays_of(person=person)):
        form.add_error(None, _("There are many days away already. Remove some first."))
    if not form.is_valid():
        return _page(request, person, row, away=form)
    with transaction.atomic():
        person = ensure_person(request)
        days = form.cleaned_data
        holiday_add(person=person, first=days["first"], last=days["last"])
    messages.success(request, _("Saved. Your sessions wait until you are back."))
    return remember(request, redirect(_at("away")), person)


@require_POST
@transaction.atomic
def holiday_end(request: HttpRequest, holiday_id: int) -> HttpResponseRedirect:
    person = person_locked(request)
    if person and holiday_remove(person=person, holiday_id=holiday_id):
        messages.success(request, _("Removed."))
    return redirect(_at("away"))


@require_POST
@transaction.atomic
def calendar_new(request: HttpRequest) -> HttpResponseRedirect:
    """The first address, or another one in its place."""
    person = ensure_person(request)
    calendar_make(person=person)
    messages.success(request, _("Here is the address. Whoever has it can read your plan."))
    return remember(request, redirect(_at("calendar")), person)


@require_POST
@transaction.atomic
def calendar_end(request: HttpRequest) -> HttpResponseRedirect:
    if person := person_locked(request):
        calendar_remove(person=person)
        messages.success(request, _("Removed. The address opens nothing any more."))
    return redirect(_at("calendar"))


def _page(
    request: HttpRequest,
    person: Person | None,
    row: Rhythm,
    form: RhythmForm | None = None,
    *,
    away: HolidayForm | None = None,
) -> HttpResponse:
    account = current_account(request)
    form = form or RhythmForm(None, rhythm=row, mails=account is not None)
    away = away or HolidayForm(today=day_of(row, timezone.now()))
    holidays = holidays_of(person=person) if person else ()
    zone = str(form["time_zone"].value() or row.time_zone)
    url = _calendar_url(request, row)
    page = RhythmPage(
        form=form,
        away=away,
        zones=zone_groups(zone),
        zone=zone,
        zone_is_guess=row.pk is None and not form.is_bound,
        holidays=holidays,
        may_add=_may_add(holidays),
        calendar_url=url,
        subscribe_url=f"webcal://{url.partition('://')[2]}" if url else "",
        mails_to=account.email if account else "",
    )
    wrong = form.errors or away.errors
    return render_page(request, "training/rhythm.html", page, status=400 if wrong else 200)


def _calendar_url(request: HttpRequest, row: Rhythm) -> str:
    if not row.calendar_token:
        return ""
    return whole_url(request, reverse("training:calendar", args=[row.calendar_token]))


def _may_add(holidays: Sequence[Holiday]) -> bool:
    return len(holidays) < MOST_HOLIDAYS


def _at(part: str) -> str:
    return f"{reverse('training:rhythm')}#{part}"
