# SPDX-License-Identifier: Apache-2.0
"""Start a run and play it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import current_person, ensure_visitor, remember
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.access import access_run, access_session
from hipfirst.web.training.actions import run_start
from hipfirst.web.training.queries import run_events
from hipfirst.web.training.wire import payload_of


@dataclass(frozen=True)
class PlayPage:
    title: str
    content_language: str
    """Language of the session's own words."""
    session_url: str
    payload: dict[str, Any]


@require_POST
def play_start(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Go on with the unfinished run of a session, or start one (always, with `again=1`)."""
    session = access_session(current_person(request), slug)
    # A run that cannot be started leaves no visitor behind.
    with transaction.atomic():
        visitor = ensure_visitor(request)
        run = run_start(visitor=visitor, session=session, again=request.POST.get("again") == "1")
    return remember(redirect("training:play", run_id=run.pk), visitor)


@require_safe
@cache_control(private=True, no_store=True)
def play(request: HttpRequest, run_id: UUID) -> HttpResponse:
    run = access_run(current_person(request), run_id)
    payload = payload_of(request, run, run_events(run=run))
    page = PlayPage(
        title=run.title,
        content_language=payload.timeline.language,
        session_url=payload.session_url,
        payload=payload.model_dump(mode="json"),
    )
    return render_page(request, "training/play.html", page)
