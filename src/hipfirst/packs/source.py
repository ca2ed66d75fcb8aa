# SPDX-License-Identifier: Apache-2.0
"""Strict YAML: a plain tree of values with the line of each, or what is wrong with the text.

The text comes from strangers, so the dangerous and the surprising parts of YAML are left out:
anchors and aliases (a few lines can grow to gigabytes), tags, duplicate keys, tabs, several
documents in one file, `yes` and `no` as truth values, dates and base-60 numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_DEPTH = 16
"""Deepest nesting of mappings and lists; the deepest field of the formats lies at 9."""
Location = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?\d{1,15}")
_NUMBER = re.compile(r"[-+]?(\d{1,15}(\.\d{0,20})?|\.\d{1,20})([eE][-+]?\d{1,3})?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass(frozen=True)
class Fault:
    """Something YAML-like that is refused."""

    line: int
    location: Location
    given: str
    allowed: str


class _RefusedError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.allowed)
        self.fault = fault


@dataclass
class Tree:
    """The value of a text, and on which line (from 1) each part of it begins."""

    value: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, location: Location) -> int:
        """Line of the nearest known part around `location`."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 0)


def parse(text: str, first_line: int = 1) -> Tree:
    """Reads `text` (decoded from UTF-8); never raises. A refused text leaves faults in the tree.

    `first_line` is where the text begins in its file, for messages.
    """
    tree = Tree()
    builder = _Builder(tree, first_line)
    try:
        _refuse_tabs(text, first_line)
        builder.document(text)
    except _RefusedError as refused:
        tree.faults.append(refused.fault)
    except yaml.MarkedYAMLError as error:
        tree.faults.append(_syntax_fault(error, first_line))
    except yaml.YAMLError as error:
        tree.faults.append(Fault(first_line, (), "", f"not YAML: {str(error).splitlines()[0]}"))
    return tree


def _syntax_fault(error: yaml.MarkedYAMLError, first_line: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = first_line + (mark.line if mark else 0)
    said = ", ".join(part for part in (error.context, error.problem) if part)
    return Fault(line, (), "", f"not YAML: {said}")


def _refuse_tabs(text: str, first_line: int) -> None:
    for number, line in enumerate(text.split("\n"), first_line):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise _RefusedError(Fault(number, (), "a tab", "indent with spaces"))


class _Builder:
    """Builds a tree from the parser's events, which know nothing of objects."""

    def __init__(self, tree: Tree, first_line: int) -> None:
        self.tree = tree
        self.first_line = first_line
        self.events: Iterator[yaml.Event] = iter(())

    def document(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # C where it was built
        self.events = iter(yaml.parse(text, Loader=loader))
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            return
        self.tree.value = self._value(next(self.events), ())
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self._refuse(event, (), "a second document", "one document in a file")

    def _refuse(
        self, event: yaml.Event, location: Location, given: str, allowed: str
    ) -> _RefusedError:
        return _RefusedError(Fault(self._line(event), location, given, allowed))

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self.first_line + (int(mark.line) if mark else 0)

    def _value(self, event: yaml.Event, location: Location) -> Any:
        self.tree.lines.setdefault(location, self._line(event))
        self._refuse_magic(event, location)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(location) >= MAX_DEPTH:
            raise self._refuse(
                event, location, "too many levels", f"at most {MAX_DEPTH} levels of nesting"
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location)
        return self._sequence(location)

    def _refuse_magic(self, event: yaml.Event, location: Location) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            given = f"{sign}{getattr(event, 'anchor', '')}"
            raise self._refuse(event, location, given, "write values out; no anchors, no aliases")
        if getattr(event, "tag", None):
            given = str(getattr(event, "tag", ""))
            raise self._refuse(event, location, given, "plain values; no tags")

    def _sequence(self, location: Location) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, location, found)
            self.tree.lines[(*location, key)] = self._line(event)
            found[key] = self._value(next(self.events), (*location, key))
        return found

    def _key(self, event: yaml.Event, location: Location, found: dict[str, Any]) -> str:
        self._refuse_magic(event, location)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refuse(event, location, "a list or mapping as a key", "a word as a key")
        key = str(event.value)
        if key in found:
            raise self._refuse(event, (*location, key), f"{key} twice", "each key once")
        return key


def _scalar(event: yaml.ScalarEvent) -> Any:
    """What a scalar means: quoted text is text, else null, truth, a number or text."""
    text = str(event.value)
    if event.style is not None and event.style != "":
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
