# SPDX-License-Identifier: Apache-2.0
"""Duties of the frame: what sign-in and rate limits leave behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def sessions_purge(now: datetime) -> int:
    """Erase sign-ins that ran out; returns their number."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def cache_purge(now: datetime) -> int:
    """Erase rows of the cache that ran out: it does so itself only when it is full."""
    options = cast("dict[str, Any]", settings.CACHES["default"])
    table = connection.ops.quote_name(options["LOCATION"])
    with connection.cursor() as cursor:
        before = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [before])  # noqa: S608 our own
        return int(cursor.rowcount)
