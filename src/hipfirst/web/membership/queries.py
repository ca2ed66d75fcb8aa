# SPDX-License-Identifier: Apache-2.0
"""Every read of memberships, each a constant number of queries."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from hipfirst.web.accounts.models import Person
from hipfirst.web.membership.ledger import Line, LineKind, Standing, fold
from hipfirst.web.membership.models import LedgerLine


def standing_of(*, person: Person, now: datetime) -> Standing:
    """What the ledger of this person amounts to at `now`. One query."""
    rows = LedgerLine.objects.filter(person=person)
    return fold((_line(row) for row in rows), now)


def _line(row: LedgerLine) -> Line:
    return Line(id=row.id, kind=cast("LineKind", row.kind), at=row.at, days=row.days, of=row.of_id)
