# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract for sessions that were taken along."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.kept_actions import kept_adopt, kept_erase
from hipfirst.web.training.models import Kept
from hipfirst.web.training.person_data import AT_ONCE


def _export(person: Person) -> Iterator[JsonValue]:
    rows = Kept.objects.filter(person=person).order_by("created", "pk")
    return (
        {
            "session": row.session,
            "title": row.title,
            "created": row.created.isoformat(),
            "until": row.until.isoformat() if row.until else None,
            "timeline": row.timeline.body,
        }
        for row in rows.select_related("timeline").iterator(chunk_size=AT_ONCE)
    )


KEPT = PersonData(
    name="kept",
    title=ngettext_lazy(
        "One session you kept for offline.", "%(count)d sessions you kept for offline.", "count"
    ),
    files={
        "kept": TableFile("kept", _("the sessions you kept for offline")),
    },
    models=frozenset({"training.kept"}),
    count=lambda person: Kept.objects.filter(person=person).count(),
    adopt=kept_adopt,
    export=_export,
    erase=kept_erase,
    json_only=frozenset({"timeline"}),
    health=True,
)
