# SPDX-License-Identifier: Apache-2.0
"""The list of public pages for search engines, under whatever host was asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hipfirst.web.library.cards import link_to
from hipfirst.web.library.models import Document

SHOWN = ("session", "exercise", "article", "evidence")
"""Kinds of documents that have a page."""
PAGES = (
    "library:home",
    "library:catalogue",
    "journal:index",
    "library:evidence-index",
    "training:knee-rules",
    "site:terms",
    "site:imprint",
)
"""Public pages without a slug; what is asked of knees and persons is left out."""
AN_HOUR_S = 3600


class Pages(Sitemap):  # type: ignore[type-arg]
    def items(self) -> list[str]:
        return [reverse(name) for name in PAGES]

    def location(self, item: str) -> str:
        return item


class Documents(Sitemap):  # type: ignore[type-arg]
    def items(self) -> QuerySet[Document]:
        rows = Document.objects.filter(kind__in=SHOWN, published=True)
        return rows.defer("body", "facts").order_by("kind", "slug")

    def location(self, item: Document) -> str:
        return link_to(item).url

    def lastmod(self, item: Document) -> datetime:
        return item.updated_at


MAPS: dict[str, Any] = {"pages": Pages, "documents": Documents}


@require_safe
@cache_control(public=True, max_age=AN_HOUR_S)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    return views.sitemap(request, MAPS)
