# SPDX-License-Identifier: Apache-2.0
"""The only writes: make a page for a professional, end it, note that it was opened."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Person
from hipfirst.web.accounts.queries import account_of
from hipfirst.web.progress.errors import TooManyReports
from hipfirst.web.progress.models import Report
from hipfirst.web.progress.queries import reports_live, reports_made
from hipfirst.web.progress.report import Body, Wish, body_of, oldest_told
from hipfirst.web.training.queries import KEPT_DAYS as TOLD_DAYS

LIVE_AT_MOST = 20
DAILY_AT_MOST = 20
"""Made in one day, whether their links are open or ended."""
TOKEN_BYTES = 32
KEPT_DAYS = 30
"""So long a page stays with its person after its link is over."""


@dataclass(frozen=True)
class Made:
    report: Report
    token: str
    """Of the link. It is told once, and only its hash is kept."""


@transaction.atomic
def report_make(*, person: Person, wish: Wish, days: int, now: datetime) -> Made:
    """A page as it is now, and a link that opens it for some days: a visitor's for no longer than
    what it shows is kept of them. Raises TooManyReports.
    """
    # Two presses of the same button wait for each other here.
    Person.objects.select_for_update().get(pk=person.pk)
    if len(reports_live(person=person, now=now)) >= LIVE_AT_MOST:
        raise TooManyReports(
            _("You have %(count)d links that are still open. End one of them, then make another.")
            % {"count": LIVE_AT_MOST}
        )
    if reports_made(person=person, since=now - timedelta(days=1)) >= DAILY_AT_MOST:
        raise TooManyReports(
            _("You made %(count)d pages in one day, and more there are not. Come back tomorrow.")
            % {"count": DAILY_AT_MOST}
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    body = body_of(person=person, wish=wish, now=now)
    report = Report.objects.create(
        person=person,
        created=now,
        body=body.model_dump(mode="json"),
        expires_at=_ends(person, body, now + timedelta(days=days)),
        token_sha256=token_hash(token),
    )
    return Made(report, token)


def _ends(person: Person, body: Body, wished: datetime) -> datetime:
    oldest = None if account_of(person=person) else oldest_told(person=person, body=body)
    return min(wished, oldest + timedelta(days=TOLD_DAYS)) if oldest else wished


def report_end(*, report: Report, now: datetime) -> None:
    """The link opens nothing from now on."""
    Report.objects.filter(pk=report.pk, ended_at=None).update(ended_at=now)


def report_opened(*, report: Report, now: datetime) -> None:
    Report.objects.filter(pk=report.pk).update(opened=F("opened") + 1, opened_at=now)


def token_hash(token: str) -> str:
    """What is kept of a link's secret: 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def reports_adopt(visitor: Person, member: Person) -> None:
    Report.objects.filter(person=visitor).update(person=member)


def reports_erase(person: Person) -> int:
    return Report.objects.filter(person=person).delete()[0]


def reports_told_erase(person: Person) -> int:
    """Erase the pages that hold what was told in check-ins, and with them their links."""
    return _erase_where(person, lambda body: body.holds_check_ins)


def reports_asked_erase(person: Person) -> int:
    """The same for those that hold what was answered in a knee check."""
    return _erase_where(person, lambda body: body.holds_checks)


def _erase_where(person: Person, holds: Callable[[Body], bool]) -> int:
    rows = Report.objects.filter(person=person)
    found = [row.pk for row in rows if holds(Body.model_validate(row.body))]
    return Report.objects.filter(pk__in=found).delete()[0]


def reports_purge(now: datetime) -> int:
    """Erase pages whose link was over some weeks ago, and a visitor's as soon as it is over;
    returns the number of rows.
    """
    before = now - timedelta(days=KEPT_DAYS)
    old = Q(expires_at__lt=before) | Q(ended_at__lt=before)
    over = Q(person__account=None) & (Q(expires_at__lte=now) | Q(ended_at__lte=now))
    return Report.objects.filter(old | over).delete()[0]
