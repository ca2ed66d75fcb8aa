# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract: pages for a professional."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Person
from hipfirst.web.progress.actions import reports_adopt, reports_erase
from hipfirst.web.progress.models import Report


def _export(person: Person) -> JsonValue:
    reports = Report.objects.filter(person=person).order_by("created", "pk")
    return [_report(report) for report in reports]


def _report(report: Report) -> JsonValue:
    """Without the hash of its link, which is a secret's."""
    return {
        "id": str(report.pk),
        "created": report.created.isoformat(),
        "expires_at": report.expires_at.isoformat(),
        "ended_at": report.ended_at.isoformat() if report.ended_at else None,
        "opened": report.opened,
        "opened_at": report.opened_at.isoformat() if report.opened_at else None,
        "page": report.body,
    }


REPORTS = PersonData(
    name="reports",
    title=ngettext_lazy(
        "One page you made for a professional.",
        "%(count)d pages you made for a professional.",
        "count",
    ),
    files={"reports": TableFile("reports", _("the pages you made for a professional"))},
    models=frozenset({"progress.report"}),
    count=lambda person: Report.objects.filter(person=person).count(),
    adopt=reports_adopt,
    export=_export,
    erase=reports_erase,
    json_only=frozenset({"page"}),
    health=True,
)
