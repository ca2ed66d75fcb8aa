# SPDX-License-Identifier: Apache-2.0
"""A run of the first slots of a session for members, for whoever may not play it whole."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hipfirst.web.accounts.access import current_person, ensure_person, remember
from hipfirst.web.accounts.models import Person
from hipfirst.web.accounts.queries import person_lock
from hipfirst.web.library.models import Document
from hipfirst.web.training.access import access_preview, is_stopped
from hipfirst.web.training.actions import playable, run_new
from hipfirst.web.training.errors import NothingLeft
from hipfirst.web.training.models import Run
from hipfirst.web.training.plans import preview_for
from hipfirst.web.training.queries import preview_unfinished


@require_POST
def preview_start(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Play the first slots. Whoever may play the whole session is led to its page."""
    person = current_person(request)
    session = access_preview(person, slug)
    if session is None:
        return redirect("library:session", slug=slug)
    if is_stopped(person):
        return redirect("training:advice")
    try:
        with transaction.atomic():
            person = ensure_person(request)
            run = preview_run(person=person, session=session)
    except NothingLeft:
        # The page of the session says which rule left nothing, and what to change.
        return redirect("library:session", slug=slug)
    return remember(request, redirect("training:play", run_id=run.pk), person)


@transaction.atomic
def preview_run(*, person: Person, session: Document) -> Run:
    """What was begun of this very preview, or a new run of it.

    Raises Stopped, NothingLeft or NotPlayable.
    """
    # Two presses of the same button wait for each other here.
    person_lock(person_id=person.pk)
    today = playable(session=session, person=person, how=preview_for)
    begun = preview_unfinished(person=person, sha256=today.sha256)
    return begun or run_new(person, today)
