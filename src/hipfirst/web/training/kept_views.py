# SPDX-License-Identifier: Apache-2.0
"""Pages that lie in browsers: both are the same for everybody and hold nothing of a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.shared.pages import render_page


@dataclass(frozen=True)
class KeptPage:
    session_url: str
    offline_url: str


@dataclass(frozen=True)
class OfflinePage:
    library_url: str


@require_safe
@cache_control(public=True, no_cache=True)
def kept(request: HttpRequest, slug: str) -> HttpResponse:
    """Plays a session that this browser keeps, or says that it keeps none of that name."""
    page = KeptPage(reverse("library:session", args=[slug]), reverse("training:offline"))
    return render_page(request, "training/kept.html", page)


@require_safe
@cache_control(public=True, no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """What is kept here; also shown for every page that cannot be reached."""
    page = OfflinePage(reverse("library:catalogue"))
    return render_page(request, "training/offline.html", page)
