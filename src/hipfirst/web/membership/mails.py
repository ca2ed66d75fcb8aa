# SPDX-License-Identifier: Apache-2.0
"""Two mails about an end: one some days before, one when it came. None after a cancellation."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from hipfirst.web.accounts.mails import mail_fault
from hipfirst.web.accounts.models import Account
from hipfirst.web.membership.ledger import GRACE, Standing, fold
from hipfirst.web.membership.models import EndingNotice, LedgerLine
from hipfirst.web.membership.queries import line_of
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import site_settings
from hipfirst.web.site.sender import mail_sender

_log = logging.getLogger(__name__)
BEFORE = timedelta(days=7)
SETTLED = timedelta(days=1)
"""Whoever was given time so lately knows how much it is."""
Kind = EndingNotice.Kind


def endings_tell(now: datetime) -> int:
    """Send what is due; the number of mails that left. Each end is told once before, once after.

    One query for all ledgers, and some for each mail.
    """
    if site_settings().open_to_all:
        return 0
    due = [
        (person, kind, standing.until)
        for person, standing, granted in _standings(now)
        if standing.until and (kind := _kind(standing, granted, now))
    ]
    return sum(_tell(person, kind, until, now) for person, kind, until in due)


def _standings(now: datetime) -> Iterator[tuple[UUID, Standing, datetime]]:
    """Person, standing, and when time was last added."""
    rows = LedgerLine.objects.filter(at__lte=now).order_by("person")
    for person, group in groupby(rows.iterator(), key=lambda row: row.person_id):
        lines = [line_of(row) for row in group]
        granted = [line.at for line in lines if line.kind == "grant"]
        if granted:
            yield person, fold(lines, now), max(granted)


def _kind(standing: Standing, granted: datetime, now: datetime) -> Kind | None:
    if standing.cancelled or standing.until is None:
        return None
    if standing.state == "active" and standing.until - now <= BEFORE:
        return Kind.SOON if now - granted >= SETTLED else None
    return Kind.OVER if standing.state == "grace" else None


def _tell(person: UUID, kind: Kind, until: datetime, now: datetime) -> bool:
    """Noted before it is sent: if all breaks in between, a mail is lost and none comes twice."""
    account = Account.objects.filter(person=person, is_active=True, erase_at=None).first()
    if account is None or account.is_staff:
        return False
    with transaction.atomic():
        values = {"person_id": person, "kind": kind, "until": until}
        notice, made = EndingNotice.objects.get_or_create(**values, defaults={"sent_at": now})
    if not made:
        return False
    try:
        return _send(account, kind, until)
    except Exception as error:  # noqa: BLE001 whatever it is, the others are told too
        _log.error("a mail about a membership could not be sent: %s", _fault(error))
        notice.delete()
        return False


def _fault(error: Exception) -> str:
    """Of what is no fault of sending, the kind alone: its words may hold an address."""
    if isinstance(error, OSError | SMTPException):
        return mail_fault(error)
    return type(error).__name__


def _send(account: Account, kind: Kind, until: datetime) -> bool:
    context = {
        "site": site_settings(),
        "until": until,
        "open_until": until + GRACE,
        "join_url": whole_url(None, reverse("membership:join")),
        "membership_url": whole_url(None, reverse("membership:membership")),
    }
    name = f"membership/mail/{kind}"
    mail = EmailMultiAlternatives(
        " ".join(render_to_string(f"{name}_subject.txt", context).split()),
        render_to_string(f"{name}.txt", context),
        mail_sender(),
        [account.email],
        headers={
            # The page on which they are stopped: no single tap ends a membership.
            "List-Unsubscribe": f"<{context['membership_url']}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    return mail.send() == 1
