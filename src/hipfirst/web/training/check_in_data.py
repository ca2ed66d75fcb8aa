# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract for check-ins and the activities they ask about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.check_in_actions import check_ins_adopt, check_ins_erase
from hipfirst.web.training.models import Activity, CheckIn


def _export(person: Person) -> JsonValue:
    told = CheckIn.objects.filter(person=person).select_related("activity")
    activities = Activity.objects.filter(person=person).order_by("created", "pk")
    return {
        "told": [_told(row) for row in told.order_by("at", "pk")],
        "activities": [_activity(row) for row in activities],
    }


def _told(row: CheckIn) -> JsonValue:
    return {
        "kind": row.kind,
        "at": row.at.isoformat(),
        "day": row.day.isoformat(),
        "run": str(row.run_id) if row.run_id else None,
        "left": row.left,
        "right": row.right,
        "swelling": row.swelling,
        "activity": row.activity.name if row.activity else None,
        "hard": row.hard,
        "consent": row.consent,
    }


def _activity(row: Activity) -> JsonValue:
    ended = row.ended_at.isoformat() if row.ended_at else None
    return {"name": row.name, "created": row.created.isoformat(), "ended_at": ended}


def _count(person: Person) -> int:
    told = CheckIn.objects.filter(person=person).count()
    return told + Activity.objects.filter(person=person).count()


CHECK_INS = PersonData(
    name="check_ins",
    title=ngettext_lazy(
        "One check-in, or activity of your own that it asks about.",
        "%(count)d check-ins and activities of your own that they ask about.",
        "count",
    ),
    files={
        "check_ins_told": TableFile("check_ins", _("what you said in check-ins")),
        "check_ins_activities": TableFile(
            "activities", _("the activities of your own that you named")
        ),
    },
    models=frozenset({"training.checkin", "training.activity"}),
    count=_count,
    adopt=check_ins_adopt,
    export=_export,
    erase=check_ins_erase,
    health=True,
)
