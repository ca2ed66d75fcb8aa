# SPDX-License-Identifier: Apache-2.0
"""Times the one question of entitlement beside the smallest question to the same database; run by
`followers`, in the site's environment, once it has members. Prints JSON: microseconds of CPU.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django

CALLS, ROUNDS = 200, 9
PAUSES = 20
"""A ledger longer than most will ever be: begun, then paused and resumed so often."""


def main() -> dict[str, float]:
    from hipfirst.web.accounts.models import Account, Person  # noqa: PLC0415
    from hipfirst.web.membership.access import is_entitled  # noqa: PLC0415

    now = datetime.now(UTC)
    account = Account.objects.select_related("person").get(email="follower0@example.org")
    usual, plain = account.person, Account.objects.create_user("paused@example.org").person
    _ledger(plain, now)

    def known(person: Any) -> Any:
        """As a request has it: with the account that is signed in."""
        return Person.objects.select_related("account").get(pk=person.pk)

    short, long = known(usual), known(plain)
    assert is_entitled(short, now=now)
    assert is_entitled(long, now=now)
    return {
        "query": _micros(lambda: Person.objects.filter(pk=usual.pk).exists()),
        "usual": _micros(lambda: is_entitled(short, now=now)),
        "long": _micros(lambda: is_entitled(long, now=now)),
    }


def _ledger(person: Any, now: datetime) -> None:
    from hipfirst.web.membership.models import LedgerLine, Offer  # noqa: PLC0415

    kinds = LedgerLine.Kind
    begin = now - timedelta(days=PAUSES * 4)
    told = [(kinds.GRANT, begin)]
    for n in range(PAUSES):
        told.append((kinds.PAUSE, begin + timedelta(days=4 * n + 1)))
        told.append((kinds.RESUME, begin + timedelta(days=4 * n + 2)))
    for kind, at in told:
        LedgerLine.objects.create(
            person=person,
            kind=kind,
            at=at,
            days=365 if kind == kinds.GRANT else None,
            offer_kind=Offer.Kind.YEARLY if kind == kinds.GRANT else "",
            source="owner",
            reference=str(uuid.uuid4()),
        )


def _micros(call: Callable[[], object]) -> float:
    """CPU of one call: the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(CALLS):
            call()
        rounds.append((time.process_time() - begun) / CALLS * 1e6)
    return min(rounds)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
