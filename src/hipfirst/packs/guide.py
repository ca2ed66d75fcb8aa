# SPDX-License-Identifier: Apache-2.0
"""The tables of the pack guide, generated from the declared types and their descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

_TABLE = re.compile(r"(<!-- fields: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    date: "date as YYYY-MM-DD",
}
_LIMITS = {
    "ge": "at least {}",
    "gt": "more than {}",
    "le": "at most {}",
    "max_length": "at most {} characters",
}
_FORMS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "words-with-dashes",
    "^[a-z]{2}(-[A-Z]{2})?$": "language code",
    r"^\d+\.\d+\.\d+$": "three numbers with points",
    "^https://": "begins with https://",
    r"^10\.\d{4,9}/\S+$": "begins with 10.",
}
"""What a pattern means, for people."""


def refreshed(text: str, types: Iterable[type[BaseModel]]) -> str:
    """`text` with each table between `<!-- fields: Name -->` and `<!-- end -->` made anew.

    `Name` is a type in `types` or inside one. KeyError for another name.
    """
    known = {model.__name__: model for top in types for model in _tree(top)}
    return _TABLE.sub(lambda found: found[1] + table(known[found[2]]) + found[3], text)


def table(model: type[BaseModel]) -> str:
    """Markdown table of the fields of `model`: name, what may stand there, what it means."""
    rows = [
        f"| `{field.alias or name}` | {_allowed(field)} | {field.description or ''} |"
        for name, field in model.model_fields.items()
        if name != "body"
    ]
    head = ("| field | what may stand there | meaning |", "|---|---|---|")
    return "\n".join((*head, *rows)) + "\n"


def _tree(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for inner in _models_in(field.annotation):
            yield from _tree(inner)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _allowed(field: FieldInfo) -> str:
    words = _limited(_kind(field.annotation), field.metadata)
    return words if field.is_required() else f"{words}; optional"


def _kind(annotation: Any) -> str:
    """What may stand there, in words."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _limited(_kind(inner[0]), inner[1:])
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in inner)
    return _compound(origin, inner) if inner else _PLAIN[annotation]


def _compound(origin: Any, inner: tuple[Any, ...]) -> str:
    if origin in {Union, UnionType}:
        return " or ".join(_kind(part) for part in inner if part is not type(None))
    if origin is tuple:
        count = "" if inner[-1] is ... else f"{len(inner)} of: "
        return f"list of {count}{_kind(inner[0])}"
    return f"mapping of names to {_kind(inner[-1])}"


def _limited(words: str, metadata: Iterable[Any]) -> str:
    limits = [limit for part in metadata for limit in _limits(part)]
    return f"{words} ({', '.join(limits)})" if limits else words


def _limits(part: Any) -> Iterator[str]:
    if isinstance(part, FieldInfo):
        for inner in part.metadata:
            yield from _limits(inner)
        return
    pattern = getattr(part, "pattern", None)
    if pattern is not None:
        yield _FORMS.get(pattern, f"form `{pattern}`")
    for attribute, words in _LIMITS.items():
        if (value := getattr(part, attribute, None)) is not None:
            yield words.format(f"{value:g}")
