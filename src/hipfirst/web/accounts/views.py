# SPDX-License-Identifier: Apache-2.0
"""The privacy page: what is kept, a copy of it, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import current_person, forget
from hipfirst.web.accounts.actions import person_erase
from hipfirst.web.accounts.queries import KeptPart, person_export, person_kept
from hipfirst.web.shared.pages import render_page


@dataclass(frozen=True)
class PrivacyPage:
    since: datetime | None
    """When the first thing was kept; None: nothing is kept about whoever is asking."""
    kept: tuple[KeptPart, ...]
    erased: bool
    """Everything was erased just now."""


@require_safe
@cache_control(private=True, no_store=True)
def privacy(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    page = PrivacyPage(
        since=person.created if person else None,
        kept=person_kept(person=person) if person else (),
        erased=person is None and "erased" in request.GET,
    )
    return render_page(request, "accounts/privacy.html", page)


@require_safe
@cache_control(private=True, no_store=True)
def privacy_export(request: HttpRequest) -> HttpResponse:
    """Everything kept about the person, as one JSON file; an empty object for a stranger."""
    person = current_person(request)
    copy = person_export(person=person) if person else {}
    response = JsonResponse(copy, json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="hipfirst-my-data.json"'
    return response


@require_POST
def privacy_erase(request: HttpRequest) -> HttpResponseRedirect:
    if person := current_person(request):
        person_erase(person=person)
    response = forget(redirect(reverse("accounts:privacy") + "?erased"))
    # Events of a run that still wait in the browser go too.
    response["Clear-Site-Data"] = '"storage"'
    return response
