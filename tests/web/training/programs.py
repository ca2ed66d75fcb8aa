# SPDX-License-Identifier: Apache-2.0
"""A program of two weeks made of sessions of the starter pack, for tests of following one."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from hipfirst.packs.canonical import content_hash
from hipfirst.packs.documents import Program
from hipfirst.web.library.models import Document
from hipfirst.web.membership.models import LedgerLine
from hipfirst.web.training.actions import timeline_store
from hipfirst.web.training.models import Run
from hipfirst.web.training.queries import Resolved
from web.conftest import WIRE

FREE, OTHER = "build-lower-body-detail", "seated-and-strong"
WEEKS = ((FREE, OTHER, FREE), (OTHER, FREE, OTHER))
SLUG = "two-weeks"
ADDRESS = f"/programs/{SLUG}/"
PLAYED = json.loads((WIRE / "payload.json").read_text(encoding="utf-8"))["timeline"]
"""What their runs play: a program only asks which session it was, and when."""


def program(slug=SLUG, *, access="everyone", weeks=WEEKS, title="Two Weeks"):
    """A published program."""
    body = {
        "format": 1,
        "slug": slug,
        "title": title,
        "summary": "Two weeks to try.",
        "access": access,
        "weeks": [{"focus": f"Focus {n}", "sessions": week} for n, week in enumerate(weeks, 1)],
        "evidence": ["dolak-2011"],
    }
    Program.model_validate(body)
    return Document.objects.create(
        kind="program",
        slug=slug,
        title=title,
        language="en",
        content_hash=slug,
        projection_hash=slug,
        members_only=access == "members",
        facts={"summary": body["summary"], "weeks": len(weeks)},
        body=body,
    )


def finished(person, session, at, *, preview=False):
    """A run of theirs that ended then."""
    timeline = timeline_store(resolved=Resolved(content_hash(PLAYED), PLAYED))
    return Run.objects.create(
        person=person,
        timeline=timeline,
        session=session,
        title=session,
        preview=preview,
        created=at - timedelta(minutes=30),
        planned=at - timedelta(minutes=30),
        status=Run.Status.FINISHED,
        finished_at=at,
    )


def ledger(person, kind, at: datetime, *, days=None):
    """A line of the membership."""
    count = LedgerLine.objects.count()
    return LedgerLine.objects.create(
        person=person, kind=kind, at=at, days=days, source="test", reference=str(count)
    )
