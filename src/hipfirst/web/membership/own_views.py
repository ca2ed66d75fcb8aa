# SPDX-License-Identifier: Apache-2.0
"""One's own membership: how it stands, pause, resume, cancel, keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import account_signed_in
from hipfirst.web.membership import actions
from hipfirst.web.membership.errors import NotNow
from hipfirst.web.membership.ledger import Standing, fold
from hipfirst.web.membership.providers import providers
from hipfirst.web.membership.queries import line_of, lines_of
from hipfirst.web.membership.words import LineView, StandingView, line_view, standing_view
from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.queries import site_settings


@dataclass(frozen=True)
class Manage:
    title: str
    url: str


@dataclass(frozen=True)
class MembershipPage:
    standing: StandingView
    paused_at: datetime | None
    lines: tuple[LineView, ...]
    """Newest first."""
    manage: tuple[Manage, ...]
    """Where somebody changes how they pay."""
    is_staff: bool
    open_to_all: bool


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def membership(request: HttpRequest) -> HttpResponse:
    account = account_signed_in(request)
    lines = lines_of(person=account.person)
    standing = fold(map(line_of, lines), timezone.now())
    urls = ((each, each.manage_url(person=account.person)) for each in providers())
    page = MembershipPage(
        standing=standing_view(standing),
        paused_at=standing.paused_at,
        lines=tuple(map(line_view, lines)),
        manage=tuple(Manage(str(each.title), url) for each, url in urls if url),
        is_staff=account.is_staff,
        open_to_all=site_settings().open_to_all,
    )
    return render_page(request, "membership/membership.html", page)


def _button(act: Callable[..., Standing], said: object) -> Callable[[HttpRequest], HttpResponse]:
    """A view that does one thing to the membership of whoever is signed in."""

    @login_required
    @require_POST
    @cache_control(private=True, no_store=True)
    def press(request: HttpRequest) -> HttpResponse:
        try:
            act(account=account_signed_in(request), now=timezone.now())
        except NotNow as refused:
            # Pressed twice, or in two tabs: the page says how it stands.
            messages.info(request, refused.message)
        else:
            messages.success(request, str(said))
        return redirect("membership:membership")

    return press


pause = _button(actions.pause, _("Paused. Not a day is lost: come back whenever your knees want."))
resume = _button(actions.resume, _("Welcome back. Everything is open again."))
cancel = _button(actions.cancel, _("Cancelled. What is left stays yours until its end."))
keep = _button(actions.keep, _("Your membership goes on as before."))
