# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract: the person's own row, whether visitor or account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.contract import JsonValue, PersonData
from hipfirst.web.accounts.models import Person


def _adopt(giver: Person, _taker: Person) -> None:
    _erase(giver)


def _export(person: Person) -> JsonValue:
    return {"id": str(person.pk), "created": person.created.isoformat()}


def _erase(person: Person) -> int:
    return Person.objects.filter(pk=person.pk).delete()[0]


PERSON = PersonData(
    name="person",
    title=_("Random numbers by which this site knows your browser again"),
    models=frozenset(
        {
            "accounts.person",
            # Staff and their rights: made and removed by the owner with `hipfirst manage`.
            "auth.user",
            "auth.user_groups",
            "auth.user_user_permissions",
        }
    ),
    count=lambda _person: 1,
    adopt=_adopt,
    export=_export,
    erase=_erase,
)
