# SPDX-License-Identifier: Apache-2.0
"""The page of today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.accounts.access import current_person
from hipfirst.web.shared.pages import render_page
from hipfirst.web.training.today_page import today_page


@require_safe
@cache_control(private=True, no_store=True)
def today(request: HttpRequest) -> HttpResponse:
    page = today_page(request, current_person(request), now=timezone.now())
    return render_page(request, "training/today.html", page)
