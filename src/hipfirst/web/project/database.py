# SPDX-License-Identifier: Apache-2.0
"""Which database: SQLite in the data folder, or what DATABASE_URL names.

A URL holds a password: nothing here repeats more of it than server, user and database.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

ALLOWED = "postgres://USER:PASSWORD@HOST:PORT/NAME"
DRIVER = "PostgreSQL needs its driver: pip install 'hipfirst[postgres]'"
POOL_MAX = 16
"""Connections of one process: more threads than that wait for one."""
POOL_WAIT_S = 20
PROBE_S = 10
"""How long a server may take to answer at the start."""
HINTS = {
    "password authentication failed": "User or password in DATABASE_URL is wrong.",
    "no password supplied": "DATABASE_URL names no password.",
    'role "': "The server knows no such user.",
    'database "': "Make it first: createdb --owner USER NAME.",
    "invalid connection option": "DATABASE_URL has an option after ? that there is not.",
    "could not translate host name": "The host in DATABASE_URL is not known here.",
    "failed to resolve host": "The host in DATABASE_URL is not known here.",
}
NO_ANSWER = "See that the server runs, and that host and port in DATABASE_URL are right."


class UnusableDatabaseError(Exception):
    """Why the database cannot be used, and what to do."""


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
    parsed = _parsed(url)
    _driver()
    pool = {"min_size": 1, "max_size": POOL_MAX, "timeout": POOL_WAIT_S}
    return {
        **parsed,
        "CONN_MAX_AGE": 0,
        # After a restart of the server nobody gets a connection that is dead.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parsed.get("OPTIONS", {}), "pool": pool},
    }


def _parsed(url: str) -> dict[str, Any]:
    """Django's settings as the URL says them. Raises ImproperlyConfigured without repeating it."""
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError):
        # Not `from` the error: its words may be a part of the password.
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read. {_allowed()}") from None
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"DATABASE_URL names no PostgreSQL. {_allowed()}")
    name = str(parsed["NAME"])
    if not name:
        raise ImproperlyConfigured(f"DATABASE_URL names no database. {_allowed()}")
    if not name.isprintable() or set("/@") & set(name):
        # What comes after a sign that had to be written otherwise would be said as a name.
        raise ImproperlyConfigured(f"DATABASE_URL has a sign where none may be. {_allowed()}")
    return parsed


def _allowed() -> str:
    signs = "signs such as @ : / ? # % in a password are written %40 %3A %2F %3F %23 %25"
    return f"Allowed: {ALLOWED}; {signs}."


def _driver() -> None:
    try:
        import psycopg  # noqa: F401, PLC0415
        import psycopg_pool  # noqa: F401, PLC0415
    except ImportError as error:
        raise ImproperlyConfigured(DRIVER) from error


def probe(settings: dict[str, Any]) -> None:
    """Ask a PostgreSQL server whether it lets us in: a pool would only try again and again.

    `settings`: those of Django's connection. Raises UnusableDatabaseError; does nothing for SQLite.
    """
    if settings["ENGINE"] != "django.db.backends.postgresql":
        return
    import psycopg  # noqa: PLC0415

    options = {k: v for k, v in settings["OPTIONS"].items() if k != "pool"}
    given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    named = {key: settings[name] or None for key, name in given.items()}
    try:
        psycopg.connect(
            **{"connect_timeout": PROBE_S, **options, **named}, dbname=settings["NAME"]
        ).close()
    except psycopg.Error as error:
        raise UnusableDatabaseError(f"{place(settings)} {_why(error)}") from None


def _why(error: Exception) -> str:
    said = " ".join(str(error).split()).removeprefix("connection failed: ")
    hint = next((hint for words, hint in HINTS.items() if words in said), NO_ANSWER)
    return f"cannot be used: {said}. {hint}"


def place(settings: dict[str, Any]) -> str:
    """Which database, in words that hold no password."""
    if settings["ENGINE"] != "django.db.backends.postgresql":
        return f"The database {settings['NAME']}"
    server = f"{settings['HOST'] or 'this machine'}, port {settings['PORT'] or 5432},"
    return f"The PostgreSQL database {settings['NAME']} at {server}"
