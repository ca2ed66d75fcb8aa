# SPDX-License-Identifier: Apache-2.0
"""Start a run and play it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import current_person, ensure_person, remember
from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.access import access_run, access_session, is_stopped, may_go_on
from hipfirst.web.training.actions import run_start
from hipfirst.web.training.errors import MembersOnly, NothingLeft
from hipfirst.web.training.models import Run
from hipfirst.web.training.queries import run_events, run_unfinished
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
    """Go on with what was begun where it still fits, or start anew (always, with `again=1`)."""
    person = current_person(request)
    try:
        session = access_session(person, slug)
    except MembersOnly:
        return _finish_or_read(person, slug)
    if is_stopped(person):
        return redirect("training:advice")
    again = request.POST.get("again") == "1"
    try:
        # A run that cannot be started leaves no visitor behind.
        with transaction.atomic():
            person = ensure_person(request)
            run = run_start(person=person, session=session, again=again)
    except NothingLeft:
        # The session's page says which rule left nothing, and what to change.
        return redirect("library:session", slug=slug)
    return remember(request, redirect("training:play", run_id=run.pk), person)


def _finish_or_read(person: Person | None, slug: str) -> HttpResponseRedirect:
    """What was begun as a member may be finished; else to the page, which shows a preview."""
    begun = run_unfinished(person=person, session=slug) if person else None
    if begun and not is_stopped(person) and may_go_on(begun):
        return redirect("training:play", run_id=begun.pk)
    return redirect("library:session", slug=slug)


@require_safe
@cache_control(private=True, no_store=True)
def play(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The player; of a run that may not go on as it was planned, the page of its session, and after
    a sign that stops sessions what to do about it. A run that came to its end is always shown.
    """
    person = current_person(request)
    run = access_run(person, run_id)
    if run.status != Run.Status.FINISHED:
        if is_stopped(person):
            return redirect("training:advice")
        if not may_go_on(run):
            return redirect("library:session", slug=run.session)
    try:
        payload = payload_of(request, run, run_events(run=run))
    except ObjectDoesNotExist as error:
        # Everything was erased since the run was found.
        raise Http404 from error
    page = PlayPage(
        title=run.title,
        content_language=payload.timeline.language,
        session_url=payload.session_url,
        payload=payload.model_dump(mode="json"),
    )
    return render_page(request, "training/play.html", page)
