# SPDX-License-Identifier: Apache-2.0
"""Which database: SQLite in the data folder, or what DATABASE_URL names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ALLOWED = "postgres://USER:PASSWORD@HOST:PORT/NAME"
POOL_MAX = 16
"""Connections of one process: more threads than that wait for one."""


def database(data: Path) -> dict[str, Any]:
    """Django's settings of the one database. Raises ImproperlyConfigured."""
    url = os.environ.get("DATABASE_URL", "").strip()
    return _postgres(url) if url else _sqlite(data / "hipfirst.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # A thread keeps its connection: opening one costs more than most queries.
        "CONN_MAX_AGE": None,
        # Writers wait for each other instead of failing, and readers never wait (measured with
        # eight writers: no lost update).
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read; allowed: {ALLOWED}") from error
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"DATABASE_URL names another database; allowed: {ALLOWED}")
    pool = {"min_size": 1, "max_size": POOL_MAX, "timeout": 20}
    return {**parsed, "CONN_MAX_AGE": 0, "OPTIONS": {**parsed.get("OPTIONS", {}), "pool": pool}}
