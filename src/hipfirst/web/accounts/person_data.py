# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract: the visitor's own row."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.contract import JsonValue, PersonData
from hipfirst.web.accounts.models import Visitor


def _adopt(giver: Visitor, _taker: Visitor) -> None:
    _erase(giver)


def _export(visitor: Visitor) -> JsonValue:
    return {"id": str(visitor.pk), "created": visitor.created.isoformat()}


def _erase(visitor: Visitor) -> int:
    return Visitor.objects.filter(pk=visitor.pk).delete()[0]


VISITOR = PersonData(
    name="visitor",
    title=_("Random numbers by which this site knows your browser again"),
    models=frozenset(
        {
            "accounts.visitor",
            # Staff and their rights: made and removed by the owner with `hipfirst manage`.
            "auth.user",
            "auth.user_groups",
            "auth.user_user_permissions",
        }
    ),
    count=lambda _visitor: 1,
    adopt=_adopt,
    export=_export,
    erase=_erase,
)
