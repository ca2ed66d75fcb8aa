# SPDX-License-Identifier: Apache-2.0
"""A page for a professional: choose, make, read, print, end; and the link for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipfirst.web.accounts.access import current_account, current_person, person_locked
from hipfirst.web.progress.actions import (
    LIVE_AT_MOST,
    report_end,
    report_make,
    report_opened,
    token_hash,
)
from hipfirst.web.progress.errors import NoPdf, TooManyReports
from hipfirst.web.progress.forms import ReportForm
from hipfirst.web.progress.models import Report
from hipfirst.web.progress.pdf import is_possible, pdf_of
from hipfirst.web.progress.queries import report_find, report_shared, reports_live
from hipfirst.web.progress.report import MAX_QUESTIONS, Body
from hipfirst.web.progress.sheet import Sheet, sheet_of
from hipfirst.web.shared.errors import Refused
from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.queries import site_settings
from hipfirst.web.training.queries import KEPT_DAYS

_LINK = "hipfirst_link"
"""Cookie that carries a new link's secret to the one page that shows it."""
_SALT = "hipfirst.report"
_LINK_AGE_S = 600
MAX_TOKEN = 64


@dataclass(frozen=True)
class ReportsPage:
    form: ReportForm
    known: bool
    """Something was told or trained in this browser or account."""
    told_days: int
    """Of a visitor, for whom a page ends when what it shows is as old; 0: signed in."""
    live: tuple[Report, ...]
    live_most: int
    refused: str
    questions_max: int


@dataclass(frozen=True)
class ReportPage:
    sheet: Sheet
    report: Report
    is_live: bool
    link: str
    """The whole address, once; empty afterwards."""
    pdf: bool


@dataclass(frozen=True)
class SharedPage:
    sheet: Sheet
    pdf_url: str
    """Empty where no file can be made."""
    expires_at: datetime


@dataclass(frozen=True)
class OverPage:
    """Nothing to say: unknown, ended and over look alike."""


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def report(request: HttpRequest) -> HttpResponse:
    """Choose what goes on it; the links that are open."""
    if request.method == "POST":
        return _sent(request)
    return _form_page(request, ReportForm())


@require_safe
@cache_control(private=True, no_store=True)
def report_own(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One's own page, and its link while it is new."""
    found = _own(request, report_id)
    token = request.get_signed_cookie(_LINK, default="", salt=_SALT, max_age=_LINK_AGE_S) or ""
    mine = bool(token) and token_hash(token) == found.token_sha256
    address = reverse("progress:shared", args=[token]) if mine else ""
    response = _in_its_language(
        request,
        found,
        lambda sheet: render_page(
            request,
            "progress/report_own.html",
            ReportPage(
                sheet=sheet,
                report=found,
                is_live=found.ended_at is None and found.expires_at > timezone.now(),
                link=request.build_absolute_uri(address) if address else "",
                pdf=is_possible(),
            ),
        ),
    )
    if token:
        response.delete_cookie(_LINK, path=reverse("progress:report"), samesite="Strict")
    return response


@require_safe
@cache_control(private=True, no_store=True)
def report_pdf(request: HttpRequest, report_id: UUID) -> HttpResponse:
    return _file(
        request,
        _own(request, report_id),
        page_url=reverse("progress:report-own", args=[report_id]),
    )


@require_POST
@transaction.atomic
def report_stop(request: HttpRequest, report_id: UUID) -> HttpResponseRedirect:
    """End a link before its time."""
    report_end(report=_own(request, report_id), now=timezone.now())
    return redirect(reverse("progress:report") + "#links")


@require_safe
@cache_control(private=True, no_store=True)
def shared(request: HttpRequest, report_token: str) -> HttpResponse:
    """The page for whoever has the link."""
    now = timezone.now()
    found = _shared(report_token, now)
    if found is None:
        return _quiet(render_page(request, "progress/report_over.html", OverPage(), status=410))
    person = current_person(request)
    if request.method == "GET" and (person is None or person.pk != found.person_id):
        report_opened(report=found, now=now)
    pdf_url = reverse("progress:shared-pdf", args=[report_token]) if is_possible() else ""
    return _quiet(
        _in_its_language(
            request,
            found,
            lambda sheet: render_page(
                request,
                "progress/report_shared.html",
                SharedPage(sheet=sheet, pdf_url=pdf_url, expires_at=found.expires_at),
            ),
        )
    )


@require_safe
@cache_control(private=True, no_store=True)
def shared_pdf(request: HttpRequest, report_token: str) -> HttpResponse:
    found = _shared(report_token, timezone.now())
    if found is None:
        return _quiet(render_page(request, "progress/report_over.html", OverPage(), status=410))
    page_url = reverse("progress:shared", args=[report_token])
    return _quiet(_file(request, found, page_url=page_url))


def _sent(request: HttpRequest) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, status=400)
    try:
        with transaction.atomic():
            person = person_locked(request)
            if person is None:
                # Nothing was told, so there is nothing to show.
                return redirect("progress:progress")
            made = report_make(
                person=person,
                wish=form.wish,
                days=form.cleaned_data["days"],
                now=timezone.now(),
            )
    except TooManyReports as refused:
        return _form_page(request, form, refused=refused)
    response = redirect("progress:report-own", report_id=made.report.pk)
    response.set_signed_cookie(
        _LINK,
        made.token,
        salt=_SALT,
        max_age=_LINK_AGE_S,
        path=reverse("progress:report"),
        httponly=True,
        samesite="Strict",
        secure=settings.HTTPS,
    )
    return response


def _form_page(
    request: HttpRequest, form: ReportForm, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    person = current_person(request)
    live = reports_live(person=person, now=timezone.now()) if person else []
    page = ReportsPage(
        form=form,
        known=person is not None,
        told_days=0 if current_account(request) else KEPT_DAYS,
        live=tuple(live),
        live_most=LIVE_AT_MOST,
        refused=refused.message if refused else "",
        questions_max=MAX_QUESTIONS,
    )
    return render_page(
        request,
        "progress/report.html",
        page,
        status=refused.status if refused else status,
    )


def _own(request: HttpRequest, report_id: UUID) -> Report:
    """Http404 for anybody else's, so that nothing says it exists."""
    person = current_person(request)
    found = report_find(person=person, report_id=report_id) if person else None
    if found is None:
        raise Http404("no such page of this person")
    return found


def _shared(token: str, now: datetime) -> Report | None:
    if len(token) > MAX_TOKEN:
        return None
    return report_shared(sha256=token_hash(token), now=now)


def _in_its_language(
    request: HttpRequest, found: Report, answer: Callable[[Sheet], HttpResponse]
) -> HttpResponse:
    """A page has the language of whoever made it: half of its words are kept in that."""
    body = Body.model_validate(found.body)
    with translation.override(body.language):
        return answer(sheet_of(body))


def _file(request: HttpRequest, found: Report, *, page_url: str) -> HttpResponse:
    """The PDF; where none can be made, the way to the page, which says how to print it."""

    def answer(sheet: Sheet) -> HttpResponse:
        made = pdf_of(sheet, site_settings().name)
        name = f"knees-{found.created:%Y-%m-%d}.pdf"
        return HttpResponse(
            made,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    try:
        return _in_its_language(request, found, answer)
    except NoPdf:
        return redirect(page_url)


def _quiet(response: HttpResponse) -> HttpResponse:
    """Neither search engines nor other sites learn of the link."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
