# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from hipfirst.web.accounts.contract import JsonValue, registered
from hipfirst.web.accounts.models import Consent, Person


@dataclass(frozen=True)
class KeptPart:
    """One line of what is kept about a person."""

    title: str
    count: int


def person_find(*, person_id: UUID) -> Person | None:
    return Person.objects.filter(pk=person_id).first()


def person_lock(*, person_id: UUID) -> Person | None:
    """The visitor, held until the transaction ends; None: erased meanwhile."""
    return Person.objects.select_for_update().filter(pk=person_id).first()


def person_kept(*, person: Person) -> tuple[KeptPart, ...]:
    return tuple(KeptPart(str(part.title), part.count(person)) for part in registered())


def person_export(*, person: Person) -> dict[str, JsonValue]:
    """Everything kept about a person: one entry per part of the contract."""
    return {part.name: part.export(person) for part in registered()}


def consents_in_force(*, person: Person) -> Mapping[str, Consent]:
    """Purpose -> the newest agreement that was not taken back. One query."""
    rows = Consent.objects.filter(person=person, withdrawn_at=None)
    return {row.purpose: row for row in rows.order_by("given_at", "pk")}
