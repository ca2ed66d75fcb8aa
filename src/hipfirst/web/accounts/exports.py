# SPDX-License-Identifier: Apache-2.0
"""A copy of all of somebody's data: as JSON, written while it is read, and as tables.

The tables are CSV in UTF-8 with a byte order mark: without it the most used spreadsheet takes
letters beyond English for others, and every other reader knows to skip it.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from hipfirst.web.accounts.contract import Export, JsonValue, PersonData
from hipfirst.web.accounts.models import Person
from hipfirst.web.accounts.queries import person_export

IN_MEMORY = 1_000_000
"""Bytes of a file that are held before it goes to the disk."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet calculate with a cell, or send it somewhere."""
Row = dict[str, JsonValue]


def json_of(person: Person | None) -> Iterator[str]:
    """One JSON object with an entry for each part; of nobody an empty one."""
    parts = person_export(person=person) if person else ()
    before = "{"
    for part, copy in parts:
        yield f"{before}\n{json.dumps(part.name)}: "
        yield from _json_of_part(copy)
        before = ","
    yield "{}" if before == "{" else "\n}\n"


def _json_of_part(copy: Export) -> Iterator[str]:
    if not isinstance(copy, Iterator):
        yield _dumped(copy)
        return
    before = "["
    for row in copy:
        yield f"{before}\n{_dumped(row)}"
        before = ","
    yield "[]" if before == "[" else "\n]"


def _dumped(value: JsonValue) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


@dataclass
class _Table:
    """Rows that wait in a file until all their columns are known."""

    columns: dict[str, None] = field(default_factory=dict)
    rows: IO[str] = field(default_factory=lambda: _spooled())  # noqa: PLW0108 defined below

    def add(self, row: Row) -> None:
        self.columns |= dict.fromkeys(row)
        self.rows.write(json.dumps(row) + "\n")


def tables_of(person: Person | None, *, now: datetime) -> IO[bytes]:
    """A zip with one CSV for each part and each list inside a part, and a README.txt.

    Returns a file at its beginning. Packed, ten years of training are some 10 MB.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "README.txt", io.StringIO(_readme(now)), now)
        for part, copy in person_export(person=person) if person else ():
            for name, table in _tables(part, copy).items():
                with table.rows, _csv(table) as text:
                    _put(archive, f"{name}.csv", text, now)
    file.seek(0)
    return file


def _tables(part: PersonData, copy: Export) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    rows = copy if isinstance(copy, Iterator | list) else [copy]
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            flat = {key: value for key, value in row.items() if key not in part.json_only}
            _spread(tables, part.name, flat, number)
    return tables


def _spread(tables: dict[str, _Table], name: str, row: Row, number: int) -> None:
    """Put a row into the table of that name, and the rows inside it into tables of their own.

    Those begin with the id of the row they were in, or with its number where it has none.
    """
    flat: Row = {}
    for key, value in _flattened(row):
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            of = {name: row.get("id", number)}
            inner = (each for each in value if isinstance(each, dict))
            for place, each in enumerate(inner, start=1):
                _spread(tables, f"{name}_{key}", {**of, **each}, place)
        else:
            flat[key] = value
    if name not in tables:
        tables[name] = _Table()
    tables[name].add(flat)


def _flattened(row: Row, before: str = "") -> Iterator[tuple[str, JsonValue]]:
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _flattened(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _csv(table: _Table) -> IO[str]:
    text: IO[str] = _spooled()
    writer = csv.DictWriter(text, fieldnames=list(table.columns))
    writer.writeheader()
    table.rows.seek(0)
    for line in table.rows:
        writer.writerow({key: cell(value) for key, value in json.loads(line).items()})
    text.seek(0)
    return text


def cell(value: JsonValue) -> str | int | float:
    """A value as a spreadsheet may open it: text that looks like a formula begins with '."""
    if isinstance(value, list):
        return cell("; ".join(str(cell(each)) for each in value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _put(archive: zipfile.ZipFile, name: str, text: IO[str], now: datetime) -> None:
    info = zipfile.ZipInfo(name, now.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as out:
        for line in text:
            out.write(line)


def _spooled() -> Any:
    return tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8", newline="")


def _readme(now: datetime) -> str:
    return _(
        "What this site kept about you on %(day)s, as tables.\n"
        "\n"
        "Each .csv file is one table and opens in any spreadsheet: UTF-8 with a byte order mark, "
        "commas, one line of headings. Times are ISO 8601.\n"
        "A table whose name has a _ in it belongs to another: runs_events.csv holds the events of "
        "the sessions in runs.csv, and its first column says of which.\n"
        "Text that begins with = + - @ or a tab has a ' before it, so that no spreadsheet "
        "calculates with it.\n"
        "The plan of each session is too deep for a table: it is in the JSON copy.\n"
        "Passwords, passkeys and the secrets of authenticator apps are in no copy. It says which "
        "of them there are, and since when.\n"
    ) % {"day": now.date().isoformat()}
