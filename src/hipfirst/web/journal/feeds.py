# SPDX-License-Identifier: Apache-2.0
"""The journal as an Atom feed."""

from __future__ import annotations

import uuid
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

ENTRIES = 30
"""Articles in the feed, the newest."""
_IDS = uuid.UUID("5b8f6f0e-6d0d-4c53-9d0a-2f6f3c1f0a77")
"""Names of articles become ids in it: the same wherever the site moves."""


class ArticleFeed(Feed):  # type: ignore[type-arg]
    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return _("Journal")

    def subtitle(self, request: HttpRequest) -> str:
        return _("Articles on knees and hips, each claim with its evidence.")

    def link(self, request: HttpRequest) -> str:
        return reverse("journal:index")

    def items(self, request: HttpRequest) -> list[Entry]:
        rows = articles_all()[:ENTRIES]
        prefetch_related_objects(rows, "facets")
        return [entry_of(row) for row in rows]

    def item_title(self, item: Entry) -> str:
        return item.card.link.title

    def item_description(self, item: Entry) -> str:
        return item.card.summary

    def item_link(self, item: Entry) -> str:
        return item.card.link.url

    def item_guid(self, item: Entry) -> str:
        return uuid.uuid5(_IDS, item.card.link.slug).urn

    def item_author_name(self, item: Entry) -> str:
        return ", ".join(item.authors)

    def item_pubdate(self, item: Entry) -> datetime:
        return _noon(item.published)

    def item_updateddate(self, item: Entry) -> datetime:
        return _noon(item.updated)


def _noon(day: date) -> datetime:
    """At noon in Greenwich it is that day nearly everywhere."""
    return datetime.combine(day, time(12), UTC)
