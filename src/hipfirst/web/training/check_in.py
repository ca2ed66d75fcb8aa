# SPDX-License-Identifier: Apache-2.0
"""Check-ins: a screen of a few taps, saved with one. Nothing here needs a script."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from hipfirst.web.accounts.access import (
    current_account,
    current_person,
    ensure_person,
    person_locked,
    remember,
)
from hipfirst.web.accounts.models import Consent, Person
from hipfirst.web.accounts.queries import consents_in_force
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.check_in_actions import check_in_save, check_ins_erase
from hipfirst.web.training.check_in_form import AskView, CheckInForm, form_of, form_sent
from hipfirst.web.training.check_in_when import closed
from hipfirst.web.training.check_ins import (
    activity_of,
    check_in_newest,
    due_of,
    is_time,
    run_ended_last,
    url_of,
)
from hipfirst.web.training.kept_actions import kept_unplayed_erase
from hipfirst.web.training.models import Activity, CheckIn, Run
from hipfirst.web.training.queries import KEPT_DAYS, check_newest
from hipfirst.web.training.questions import CONSENT
from hipfirst.web.training.rhythm import rhythm_of
from hipfirst.web.training.rhythm_actions import zone_note

Kind = CheckIn.Kind


@dataclass(frozen=True)
class CheckInPage:
    title: str
    url: str
    session: str
    """Title of the session that it follows; empty: of none."""
    knees: tuple[AskView, ...]
    swelling: AskView | None
    hard: AskView | None
    named: AskView | None
    activity: str
    """The one that was named before; empty: none was."""
    consent: AskView | None
    faulty: tuple[AskView, ...]
    kept_days: int
    member: bool
    """Answers stay until they are erased."""
    erased: bool
    """All check-ins were erased just now."""


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check_in(request: HttpRequest) -> HttpResponse:
    """The worst of the last week, and one's own activity."""
    return _asked(request, Kind.WEEK)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check_in_hour(request: HttpRequest) -> HttpResponse:
    """60 minutes after a session; at other times, when it is asked."""
    return _asked(request, Kind.HOUR)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check_in_morning(request: HttpRequest) -> HttpResponse:
    """The morning after a session; at other times, when it is asked."""
    return _asked(request, Kind.MORNING)


@require_POST
@transaction.atomic
def check_in_erase(request: HttpRequest) -> HttpResponse:
    """Erase every check-in, and the plans made from them that were taken along and not played."""
    if person := person_locked(request):
        check_ins_erase(person)
        kept_unplayed_erase(person)
    return redirect(reverse("training:check-in") + "?erased")


def _asked(request: HttpRequest, kind: CheckIn.Kind) -> HttpResponse:
    if request.method == "POST":
        return _sent(request, kind)
    person = current_person(request)
    run = _run(person, kind)
    if kind != Kind.WEEK and run is None:
        return closed(request, person=person, kind=kind, now=timezone.now())
    activity = activity_of(person=person) if person and kind == Kind.WEEK else None
    agreed = _agreed(request)
    form = form_of(kind, activity, agreed=agreed, ticked=not agreed and _ticked(person))
    return _page(request, form, activity, run)


@transaction.atomic
def _sent(request: HttpRequest, kind: CheckIn.Kind) -> HttpResponse:
    # Whoever takes the agreement back meanwhile waits, or has done it: then it is asked anew.
    person = person_locked(request)
    run = _run(person, kind)
    if kind != Kind.WEEK and run is None:
        return closed(request, person=person, kind=kind, now=timezone.now())
    activity = activity_of(person=person) if person else None
    form = form_sent(request.POST, kind, activity, agreed=_agreed(request))
    if form.faults:
        return _page(request, form, activity, run)
    told = form.told()
    person = ensure_person(request)
    zone_note(person=person, zone=request.POST.get("time_zone", ""))
    check_in_save(person=person, kind=kind, told=told, run=run, now=timezone.now())
    where = "training:advice" if told.swelling else "training:check-in-answer"
    return remember(request, redirect(where), person)


def _run(person: Person | None, kind: CheckIn.Kind) -> Run | None:
    """The session that a check-in of this kind follows now; None: there is none."""
    if person is None or kind == Kind.WEEK:
        return None
    now = timezone.now()
    run = run_ended_last(person=person, now=now)
    fits = run is not None and is_time(kind, run, rhythm_of(person=person), now)
    return run if fits else None


def _agreed(request: HttpRequest) -> bool:
    """Whether a member agreed to the words in force. A visitor is asked each time: browsers
    change hands.
    """
    account = current_account(request)
    if account is None:
        return False
    agreed = consents_in_force(person=account.person).get(Consent.Purpose.HEALTH)
    return agreed is not None and agreed.version == CONSENT


def _ticked(person: Person | None) -> bool:
    """Whether the newest that was told was told with these words agreed to."""
    if person is None:
        return False
    newest = check_in_newest(person=person, now=timezone.now())
    return (newest or check_newest(person=person) or CheckIn(consent=0)).consent == CONSENT


def _page(
    request: HttpRequest, form: CheckInForm, activity: Activity | None, run: Run | None
) -> HttpResponse:
    due = due_of(form.kind, run)
    faulty = tuple(each for each in form.asked() if each.error)
    page = CheckInPage(
        title=due.title,
        url=url_of(form.kind),
        session=run.title if run else "",
        knees=form.knees(),
        swelling=form.swelling(),
        hard=form.hard(),
        named=form.named(),
        activity=activity.name if activity else "",
        consent=form.consent(),
        faulty=faulty,
        kept_days=KEPT_DAYS,
        member=current_account(request) is not None,
        erased="erased" in request.GET,
    )
    return render_page(request, "training/check_in.html", page, status=400 if faulty else 200)
