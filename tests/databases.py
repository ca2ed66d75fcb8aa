# SPDX-License-Identifier: Apache-2.0
"""The database of a real site, past the site: SQLite in its data folder or, where DATABASE_URL
names a PostgreSQL server, a database of its own there.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

SERVER = os.environ.get("DATABASE_URL", "")
_made: set[str] = set()


def settings_of(data: Path) -> dict[str, str]:
    """What the environment must say for a site with this data folder; empty for SQLite.

    The same folder has the same database until this process ends.
    """
    if not SERVER:
        return {}
    name = f"site_{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:20]}"
    if name not in _made:
        _maintain(f"CREATE DATABASE {name}")
        _made.add(name)
    return {"DATABASE_URL": urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))}


def rows(data: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a query finds, the same from both: `?` for a value, UUIDs as hex, JSON as text."""
    with _opened(data) as (database, mark):
        found = database.execute(
            query.replace("?", mark), [_plain(value) if mark == "?" else value for value in values]
        )
        return [tuple(_plain(value) for value in row) for row in found.fetchall()]


def change(data: Path, statement: str) -> None:
    """Break something on purpose."""
    with _opened(data) as (database, _mark):
        database.execute(statement)
        database.commit()


@contextmanager
def _opened(data: Path) -> Iterator[tuple[Any, str]]:
    """(a connection, what stands for a value in its queries)"""
    if not SERVER:
        with closing(sqlite3.connect(data / "hipfirst.sqlite3", timeout=20)) as database:
            yield database, "?"
        return
    import psycopg  # noqa: PLC0415 SQLite needs no driver
    from psycopg.types.string import TextLoader  # noqa: PLC0415

    with psycopg.connect(settings_of(data)["DATABASE_URL"]) as connection:
        connection.adapters.register_loader("jsonb", TextLoader)
        yield connection, "%s"


def _plain(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value


def _maintain(statement: str) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(statement.encode())


@atexit.register
def _drop() -> None:
    for name in _made:
        _maintain(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
