# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a pack: one list of one type, whoever found it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches

from hipfirst.packs.source import Location, Tree

GIVEN_LENGTH = 80
"""Longest quotation of what was given; a whole document would hide the message."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it stands, what was given, what is allowed."""

    file: str
    """Path inside the pack, with forward slashes."""
    line: int
    """Line in the file, from 1; 0 where no line is to blame."""
    field: str
    """Dotted path of the field, such as `blocks[0].slots[2].exercise`; empty for the file."""
    given: str
    allowed: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        subject = f"{self.field}: " if self.field else ""
        given = f"{self.given}; " if self.given else ""
        return f"{place}: {subject}{given}allowed: {self.allowed}"

    def as_json(self) -> dict[str, str | int]:
        return asdict(self)


class BrokenPackError(Exception):
    """A pack that may not be used. `problems` holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def quoted(value: object) -> str:
    """`value` as it is quoted in a problem: short, on one line."""
    text = " ".join(str(value).split()) if isinstance(value, str) else repr(value)
    return text if len(text) <= GIVEN_LENGTH else text[: GIVEN_LENGTH - 1] + "…"


def choices(given: object, allowed: Iterable[str], *, most: int = 20) -> str:
    """What may stand here, with a guess where a name is near."""
    names = sorted(allowed)
    near = get_close_matches(str(given), names, n=1, cutoff=0.6)
    hint = f" (did you mean {near[0]}?)" if near else ""
    listed = ", ".join(names[:most]) + (", …" if len(names) > most else "")
    return f"{listed}{hint}" if listed else "nothing: there are none"


def at(file: str, tree: Tree, location: Location, given: str, allowed: str) -> Problem:
    """The problem with the field at `location` of a file."""
    return Problem(file, tree.line(location), field_path(location), given, allowed)


def field_path(location: Location) -> str:
    """`("blocks", 0, "title")` -> `blocks[0].title`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
