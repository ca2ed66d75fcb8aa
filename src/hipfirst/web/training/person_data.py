# SPDX-License-Identifier: Apache-2.0
"""Our parts of the person-data contract: runs and their logs; knee checks."""

from __future__ import annotations

from collections.abc import Iterator

from django.forms import model_to_dict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Person
from hipfirst.web.training.actions import checks_adopt, checks_erase, runs_adopt, runs_erase
from hipfirst.web.training.models import KneeCheck, Run, RunEvent

AT_ONCE = 5
"""Runs that are held while a copy is written: a long one has thousands of events."""


def _export(person: Person) -> Iterator[JsonValue]:
    runs = Run.objects.filter(person=person).order_by("created", "pk")
    whole = runs.select_related("timeline").prefetch_related("events")
    return (_run(run) for run in whole.iterator(chunk_size=AT_ONCE))


def _run(run: Run) -> JsonValue:
    events: list[JsonValue] = [event.body for event in sorted(run.events.all(), key=_place)]
    return {
        "id": str(run.pk),
        "session": run.session,
        "title": run.title,
        "created": run.created.isoformat(),
        "planned": run.planned.isoformat(),
        "status": run.status,
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
        "timeline": run.timeline.body,
        "events": events,
    }


def _place(event: RunEvent) -> tuple[int, str]:
    return event.seq, event.device.hex


RUNS = PersonData(
    name="runs",
    title=ngettext_lazy("One session you started.", "%(count)d sessions you started.", "count"),
    files={
        "runs": TableFile("runs", _("the sessions you started")),
        "runs_events": TableFile(
            "runs_events", _("what happened in them: what was done, what hurt, how hard it was")
        ),
    },
    models=frozenset({"training.run", "training.runevent"}),
    count=lambda person: Run.objects.filter(person=person).count(),
    adopt=runs_adopt,
    export=_export,
    erase=runs_erase,
    json_only=frozenset({"timeline"}),
    health=True,
)


def _export_checks(person: Person) -> JsonValue:
    checks = KneeCheck.objects.filter(person=person).order_by("created", "pk")
    return [_check(check) for check in checks]


def _check(check: KneeCheck) -> JsonValue:
    """Every column but the keys, by name."""
    row = model_to_dict(check, exclude=["id", "person", "consented_at", "told_in"])
    return {
        "created": check.created.isoformat(),
        "consented_at": check.consented_at.isoformat(),
        **row,
    }


CHECKS = PersonData(
    name="knee_checks",
    title=ngettext_lazy(
        "One time you told us about your knees.",
        "%(count)d times you told us about your knees.",
        "count",
    ),
    files={
        "knee_checks": TableFile("knee_checks", _("what you said of your knees")),
    },
    models=frozenset({"training.kneecheck"}),
    count=lambda person: KneeCheck.objects.filter(person=person).count(),
    adopt=checks_adopt,
    export=_export_checks,
    erase=checks_erase,
    health=True,
)
