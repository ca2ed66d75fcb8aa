# SPDX-License-Identifier: Apache-2.0
"""Says in our words what is wrong with a document that its type refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hipfirst.packs.problems import Problem, choices, field_path, quoted
from hipfirst.packs.source import Location, Tree

_SHAPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "`field: value` lines",
    "model_type": "`field: value` lines",
    "model_attributes_type": "`field: value` lines",
    "finite_number": "a finite number",
    "date_type": "a date as YYYY-MM-DD",
    "date_parsing": "a date as YYYY-MM-DD",
    "date_from_datetime_parsing": "a date as YYYY-MM-DD",
    "date_from_datetime_inexact": "a date as YYYY-MM-DD",
}
_BOUNDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "greater_than": lambda c: f"more than {c['gt']:g}",
    "greater_than_equal": lambda c: f"at least {c['ge']:g}",
    "less_than": lambda c: f"less than {c['lt']:g}",
    "less_than_equal": lambda c: f"at most {c['le']:g}",
    "string_too_short": lambda c: f"at least {c['min_length']} character(s)",
    "string_too_long": lambda c: f"at most {c['max_length']} characters",
    "too_short": lambda c: f"at least {c['min_length']} item(s)",
    "too_long": lambda c: f"at most {c['max_length']} items",
    "string_pattern_mismatch": lambda c: f"text of the form {c['pattern']}",
    "value_error": lambda c: str(c["error"]),
}


def problems_of(
    error: ValidationError, model: type[BaseModel], file: str, tree: Tree
) -> Iterator[Problem]:
    """One problem for each fault that pydantic found in a document of type `model`."""
    found = error.errors(include_url=False)
    for details in (each for each in found if not _echo(each, found)):
        location: Location = tuple(p for p in details["loc"] if p != "[key]")
        given, allowed = _said(details, model)
        yield Problem(file, tree.line(location), field_path(location), given, allowed)


def _echo(details: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list is called too short only because items in it are wrong."""
    location = details["loc"]
    inside = (e for e in found if e is not details and e["loc"][: len(location)] == location)
    return details["type"] == "too_short" and any(inside)


def _said(details: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    kind, context = details["type"], dict(details.get("ctx", {}))
    given = quoted(details["input"])
    if kind == "missing":
        return "nothing", "a value: this field is required"
    if kind == "extra_forbidden":
        return f"unknown field {details['loc'][-1]}", _fields(model, details["loc"])
    if kind == "literal_error":
        return given, _literal(given, str(context["expected"]))
    if kind in _BOUNDS:
        return given, _BOUNDS[kind](context)
    return given, _SHAPES.get(kind, details["msg"])


def _literal(given: str, expected: str) -> str:
    names = [name.strip().strip("'") for name in expected.replace(" or ", ", ").split(",")]
    return choices(given, names)


def _fields(model: type[BaseModel], location: Location) -> str:
    """The fields of the mapping in which an unknown one stood."""
    inner: type[BaseModel] | None = model
    for part in location[:-1]:
        if isinstance(part, str) and inner and part in inner.model_fields:
            inner = _model_in(inner.model_fields[part].annotation)
    return choices(location[-1], inner.model_fields if inner else ())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The document type inside `X`, `X | None`, `tuple[X, ...]` or `dict[str, X]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, (_model_in(inner) for inner in get_args(annotation))), None)
