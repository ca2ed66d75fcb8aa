# SPDX-License-Identifier: Apache-2.0
"""What somebody agreed to: when, to which words, and how to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import account_signed_in
from hipfirst.web.accounts.actions import consent_give, consent_withdraw
from hipfirst.web.accounts.consent_words import HEALTH, HEALTH_VERSION
from hipfirst.web.accounts.models import Consent
from hipfirst.web.accounts.queries import consents_in_force, consents_of, terms_read
from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.queries import site_settings

NUMBER_DIGITS = 5
"""Of the longest version that is read from a form."""


@dataclass(frozen=True)
class ConsentPage:
    terms: Consent | None
    """In force; None: not agreed."""
    terms_version: int
    terms_asked: bool
    health: Consent | None
    health_asked: bool
    """The words in force were not agreed to."""
    health_version: int
    health_words: Mapping[int, tuple[str | Promise, ...]]
    record: tuple[Consent, ...]
    """Everything ever agreed to, newest first."""


@dataclass(frozen=True)
class TermsPage:
    version: int
    text: str
    """Markdown; empty: the site had no terms of its own."""
    since: datetime


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def consent(request: HttpRequest) -> HttpResponse:
    person = account_signed_in(request).person
    agreed = consents_in_force(person=person)
    terms, health = agreed.get(Consent.Purpose.TERMS), agreed.get(Consent.Purpose.HEALTH)
    version = site_settings().terms_version
    page = ConsentPage(
        terms=terms,
        terms_version=version,
        terms_asked=terms is None or terms.version != version,
        health=health,
        health_asked=health is None or health.version != HEALTH_VERSION,
        health_version=HEALTH_VERSION,
        health_words=HEALTH,
        record=consents_of(person=person),
    )
    return render_page(request, "accounts/consent.html", page)


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def terms_agreed(request: HttpRequest, consent_id: int) -> HttpResponse:
    """The words of the terms as this person agreed to them then."""
    words = terms_read(person=account_signed_in(request).person, consent_id=consent_id)
    if words is None:
        raise Http404("nothing this person agreed to")
    page = TermsPage(version=words.version, text=words.text.strip(), since=words.since)
    return render_page(request, "accounts/terms_agreed.html", page)


@login_required
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Agree to the words that were shown. Where others are in force by now, nothing is noted."""
    person = account_signed_in(request).person
    purpose, version = _purpose(request), _version(request)
    if purpose == Consent.Purpose.HEALTH and version != HEALTH_VERSION:
        raise Http404("no such words")
    consent_give(person=person, purpose=purpose, version=version)
    messages.success(request, _("Thank you. It is noted that you agree."))
    return redirect("accounts:account" if "account" in request.POST else "accounts:consent")


@login_required
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Erase what was said of the knees, and take back that it may be kept where that was agreed."""
    if _purpose(request) != Consent.Purpose.HEALTH:
        raise Http404("the terms end with the account")
    person = account_signed_in(request).person
    agreed = Consent.Purpose.HEALTH in consents_in_force(person=person)
    consent_withdraw(person=person, purpose=Consent.Purpose.HEALTH)
    said = (
        _(
            "Taken back and erased: your knee checks and check-ins, the sessions you played, the "
            "plans you kept."
        )
        if agreed
        else _(
            "Erased: your knee checks and check-ins, the sessions you played, the plans you kept."
        )
    )
    messages.success(request, said)
    response = redirect("accounts:consent")
    # What a browser still has of a run would arrive later.
    response["Clear-Site-Data"] = '"storage"'
    return response


def _purpose(request: HttpRequest) -> str:
    given = request.POST.get("purpose", "")
    if given not in Consent.Purpose.values:
        raise Http404("no such purpose")
    return given


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    fits = given.isascii() and given.isdigit() and len(given) <= NUMBER_DIGITS
    return int(given) if fits else 0
