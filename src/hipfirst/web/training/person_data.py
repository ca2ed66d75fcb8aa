# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract: runs and their logs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.access import Person
from hipfirst.web.accounts.contract import JsonValue, PersonData
from hipfirst.web.training.actions import runs_adopt, runs_erase
from hipfirst.web.training.models import Run, RunEvent


def _export(person: Person) -> JsonValue:
    runs = Run.objects.filter(visitor=person).order_by("created")
    return [_run(run) for run in runs.select_related("timeline").prefetch_related("events")]


def _run(run: Run) -> JsonValue:
    events: list[JsonValue] = [event.body for event in sorted(run.events.all(), key=_place)]
    return {
        "id": str(run.pk),
        "session": run.session,
        "title": run.title,
        "created": run.created.isoformat(),
        "status": run.status,
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "timeline": run.timeline.body,
        "events": events,
    }


def _place(event: RunEvent) -> tuple[int, str]:
    return event.seq, event.device.hex


RUNS = PersonData(
    name="runs",
    title=_("Sessions you started"),
    models=frozenset({"training.run", "training.runevent"}),
    count=lambda person: Run.objects.filter(visitor=person).count(),
    adopt=runs_adopt,
    export=_export,
    erase=runs_erase,
)
