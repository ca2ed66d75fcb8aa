# SPDX-License-Identifier: Apache-2.0
"""The few addresses that belong to no app."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

from hipfirst.web.project.api import api
from hipfirst.web.shared.addresses import whole_url

A_DAY_S = 24 * 3600
PRIVATE = (
    *("/account/", "/api/", "/behind/", "/calendar/", "/check/", "/comments/", "/mail/"),
    *("/moderate/", "/offline/", "/play/", "/privacy/", "/today/"),
)
"""Where a search engine finds nothing for others."""


@require_safe
@cache_control(public=True, max_age=A_DAY_S)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in PRIVATE),
        f"Sitemap: {whole_url(request, reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class WordsOfPlayer(JavaScriptCatalog):
    """The messages of the front end; they live beside those of the pages."""

    def get_paths(self, packages: list[str]) -> list[str]:
        return [str(path) for path in settings.LOCALE_PATHS]


words = cache_control(public=True, max_age=3600)(WordsOfPlayer.as_view())


@require_safe
@cache_control(public=True, max_age=3600)
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of the API."""
    return JsonResponse(api.get_openapi_schema())


@require_safe
@cache_control(private=True, no_store=True)
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the site and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
