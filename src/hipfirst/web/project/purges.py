# SPDX-License-Identifier: Apache-2.0
"""Duties of the frame: what sign-in and rate limits leave behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, OuterRef


def sessions_purge(now: datetime) -> int:
    """Erase sessions that ran out, and from where somebody was signed in by one that is over.

    Returns the number of rows.
    """
    over = Session.objects.filter(expire_date__lt=now).delete()[0]
    its = Session.objects.filter(session_key=OuterRef("session_key"))
    seen: int = UserSession.objects.filter(~Exists(its)).delete()[0]
    return over + seen


def cache_purge(now: datetime) -> int:
    """Erase rows of the cache that ran out: it does so itself only when it is full."""
    options = cast("dict[str, Any]", settings.CACHES["default"])
    table = connection.ops.quote_name(options["LOCATION"])
    with connection.cursor() as cursor:
        before = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [before])  # noqa: S608 our own
        return int(cursor.rowcount)
