# SPDX-License-Identifier: Apache-2.0
"""What the owner's settings show to everybody: texts, colours, logo."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.shared.pages import render_page
from hipfirst.web.site.colours import style_sheet
from hipfirst.web.site.queries import site_logo, site_settings

A_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True)
class LegalPage:
    text: str
    """Markdown of the owner; empty: the page has its own words."""


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/terms.html", LegalPage(site_settings().terms.strip()))


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/imprint.html", LegalPage(site_settings().imprint.strip()))


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """A style sheet; empty where the owner chose no colours."""
    sheet = style_sheet(site_settings())
    return _kept(request, HttpResponse(sheet, content_type="text/css; charset=utf-8"))


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    found = site_logo()
    if found is None:
        raise Http404
    return _kept(request, HttpResponse(found.data, content_type=f"image/{found.type}"))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Cacheable for long where the address names the state of the settings it belongs to."""
    if request.GET.get("v") == str(site_settings().version):
        patch_cache_control(response, public=True, max_age=A_YEAR_S, immutable=True)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    return response
