# SPDX-License-Identifier: Apache-2.0
"""The list of public pages for search engines, under the one address of the site."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.library.cards import link_to
from hipfirst.web.library.models import Document
from hipfirst.web.shared.addresses import whole_url

SHOWN = ("session", "exercise", "program", "article", "evidence")
"""Kinds of documents that have a page."""
PAGES = (
    "library:home",
    "library:catalogue",
    "training:programs",
    "membership:join",
    "journal:index",
    "library:evidence-index",
    "training:knee-rules",
    "site:terms",
    "site:imprint",
)
"""Public pages without a slug; what is asked of knees and persons is left out."""
AN_HOUR_S = 3600


class _Whole(Sitemap):  # type: ignore[type-arg]
    """Says the addresses that every other part of the site says."""

    def __init__(self, request: HttpRequest) -> None:
        self._at = urlsplit(whole_url(request, "/"))

    def get_protocol(self, protocol: str | None = None) -> str:
        return self._at.scheme

    def get_domain(self, site: Any = None) -> str:
        return self._at.netloc


class Pages(_Whole):
    def items(self) -> list[str]:
        return [reverse(name) for name in PAGES]

    def location(self, item: str) -> str:
        return item


class Documents(_Whole):
    def items(self) -> QuerySet[Document]:
        rows = Document.objects.filter(kind__in=SHOWN, published=True)
        return rows.defer("body", "facts").order_by("kind", "slug")

    def location(self, item: Document) -> str:
        return link_to(item).url

    def lastmod(self, item: Document) -> datetime:
        return item.updated_at


@require_safe
@cache_control(public=True, max_age=AN_HOUR_S)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    return views.sitemap(request, {"pages": Pages(request), "documents": Documents(request)})
