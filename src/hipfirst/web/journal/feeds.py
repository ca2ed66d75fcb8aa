# SPDX-License-Identifier: Apache-2.0
"""The journal as an Atom feed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from hipfirst.web.journal.articles import entry_of
from hipfirst.web.journal.contexts import Entry
from hipfirst.web.library.queries import articles_all
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import site_settings

ENTRIES = 30
"""Articles in the feed, the newest."""
_IDS = uuid.UUID("5b8f6f0e-6d0d-4c53-9d0a-2f6f3c1f0a77")
"""Names of articles become ids in it: the same wherever the site moves."""


@dataclass(frozen=True)
class Item:
    entry: Entry
    url: str
    """Where it is read, host and all."""


class ArticleFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return _("Journal of %(site)s") % {"site": site_settings().name}

    def subtitle(self, request: HttpRequest) -> str:
        return _("Articles on knees and hips, each claim with its evidence.")

    def link(self, request: HttpRequest) -> str:
        return whole_url(request, reverse("journal:index"))

    def feed_url(self, request: HttpRequest) -> str:
        return whole_url(request, request.path)

    def items(self, request: HttpRequest) -> list[Item]:
        rows = articles_all()[:ENTRIES]
        prefetch_related_objects(rows, "facets")
        entries = [entry_of(row) for row in rows]
        return [Item(entry, whole_url(request, entry.card.link.url)) for entry in entries]

    def item_title(self, item: Item) -> str:
        return item.entry.card.link.title

    def item_description(self, item: Item) -> str:
        return item.entry.card.summary

    def item_link(self, item: Item) -> str:
        return item.url

    def item_guid(self, item: Item) -> str:
        return uuid.uuid5(_IDS, item.entry.card.link.slug).urn

    def item_author_name(self, item: Item) -> str:
        return ", ".join(item.entry.authors)

    def item_pubdate(self, item: Item) -> datetime:
        return _noon(item.entry.published)

    def item_updateddate(self, item: Item) -> datetime:
        return _noon(item.entry.updated)


def _noon(day: date) -> datetime:
    """At noon in Greenwich it is that day nearly everywhere."""
    return datetime.combine(day, time(12), UTC)
