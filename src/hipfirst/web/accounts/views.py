# SPDX-License-Identifier: Apache-2.0
"""The privacy page: what is kept, a copy of it, and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import current_account, current_person, forget
from hipfirst.web.accounts.actions import person_erase
from hipfirst.web.accounts.exports import json_of, tables_of
from hipfirst.web.accounts.queries import KeptPart, person_kept
from hipfirst.web.shared.pages import render_page

FILE = "hipfirst-my-data"


@dataclass(frozen=True)
class PrivacyPage:
    since: datetime | None
    """When the first thing was kept; None: nothing is kept about whoever is asking."""
    kept: tuple[KeptPart, ...]
    member: bool
    erased: bool
    """Everything was erased just now."""


@require_safe
@cache_control(private=True, no_store=True)
def privacy(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    page = PrivacyPage(
        since=person.created if person else None,
        kept=person_kept(person=person) if person else (),
        member=current_account(request) is not None,
        erased=person is None and "erased" in request.GET,
    )
    return render_page(request, "accounts/privacy.html", page)


@require_safe
@cache_control(private=True, no_store=True)
def privacy_export(request: HttpRequest) -> StreamingHttpResponse:
    """Everything kept about the person, as one JSON file; an empty object for a stranger.

    Written while it is read: a long log is never held whole.
    """
    copy = json_of(current_person(request))
    headers = {"Content-Disposition": f'attachment; filename="{FILE}.json"'}
    return StreamingHttpResponse(copy, content_type="application/json", headers=headers)


@require_safe
@cache_control(private=True, no_store=True)
def privacy_tables(request: HttpRequest) -> FileResponse:
    """The same as tables: a zip with a CSV for each part."""
    file = tables_of(current_person(request), now=timezone.now())
    return FileResponse(
        file, as_attachment=True, filename=f"{FILE}.zip", content_type="application/zip"
    )


@require_POST
def privacy_erase(request: HttpRequest) -> HttpResponseRedirect:
    """Erase a visitor at once. With an account goes more: that has a page of its own."""
    if current_account(request):
        return redirect("accounts:delete")
    if person := current_person(request):
        person_erase(person=person)
    response = forget(redirect(reverse("accounts:privacy") + "?erased"))
    # Events of a run that still wait in the browser go too.
    response["Clear-Site-Data"] = '"storage"'
    return response
