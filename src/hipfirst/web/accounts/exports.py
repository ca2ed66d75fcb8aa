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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hipfirst.web.accounts.contract import Export, JsonValue, PersonData, TableFile
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
    """A zip with a CSV for each table that holds something, and a README.txt about them.

    Returns a file at its beginning. Packed, ten years of training are some 10 MB.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        held: list[TableFile] = []
        for part, copy in person_export(person=person) if person else ():
            for name, table in _tables(part, copy).items():
                held.append(part.files[name])
                with table.rows, _csv(table) as text:
                    _put(archive, f"{held[-1].name}.csv", text, now)
        _put(archive, "README.txt", io.StringIO(_readme(held, now)), now)
    file.seek(0)
    return file


def _tables(part: PersonData, copy: Export) -> dict[str, _Table]:
    tables: dict[str, _Table] = {}
    rows = copy if isinstance(copy, Iterator | list) else [copy]
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            flat = {key: value for key, value in row.items() if key not in part.json_only}
            of = None if isinstance(copy, dict) else row.get("id", number)
            _spread(tables, part, part.name, flat, of)
    return tables


def _spread(
    tables: dict[str, _Table], part: PersonData, name: str, row: Row, of: JsonValue
) -> None:
    """Put a row into the table of that name, and what has a file inside it into its own.

    Those rows begin with the id of the row they were in, or with its number where it has none;
    with neither (None) where there is only one. A table of nothing does not come to be.
    """
    flat: Row = {}
    for key, value in row.items():
        if (inner := f"{name}_{key}") in part.files:
            for place, each in enumerate(value if isinstance(value, list) else [value], start=1):
                if isinstance(each, dict):
                    within = {} if of is None else {name: of}
                    _spread(tables, part, inner, {**within, **each}, each.get("id", place))
        else:
            flat |= _flattened({key: value})
    if not flat:
        return
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


def _readme(held: Iterable[TableFile], now: datetime) -> str:
    lines = "\n".join(f"{file.name}.csv: {file.says}" for file in held)
    told = _(
        "What this site kept about you on %(day)s. Each file opens in any spreadsheet.\n"
        "\n"
        "%(files)s\n"
        "\n"
        "The first column of runs_events.csv says which session of runs.csv a line belongs to.\n"
        "The plan of each session does not fit into a table: it is in the JSON copy.\n"
        "A ' before text keeps a spreadsheet from calculating with it.\n"
        "Passwords and other secrets are in no copy.\n"
    )
    return told % {"day": date_format(now.date()), "files": lines or _("Nothing.")}
