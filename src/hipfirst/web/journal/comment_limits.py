# SPDX-License-Identifier: Apache-2.0
"""How much one account may write, and when a comment waits for a moderator: one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Limit:
    most: int
    within: timedelta
    words: str | Promise
    """Of the time, for people."""


COMMENTS = (
    Limit(3, timedelta(minutes=1), _("a minute")),
    Limit(20, timedelta(hours=1), _("an hour")),
    Limit(60, timedelta(days=1), _("a day")),
)
EDITS = (
    Limit(5, timedelta(minutes=1), _("a minute")),
    Limit(30, timedelta(hours=1), _("an hour")),
)
"""Changes of what one account wrote, of one comment or of several."""
REPORTS = (
    Limit(5, timedelta(minutes=1), _("a minute")),
    Limit(20, timedelta(days=1), _("a day")),
)
WAITING = 5
"""Comments of one account that wait for a moderator at the same time."""
SAME_WITHIN = timedelta(days=1)
"""Within this time nobody says the same twice in one discussion."""

KNOWN_AFTER = 1
"""Shown comments after which an account's comments are shown at once."""
LINKS_AFTER = 3
"""Shown comments after which its links are."""
REPORTS_HOLD = 3
"""So many people's open reports take a comment from view until a moderator has looked."""

ROOTS = 20
"""Comments on a page, each with its thread."""
REPLIES = 5
"""Replies shown below each; the rest has a page of its own."""
THREAD = 50
"""Replies on a page of one thread."""

KEPT = timedelta(days=1)
"""What is left of a deleted comment that nobody replied to: as long as limits count it."""
NOTICES_KEPT = timedelta(days=90)
"""Notes of mails that were sent."""
