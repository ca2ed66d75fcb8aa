# SPDX-License-Identifier: Apache-2.0
"""Weeks that somebody told of."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hipfirst.web.training.models import Activity, CheckIn

FIRST = date(2026, 3, 1)


def tell(person, *pains, first=FIRST, activity="", hard=()):
    """Check-ins a week apart: (left, right) of each; None leaves the week out."""
    own = Activity.objects.create(person=person, name=activity) if activity else None
    for n, pain in enumerate(pains):
        if pain is None:
            continue
        day = first + timedelta(weeks=n)
        CheckIn.objects.create(
            person=person,
            kind=CheckIn.Kind.WEEK,
            at=datetime.combine(day, time(18), tzinfo=UTC),
            day=day,
            left=pain[0],
            right=pain[1],
            activity=own,
            hard=hard[n] if own else None,
            consent=2,
        )
