# SPDX-License-Identifier: Apache-2.0
"""What of the journal waits for a moderator, for the first page behind the site."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hipfirst.web.journal.comment_queries import queue
from hipfirst.web.site.needs import Need


def comments_waiting(request: HttpRequest) -> Iterable[Need]:
    """Comments that are held or reported; only who may decide about them gets to that page."""
    yield Need(_("Comments that are held or reported"), queue().count(), reverse("journal:queue"))
