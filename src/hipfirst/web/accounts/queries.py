# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hipfirst.web.accounts.contract import JsonValue, registered
from hipfirst.web.accounts.models import Visitor


@dataclass(frozen=True)
class KeptPart:
    """One line of what is kept about a person."""

    title: str
    count: int


def visitor_find(*, visitor_id: UUID) -> Visitor | None:
    return Visitor.objects.filter(pk=visitor_id).first()


def visitor_lock(*, visitor_id: UUID) -> Visitor | None:
    """The visitor, held until the transaction ends; None: erased meanwhile."""
    return Visitor.objects.select_for_update().filter(pk=visitor_id).first()


def person_kept(*, person: Visitor) -> tuple[KeptPart, ...]:
    return tuple(KeptPart(str(part.title), part.count(person)) for part in registered())


def person_export(*, person: Visitor) -> dict[str, JsonValue]:
    """Everything kept about a person: one entry per part of the contract."""
    return {part.name: part.export(person) for part in registered()}
