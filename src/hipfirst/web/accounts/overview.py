# SPDX-License-Identifier: Apache-2.0
"""The account at a glance, and the name that others see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from hipfirst.web.accounts.access import account_signed_in
from hipfirst.web.accounts.actions import account_keep, account_name
from hipfirst.web.accounts.errors import NameRefused
from hipfirst.web.accounts.models import Account, Consent
from hipfirst.web.accounts.names import NAME_MAX
from hipfirst.web.accounts.queries import WaysIn, consents_in_force, ways_in
from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.queries import site_settings


@dataclass(frozen=True)
class AccountPage:
    email: str
    name: str
    """As it is, or as it was typed and refused."""
    name_fault: str
    name_max: int
    ways: WaysIn
    erase_at: datetime | None
    terms_version: int
    terms_asked: bool
    """The terms in force were not agreed to."""
    terms_before: int
    """The version agreed to before; 0: none."""
    is_staff: bool
    banned_because: str
    is_banned: bool


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def account(request: HttpRequest) -> HttpResponse:
    return _page(request, account_signed_in(request))


@login_required
@require_POST
@cache_control(private=True, no_store=True)
def name(request: HttpRequest) -> HttpResponse:
    """Set the name that others see, or take it away."""
    whose = account_signed_in(request)
    typed = request.POST.get("name", "")
    try:
        account_name(account=whose, name=typed)
    except NameRefused as refused:
        return _page(request, whose, typed=typed[: 2 * NAME_MAX], fault=refused.message)
    said = _("Others see this name from now on.") if whose.name else _("You have no name now.")
    messages.success(request, said)
    return redirect("accounts:account")


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Change one's mind: the account is not erased."""
    account_keep(account=account_signed_in(request))
    messages.success(request, _("Your account stays. Nothing was erased."))
    return redirect("accounts:account")


def _page(
    request: HttpRequest, whose: Account, *, typed: str = "", fault: str = ""
) -> HttpResponse:
    agreed = consents_in_force(person=whose.person).get(Consent.Purpose.TERMS)
    version = site_settings().terms_version
    page = AccountPage(
        email=whose.email,
        name=typed if fault else whose.name,
        name_fault=fault,
        name_max=NAME_MAX,
        ways=ways_in(account=whose),
        erase_at=whose.erase_at,
        terms_version=version,
        terms_asked=agreed is None or agreed.version != version,
        terms_before=agreed.version if agreed else 0,
        is_staff=whose.is_staff,
        banned_because=whose.banned_because,
        is_banned=whose.is_banned,
    )
    return render_page(request, "accounts/account.html", page, status=400 if fault else 200)
