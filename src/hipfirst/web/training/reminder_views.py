# SPDX-License-Identifier: Apache-2.0
"""The end of reminders, by the address that each of them brings."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.reminder_mail import reminder_stop_read
from hipfirst.web.training.rhythm_actions import reminders_stop


@dataclass(frozen=True)
class StopPage:
    stopped: bool


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def stop(request: HttpRequest, stop_token: str) -> HttpResponse:
    """The token alone decides: mail programs press the button without cookies (RFC 8058), and it
    opens nothing but this. A GET, as scanners of mail send it, changes nothing.
    """
    account_id = reminder_stop_read(stop_token)
    if account_id is None:
        raise Http404("no such token")
    if request.method == "POST":
        reminders_stop(account_id=account_id)
    page = StopPage(stopped=request.method == "POST")
    response = render_page(request, "training/mail/reminder_stop.html", page)
    # The token is in the address: it goes nowhere else.
    response["Referrer-Policy"] = "no-referrer"
    return response
