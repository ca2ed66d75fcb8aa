# SPDX-License-Identifier: Apache-2.0
"""The pages of the library: access, query, typed context, render."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hipfirst.web.accounts.access import current_account, current_person
from hipfirst.web.library.access import may_know, may_see
from hipfirst.web.library.catalogue import catalogue_page
from hipfirst.web.library.details import (
    evidence_index_page,
    evidence_page,
    exercise_page,
    preview_of,
    session_for,
    session_page,
)
from hipfirst.web.library.going_on import going_on
from hipfirst.web.library.home import home_page
from hipfirst.web.library.hooks import discussed, for_today
from hipfirst.web.library.meta import meta_of
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_head
from hipfirst.web.shared.pages import render_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    page = home_page()
    image = page.hero.still_url if page.hero else ""
    page = replace(page, meta=meta_of(request, image=image), going_on=going_on(request))
    return render_page(request, "library/home.html", page)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    page = catalogue_page(request.GET)
    status = 400 if page.errors else 200
    return render_page(request, "library/catalogue.html", page, status=status)


@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponse:
    document = _known_or_404("session", slug)
    person = current_person(request)
    whole = may_see(person, document)
    today = for_today(request, document)
    page = session_for(session_page(slug), today)
    session = page.session
    meta = meta_of(request, title=session.title, description=session.summary, image=page.ld.image)
    page = replace(
        page,
        meta=meta,
        preview=None if whole else preview_of(page, today, person, now=timezone.now()),
        discussion=discussed(request, document) if whole else None,
    )
    response = render_page(request, "library/session.html", page)
    if today.state != "unasked" or current_account(request):
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    _seen_or_404(request, "exercise", slug)
    page = exercise_page(slug)
    meta = meta_of(
        request,
        title=page.exercise.name,
        description=page.exercise.summary,
        image=page.figure.still_url,
    )
    return render_page(request, "library/exercise.html", replace(page, meta=meta))


@require_safe
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    _seen_or_404(request, "evidence", slug)
    page = evidence_page(slug)
    card = page.evidence
    meta = meta_of(request, type="article", title=card.title, description=card.effect)
    return render_page(request, "library/evidence.html", replace(page, meta=meta))


@require_safe
def evidence_index(request: HttpRequest) -> HttpResponse:
    page = evidence_index_page()
    page = replace(page, meta=meta_of(request, title=_("Evidence")))
    return render_page(request, "library/evidence_index.html", page)


def _seen_or_404(request: HttpRequest, kind: str, slug: str) -> Document:
    """The document without its text."""
    document = _known_or_404(kind, slug)
    if not may_see(current_person(request), document):
        raise Http404(_("“%(title)s” is for members.") % {"title": document.title})
    return document


def _known_or_404(kind: str, slug: str) -> Document:
    """The same, of which some see a preview only."""
    document = document_head(kind, slug)
    if document is None or not may_know(document):
        raise Http404(_("Nothing is published under “%(slug)s”.") % {"slug": slug})
    return document
