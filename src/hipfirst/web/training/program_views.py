# SPDX-License-Identifier: Apache-2.0
"""The pages of programs, and the buttons that follow and leave one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import (
    current_person,
    ensure_person,
    person_locked,
    remember,
)
from hipfirst.web.accounts.models import Person
from hipfirst.web.library.access import may_know, may_see
from hipfirst.web.library.meta import meta_of
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_head
from hipfirst.web.membership.access import entitled_until
from hipfirst.web.membership.queries import grace_of, standing_of
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.program_actions import program_follow, program_leave
from hipfirst.web.training.program_pages import (
    ProgramPage,
    program_for,
    program_page,
    programs_page,
)
from hipfirst.web.training.program_queries import followed_of

MAX_ZONE = 64


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    page = replace(programs_page(), meta=meta_of(request, title=_("Programs")))
    return render_page(request, "training/programs.html", page)


@require_safe
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """For everybody what it holds; for who follows it, where they are."""
    document = _known_or_404(slug)
    page = _for_whoever_asks(request, document)
    said = page.program
    image = page.stills[0] if page.stills else ""
    meta = meta_of(request, title=said.title, description=said.summary, image=image)
    response = render_page(request, "training/program.html", replace(page, meta=meta))
    if current_person(request):
        patch_cache_control(response, private=True, no_store=True)
    return response


def _for_whoever_asks(request: HttpRequest, document: Document) -> ProgramPage:
    person = current_person(request)
    now = timezone.now()
    page = _standing(program_page(document.slug), document, person, now)
    followed = followed_of(person=person, now=now) if person else None
    if followed is None:
        return page
    if followed.document.slug != document.slug:
        return replace(page, follows_other=followed.document.title)
    return program_for(page, followed)


def _standing(
    page: ProgramPage, document: Document, person: Person | None, now: datetime
) -> ProgramPage:
    """With what a membership opens of it. One query at most beside the person's."""
    page = replace(page, may_follow=may_see(person, document))
    if person is None or not document.members_only:
        return page
    standing = standing_of(person=person, now=now)
    open_anyway = page.may_follow and entitled_until(person, now=now) is None
    return replace(
        page,
        paused=standing.state == "paused" and not page.may_follow,
        grace=None if open_anyway else grace_of(standing),
    )


@require_POST
def follow(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Begin it, or (`again=1`) begin it anew; who may not see the whole is told how to join."""
    document = _known_or_404(slug)
    if not may_see(current_person(request), document):
        return redirect("membership:join")
    with transaction.atomic():
        person = ensure_person(request)
        program_follow(
            person=person,
            program=document,
            now=timezone.now(),
            zone=request.POST.get("zone", "")[:MAX_ZONE],
            again=request.POST.get("again") == "1",
        )
    return remember(request, redirect("training:today"), person)


@require_POST
@transaction.atomic
def leave(request: HttpRequest, slug: str) -> HttpResponseRedirect:
    """Also of a program that was withdrawn, and of one that a membership no longer opens."""
    person = person_locked(request)
    if person and program_leave(person=person, now=timezone.now(), program=slug):
        messages.success(request, _("You left the program. What you did stays written down."))
    known = document_head("program", slug) is not None
    return redirect("training:program", slug=slug) if known else redirect("training:today")


def _known_or_404(slug: str) -> Document:
    """The program without its text."""
    document = document_head("program", slug)
    if document is None or not may_know(document):
        raise Http404(_("Nothing is published under “%(slug)s”.") % {"slug": slug})
    return document
