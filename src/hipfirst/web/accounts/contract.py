# SPDX-License-Identifier: Apache-2.0
"""The person-data contract: what belongs to a person can be adopted, exported and erased.

Each app registers its part in `AppConfig.ready`. `uncovered` walks every model and names those
that lead to a person without a part that answers for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.db.models import Model
    from django_stubs_ext import StrPromise

    from hipfirst.web.accounts.models import Person

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
Export: TypeAlias = "JsonValue | Iterator[JsonValue]"
"""A long log comes row by row and is never held whole."""


@dataclass(frozen=True)
class TableFile:
    """One table in a copy."""

    name: str
    """Without .csv."""
    says: StrPromise
    """What is in it, in plain words: "what you wrote"."""


@dataclass(frozen=True)
class PersonData:
    """One app's part: the models it answers for and what it does with their rows.

    An account is a person, too: it is reached by `person.account`, and a visitor has none.
    """

    name: str
    """Heading of this part in an export."""
    title: StrPromise
    """A sentence that the person reads about it, with a number under "count": "One comment."."""
    models: frozenset[str]
    """Labels of the models covered, such as "training.run"."""
    count: Callable[[Person], int]
    adopt: Callable[[Person, Person], None]
    """Give what belongs to the first person to the second."""
    export: Callable[[Person], Export]
    """A copy of what belongs to the person, without secrets and without anybody else."""
    erase: Callable[[Person], int]
    """Erase what belongs to the person; returns the number of rows."""
    files: Mapping[str, TableFile] = field(default_factory=dict)
    """The tables of a copy: path of keys in the export, such as "runs_events" -> its file."""
    json_only: frozenset[str] = frozenset()
    """Keys of a row that are too deep for a table, and left out of it."""
    health: bool = False
    """Holds what a person said of their knees: erased when that agreement is taken back."""


_parts: dict[str, PersonData] = {}


def register(part: PersonData) -> None:
    """Add a part; a second part of the same name is a mistake and raises."""
    if _parts.setdefault(part.name, part) is not part:
        raise ImproperlyConfigured(f"person data {part.name!r} is registered twice")


def registered() -> tuple[PersonData, ...]:
    """Every part, lower apps first."""
    return tuple(_parts.values())


def personal_models(
    models: Iterable[type[Model]], people: Iterable[type[Model]]
) -> list[type[Model]]:
    """The people and every model whose keys lead to one of them, over any number of steps."""
    known = list(models)
    found = set(people)
    while fresh := {m for m in known if m not in found and _points_at(m, found)}:
        found |= fresh
    return sorted(found, key=_label)


def uncovered(models: Iterable[type[Model]], people: Iterable[type[Model]]) -> list[str]:
    """Labels of personal models that no registered part covers."""
    covered = {label for part in registered() for label in part.models}
    labels = [_label(model) for model in personal_models(models, people)]
    return [label for label in labels if label not in covered]


def _points_at(model: type[Model], targets: set[type[Model]]) -> bool:
    forward = (f for f in model._meta.get_fields() if f.concrete or not f.auto_created)  # noqa: SLF001
    return any(f.is_relation and f.related_model in targets for f in forward)


def _label(model: type[Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001
