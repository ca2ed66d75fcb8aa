# SPDX-License-Identifier: Apache-2.0
"""Gives a site members with eight weeks of *Build* behind them; run by `followers`, in the site's
environment. Every session is played through the real log, every answer is the real row. Prints as
JSON what a client needs to be one of them.
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import django
import time_machine

WEEKS, A_WEEK = 8, (0, 2, 4)
PROGRAM = "build"


def main(members: int) -> dict[str, Any]:
    """The cookies of the members, and the address of one calendar."""
    now = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    begin = now - timedelta(days=7 * WEEKS + now.weekday())
    people = [_member(n, begin) for n in range(members)]
    for week in range(WEEKS):
        for weekday in A_WEEK:
            _evening(people, begin + timedelta(days=7 * week + weekday))
        _told(people, begin + timedelta(days=7 * week + 6), week)
    return {
        "members": [_signed_in(account) for account in people],
        "calendar": people[0].person.rhythm.calendar_token,
    }


def _member(n: int, begin: datetime) -> Any:
    from allauth.account.models import EmailAddress  # noqa: PLC0415

    from hipfirst.web.accounts.consent_words import HEALTH_VERSION  # noqa: PLC0415
    from hipfirst.web.accounts.models import Account, Consent  # noqa: PLC0415
    from hipfirst.web.membership.models import LedgerLine, Offer  # noqa: PLC0415
    from hipfirst.web.training.models import Following, Rhythm  # noqa: PLC0415

    address = f"follower{n}@example.org"
    account = Account.objects.create_user(address, name=f"Follower {n}")
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
    person = account.person
    LedgerLine.objects.create(
        person=person,
        kind=LedgerLine.Kind.GRANT,
        at=begin,
        days=365,
        offer_kind=Offer.Kind.YEARLY,
        source="owner",
        reference=str(uuid.uuid4()),
    )
    Consent.objects.create(
        person=person, purpose=Consent.Purpose.HEALTH, version=HEALTH_VERSION, given_at=begin
    )
    Following.objects.create(person=person, program=PROGRAM, started_on=begin.date(), created=begin)
    Rhythm.objects.create(person=person, calendar_token=uuid.uuid4().hex)
    return account


def _evening(people: list[Any], at: datetime) -> None:
    from hipfirst.web.library.queries import document_find  # noqa: PLC0415

    program = document_find("program", PROGRAM)
    assert program is not None
    steps = [slug for week in program.body["weeks"] for slug in week["sessions"]]
    for account in people:
        done = account.person.runs.filter(status="finished").count()
        session = document_find("session", steps[done % len(steps)])
        assert session is not None
        _played(account.person, session, at)


def _played(person: Any, session: Any, at: datetime) -> None:
    """Every bout complete, now and then a little pain in the left knee."""
    from hipfirst.web.training.actions import run_start  # noqa: PLC0415
    from hipfirst.web.training.log_actions import events_append  # noqa: PLC0415

    with time_machine.travel(at, tick=False):
        run = run_start(person=person, session=session, again=True)
        device, raw = str(uuid.uuid4()), list[dict[str, Any]]()

        def event(kind: str, **fields: Any) -> None:
            raw.append(
                {
                    "format": 1,
                    "id": str(uuid.uuid4()),
                    "device": device,
                    "seq": len(raw) + 1,
                    "at": at.isoformat(),
                    "type": kind,
                    **fields,
                }
            )

        event("started")
        for slot in run.timeline.body["slots"]:
            for bout, _ in enumerate(slot["bouts"]):
                place = {"slot": slot["id"], "bout": bout}
                event("moved", **place, via="auto")
                rung = slot["start_rung"]
                event("done", **place, rung=rung, reps=8, seconds=30, complete=True)
        event("rated", pain_left=1, pain_right=0, effort=4 + at.day % 3, note="")
        event("finished")
        receipt = events_append(run=run, raw=raw)
        assert not receipt.rejected, receipt.rejected


def _told(people: list[Any], at: datetime, week: int) -> None:
    from hipfirst.web.accounts.consent_words import HEALTH_VERSION  # noqa: PLC0415
    from hipfirst.web.training.models import CheckIn  # noqa: PLC0415

    CheckIn.objects.bulk_create(
        CheckIn(
            person=account.person,
            kind=CheckIn.Kind.WEEK,
            at=at,
            day=at.date(),
            left=max(0, 6 - week // 2),
            right=2,
            consent=HEALTH_VERSION,
        )
        for account in people
    )


def _signed_in(account: Any) -> str:
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(account)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
