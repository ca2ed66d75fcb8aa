# SPDX-License-Identifier: Apache-2.0
"""Every read of memberships, each a constant number of queries."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Count, Q, QuerySet

from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.membership.codes import normalised
from hipfirst.web.membership.ledger import GRACE, Line, LineKind, Standing, fold
from hipfirst.web.membership.models import LedgerLine, Offer, Voucher, VoucherBatch
from hipfirst.web.shared.once import once

_LINES = uuid.UUID("0f2e6a3c-6f0b-5d0e-9d5c-5f2c8f6f3a11")


def line_id(source: str, reference: str) -> uuid.UUID:
    """The key of a line, known before the line is: a revocation may come before its grant."""
    return uuid.uuid5(_LINES, f"{source} {reference}")


def standing_of(*, person: Person, now: datetime) -> Standing:
    """What the ledger of this person amounts to at `now`. One query."""
    return fold(map(line_of, ledger_of(person=person)), now)


@dataclass(frozen=True)
class Grace:
    """The time of a membership is over, and everything stays open some days longer."""

    ended: datetime
    until: datetime


def grace_of(standing: Standing) -> Grace | None:
    """None: it is not so."""
    if standing.state != "grace" or standing.until is None:
        return None
    return Grace(standing.until, standing.until + GRACE)


@once
def ledger_of(*, person: Person) -> list[LedgerLine]:
    """Every line, oldest first. One query."""
    return list(LedgerLine.objects.filter(person=person).order_by("at", "pk"))


def lines_of(*, person: Person) -> list[LedgerLine]:
    """The ledger of this person, newest first. One query."""
    return list(LedgerLine.objects.filter(person=person).order_by("-at", "-written_at"))


@dataclass(frozen=True)
class Pause:
    """A stretch in which the time stood still."""

    start: datetime
    end: datetime | None
    """None: it goes on."""


def pauses_of(*, person: Person, now: datetime) -> tuple[Pause, ...]:
    """When the membership was paused, oldest first. One query.

    A program counts these days as away.
    """
    rows = [row for row in ledger_of(person=person) if row.at <= now]
    lines, found = [line_of(row) for row in rows], list[Pause]()
    # What a pause or its end was is said by the fold: a pause of nothing is none.
    for moment in sorted({line.at for line in lines}):
        paused = fold(lines, moment).paused_at
        open_now = bool(found) and found[-1].end is None
        if paused and not open_now:
            found.append(Pause(paused, None))
        elif open_now and paused is None:
            found[-1] = Pause(found[-1].start, moment)
    return tuple(found)


def line_of(row: LedgerLine) -> Line:
    of = row.of_id or (line_id(row.source, row.of_reference) if row.of_reference else None)
    return Line(id=row.id, kind=cast("LineKind", row.kind), at=row.at, days=row.days, of=of)


def offers_shown() -> list[Offer]:
    """What /join/ shows, in the owner's order. One query."""
    hidden = {Offer.Kind.COMP, Offer.Kind.FREE}
    return list(Offer.objects.filter(shown=True).exclude(kind__in=hidden))


def offer_free() -> Offer | None:
    """The line about what needs no membership; None: the owner hides it. One query."""
    return Offer.objects.filter(shown=True, kind=Offer.Kind.FREE).first()


def offer_find(*, slug: str) -> Offer | None:
    """An offer that somebody may choose. One query."""
    rows = Offer.objects.filter(slug=slug, shown=True)
    return rows.exclude(kind__in={Offer.Kind.COMP, Offer.Kind.FREE}).first()


def voucher_find(*, typed: str) -> Voucher | None:
    """The voucher of what somebody typed, used or not. One query at most."""
    code = normalised(typed)
    rows = Voucher.objects.select_related("batch__offer")
    return rows.filter(code=code).first() if code else None


def batches() -> QuerySet[VoucherBatch]:
    """With the number of `made`, `used` and `withdrawn` vouchers, newest first. One query."""
    gone = Q(vouchers__used_at=None, vouchers__withdrawn_at__isnull=False)
    counted = VoucherBatch.objects.select_related("offer").annotate(
        made=Count("vouchers"),
        used=Count("vouchers", filter=Q(vouchers__used_at__isnull=False)),
        withdrawn=Count("vouchers", filter=gone),
    )
    return counted.order_by("-created", "-pk")


def account_for(*, whom: str) -> Account | None:
    """By the address, or by the reference that /join/ gave them to quote. Two queries at most."""
    said = whom.strip()
    found = Account.objects.filter(email__iexact=said).first()
    if found or not (bounds := _bounds(said)):
        return found
    several = list(Account.objects.filter(person__pk__range=bounds)[:2])
    return several[0] if len(several) == 1 else None


def reference_of(person: Person) -> str:
    """What somebody quotes who pays, so that the owner finds whose it is: XXXX-XXXX."""
    first = person.pk.hex[:8].upper()
    return f"{first[:4]}-{first[4:]}"


def _bounds(reference: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    first = reference.replace("-", "").replace(" ", "").lower()
    if len(first) != 8 or set(first) - set("0123456789abcdef"):
        return None
    return uuid.UUID(first + "0" * 24), uuid.UUID(first + "f" * 24)
