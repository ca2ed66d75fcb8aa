# SPDX-License-Identifier: Apache-2.0
"""The knee check: three short steps, its advice, and its end. Nothing here needs a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipfirst.planning.red_flags import UNDER_16, Advice, RedFlag
from hipfirst.web.accounts.access import (
    current_account,
    current_person,
    ensure_person,
    person_locked,
    remember,
)
from hipfirst.web.accounts.models import Consent
from hipfirst.web.accounts.queries import consents_in_force
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.actions import answers_erase, check_save
from hipfirst.web.training.forms import CheckForm, FieldView, form_of, form_sent
from hipfirst.web.training.kept_actions import kept_unplayed_erase
from hipfirst.web.training.knees import is_old, signs_of
from hipfirst.web.training.models import KneeCheck
from hipfirst.web.training.queries import KEPT_DAYS, check_answered, check_newest
from hipfirst.web.training.questions import CONSENT, STEPS, Answers

MAX_NEXT = 200
"""Longest address to go on to."""


@dataclass(frozen=True)
class Standing:
    """The newest check, as far as the page speaks of it."""

    created: datetime
    old: bool
    """So old that it is time to ask again."""
    fine: bool
    stopped: bool
    """A sign was answered with yes."""
    told_in: bool
    """It is new swelling, told in a check-in, and does not go with the answers."""


@dataclass(frozen=True)
class CheckPage:
    step: int
    steps: range
    fields: Mapping[str, FieldView]
    faulty: tuple[FieldView, ...]
    carried: tuple[tuple[str, str], ...]
    seen: int
    next: str
    """Where to go on afterwards; empty: to the sessions."""
    kept_days: int
    member: bool
    """Answers stay until they are erased."""
    consented: datetime | None
    """When a member agreed that they are kept; None: that is asked here."""
    standing: Standing | None
    erased: bool
    """The answers were erased just now."""


@dataclass(frozen=True)
class Under16Page:
    advice: Advice
    carried: tuple[tuple[str, str], ...]
    next: str


@dataclass(frozen=True)
class AdvicePage:
    flags: tuple[RedFlag, ...]
    kept: bool
    """The answers were kept, and no session starts until they are given anew."""


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def check(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _sent(request)
    person = current_person(request)
    before = check_answered(person=person) if person else None
    return _page(request, form_of(before, consented=_consented(request) is not None), step=1)


@require_safe
@cache_control(private=True, no_store=True)
def advice(request: HttpRequest) -> HttpResponse:
    """What to do about the signs of the newest check; without any, the check itself."""
    check = _newest(request)
    if check is None or not (flags := signs_of(check)):
        return redirect("training:check")
    return _advice(request, flags, kept=True)


@require_POST
def check_fine(request: HttpRequest) -> HttpResponseRedirect:
    """One tap: my knees are fine. Of a stranger nothing is kept, since nothing needs to be."""
    with transaction.atomic():
        # Whoever erased everything meanwhile is a stranger by now.
        person = person_locked(request)
        before = check_newest(person=person) if person else None
        if before and signs_of(before):
            return redirect("training:advice")
        if person and before:
            check_save(person=person, answers=Answers(age_band=before.age_band, fine=True))
    return redirect(_next(request) or "library:catalogue")


@require_POST
@transaction.atomic
def check_erase(request: HttpRequest) -> HttpResponseRedirect:
    """Erase the answers, the pages for a professional that hold them, and the plans made from them
    that were taken along and not played.
    """
    if person := person_locked(request):
        answers_erase(person)
        kept_unplayed_erase(person)
    return redirect(reverse("training:check") + "?erased")


@transaction.atomic
def _sent(request: HttpRequest) -> HttpResponse:
    # Whoever takes the agreement back meanwhile waits, or has done it: then it is asked anew.
    person = person_locked(request)
    before = check_answered(person=person) if person else None
    agreed = _consented(request) is not None
    return _answered(request, form_sent(request.POST, before, consented=agreed))


def _answered(request: HttpRequest, form: CheckForm) -> HttpResponse:
    """The step after the one that was sent, or whatever comes before it."""
    if form.signs:
        return _stopped(request, form)
    if "back" in request.POST:
        return _page(request, form, step=max(1, form.step - 1))
    if form.faults:
        return _page(request, form, step=form.first_faulty, faulty=True)
    if form.young and form.step == 1 and "advised" not in request.POST:
        page = Under16Page(UNDER_16.said(_), form.carried(0), _next(request))
        return render_page(request, "training/under_16.html", page)
    if form.step < STEPS:
        return _page(request, form, step=form.step + 1)
    messages.success(request, _("Thank you. Each session now says what it changes for your knees."))
    return _kept(request, form.answers(), _afterwards(request))


def _stopped(request: HttpRequest, form: CheckForm) -> HttpResponse:
    """A sign is answered at once, whatever else is missing, and kept only where that is agreed."""
    answers = Answers(age_band="teen" if form.young else "", red_flags=form.signs)
    if form.agreed:
        return _kept(request, answers, reverse("training:advice"))
    return _advice(request, signs_of(answers), kept=False)


def _kept(request: HttpRequest, answers: Answers, url: str) -> HttpResponseRedirect:
    person = ensure_person(request)
    check_save(person=person, answers=answers)
    return remember(request, HttpResponseRedirect(url), person)


def _advice(request: HttpRequest, flags: tuple[RedFlag, ...], *, kept: bool) -> HttpResponse:
    page = AdvicePage(tuple(flag.said(_) for flag in flags), kept)
    return render_page(request, "training/advice.html", page)


def _page(
    request: HttpRequest, form: CheckForm, *, step: int, faulty: bool = False
) -> HttpResponse:
    fields = form.fields(step)
    check = _newest(request)
    page = CheckPage(
        step=step,
        steps=range(1, STEPS + 1),
        fields=fields,
        faulty=tuple(each for each in fields.values() if each.error) if faulty else (),
        carried=form.carried(step),
        seen=form.seen,
        next=_next(request),
        kept_days=KEPT_DAYS,
        member=current_account(request) is not None,
        consented=_consented(request),
        standing=_standing(check) if check else None,
        erased="erased" in request.GET and (check is None or check.told_in_id is not None),
    )
    return render_page(request, "training/check.html", page, status=400 if faulty else 200)


def _consented(request: HttpRequest) -> datetime | None:
    """When a member agreed to the words in force. A visitor is asked each time: browsers change
    hands.
    """
    account = current_account(request)
    agreed = (
        consents_in_force(person=account.person).get(Consent.Purpose.HEALTH) if account else None
    )
    return agreed.given_at if agreed and agreed.version == CONSENT else None


def _standing(check: KneeCheck) -> Standing:
    stopped, told_in = bool(signs_of(check)), check.told_in_id is not None
    return Standing(check.created, is_old(check), check.fine, stopped, told_in)


def _newest(request: HttpRequest) -> KneeCheck | None:
    person = current_person(request)
    return check_newest(person=person) if person else None


def _afterwards(request: HttpRequest) -> str:
    """A session's page opens where it says what is different."""
    given = _next(request) or reverse("library:catalogue")
    return f"{given}#today" if given.startswith("/sessions/") and "#" not in given else given


def _next(request: HttpRequest) -> str:
    """The page of this site to go on to; empty for anything else."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    here = len(given) <= MAX_NEXT and given.startswith("/")
    return given if here and url_has_allowed_host_and_scheme(given, allowed_hosts=None) else ""
