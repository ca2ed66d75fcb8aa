# SPDX-License-Identifier: Apache-2.0
"""Deleting an account: what goes, what stays, and some days in which to think again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from hipfirst.web.accounts.access import account_signed_in
from hipfirst.web.accounts.actions import GRACE, account_delete, signed_out
from hipfirst.web.accounts.mails import erasing_send
from hipfirst.web.accounts.queries import KeptPart, is_last_owner, person_kept
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.shared.pages import render_page


@dataclass(frozen=True)
class DeletePage:
    days: int
    """In which one may think again."""
    kept: tuple[KeptPart, ...]
    last_owner: bool
    erase_at: datetime | None
    """It was deleted already, and goes then."""


@dataclass(frozen=True)
class DeletedPage:
    days: int


@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def delete(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _deleted(request)
    account = account_signed_in(request)
    page = DeletePage(
        days=GRACE.days,
        kept=person_kept(person=account.person),
        last_owner=is_last_owner(account=account),
        erase_at=account.erase_at,
    )
    return render_page(request, "accounts/delete.html", page)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What is said to somebody who was just signed out; it speaks of nobody."""
    return render_page(request, "accounts/deleted.html", DeletedPage(GRACE.days))


def _deleted(request: HttpRequest) -> HttpResponseRedirect:
    account = account_signed_in(request)
    erase_at = account_delete(account=account, now=timezone.now())
    url = whole_url(request, reverse("accounts:account"))
    erasing_send(account=account, erase_at=erase_at, account_url=url)
    signed_out(person=account.person)
    logout(request)
    response = redirect("accounts:deleted")
    response["Clear-Site-Data"] = '"storage"'
    return response
