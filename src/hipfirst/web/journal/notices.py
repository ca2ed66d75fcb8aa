# SPDX-License-Identifier: Apache-2.0
"""Who is to be told of what by mail. Written with what it is about, sent later, never twice."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_access import may_moderate, may_read
from hipfirst.web.journal.comment_limits import NOTICES_KEPT
from hipfirst.web.journal.comment_queries import moderators, queue
from hipfirst.web.journal.mail import mail_send
from hipfirst.web.journal.models import Comment, MailChoice, Notice
from hipfirst.web.library.access import may_see

_log = logging.getLogger(__name__)
Kind = Notice.Kind

WAITS = (
    timedelta(0),
    timedelta(minutes=2),
    timedelta(minutes=15),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""How long after it was written a mail is tried for the first, second, ... and last time."""
AT_ONCE = 200
"""Notices looked at by one delivery."""
_SERVER_ERRORS = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)
CHOICE_OF = {Kind.REPLY: "replies", Kind.SHOWN: "shown", Kind.QUEUE: "moderation"}
"""Kind of notice -> the field of MailChoice that says whether it is wanted."""


def notice_reply(*, reply: Comment, now: datetime) -> None:
    """Tell whom it answers, unless they answered themselves."""
    answered = reply.answers
    if answered and answered.author_id and answered.author_id != reply.author_id:
        _write([answered.author_id], reply, Kind.REPLY, now)


def notice_shown(*, comment: Comment, now: datetime) -> None:
    if comment.author_id:
        _write([comment.author_id], comment, Kind.SHOWN, now)


def notice_queue(*, comment: Comment, now: datetime) -> None:
    """Tell every moderator but its author; again, if they were told of this comment before."""
    told = [m.pk for m in moderators() if m.pk != comment.author_id]
    rows = Notice.objects.filter(account__in=told, comment=comment, kind=Kind.QUEUE)
    over = Q(sent_at__isnull=False) | Q(tries__gte=len(WAITS))
    rows.filter(over).update(sent_at=None, tries=0, created=now)
    _write(told, comment, Kind.QUEUE, now)


def _write(accounts: Iterable[int], comment: Comment, kind: Kind, now: datetime) -> None:
    rows = [Notice(account_id=each, comment=comment, kind=kind, created=now) for each in accounts]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def deliver_notices(*, now: datetime) -> int:
    """Send what is due; returns the number of mails that went out.

    What waits for one moderator goes into one mail. A mail that cannot be sent is logged and tried
    again, as often as WAITS says; what is no longer true or wanted is dropped. Where nobody answers
    the rest waits, untried, for the next delivery.
    """
    due = _due(now)
    waiting = set(queue().values_list("pk", flat=True)) if due else set()
    wanted = [notice for notice in due if _holds(notice, waiting)]
    dropped = {notice.pk for notice in due} - {notice.pk for notice in wanted}
    Notice.objects.filter(pk__in=dropped, sent_at=None).delete()
    sent = 0
    try:
        for letter in _letters(wanted):
            sent += _deliver(letter, now)
    except _UnreachableError:
        _log.warning("the mail server cannot be reached: the other mails wait")
    return sent


def notices_purge(*, now: datetime) -> int:
    """Forget mails that were sent, or given up, long ago; returns their number."""
    return Notice.objects.filter(created__lt=now - NOTICES_KEPT).delete()[0]


class _UnreachableError(Exception):
    """No mail can be sent now, whoever it is for."""


def _due(now: datetime) -> list[Notice]:
    """What was tried least first: mails that cannot be sent must not keep newer ones from going."""
    due = Q()
    for tries, wait in enumerate(WAITS):
        due |= Q(tries=tries, created__lte=now - wait)
    rows = Notice.objects.filter(due, sent_at=None).order_by("tries", "created", "pk")
    joined = rows.select_related(
        "account__mail_choice",
        "account__person",
        "comment__author",
        "comment__answers",
        "comment__discussion__document",
    )
    return list(
        joined.defer("comment__discussion__document__body", "comment__discussion__document__facts")[
            :AT_ONCE
        ]
    )


def _holds(notice: Notice, waiting: set[int]) -> bool:
    """Whether what the mail would say is still true, and still wanted."""
    account, comment = notice.account, notice.comment
    if not account.is_active or account.erase_at or not wants(account, Kind(notice.kind)):
        return False
    if notice.kind == Kind.QUEUE:
        return may_moderate(account) and comment.pk in waiting
    if not may_see(account.person, comment.discussion.document):
        return False
    return comment.state == Comment.State.SHOWN and may_read(account, comment)


def wants(account: Account, kind: Kind) -> bool:
    choice = getattr(account, "mail_choice", None) or MailChoice()
    return bool(getattr(choice, CHOICE_OF[kind]))


def _letters(notices: Sequence[Notice]) -> list[list[Notice]]:
    """One list for each mail."""

    def letter(notice: Notice) -> tuple[int, str, int]:
        return notice.account_id, notice.kind, 0 if notice.kind == Kind.QUEUE else notice.pk

    letters = [list(group) for _key, group in groupby(sorted(notices, key=letter), key=letter)]
    return sorted(letters, key=lambda each: (each[0].created, each[0].pk))


def _deliver(letter: Sequence[Notice], now: datetime) -> bool:
    """Claimed before it is sent: if all breaks in between, a mail is lost and none comes twice.

    Raises _UnreachableError.
    """
    claimed = [notice for notice in letter if _claim(notice, now)]
    if not claimed:
        return False
    try:
        mail_send(claimed)
    except Exception as error:
        # Whatever it is: one bad address must not keep the others from their mail.
        _log.exception("notice %s could not be sent", claimed[0].pk)
        Notice.objects.filter(pk__in=[each.pk for each in claimed]).update(sent_at=None)
        if _is_unreachable(error):
            raise _UnreachableError from error
        return False
    return True


def _is_unreachable(error: Exception) -> bool:
    """Whether it says something of the mail server, and nothing of this one mail."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, _SERVER_ERRORS)
    return isinstance(error, OSError)


def _claim(notice: Notice, now: datetime) -> bool:
    rows = Notice.objects.filter(pk=notice.pk, sent_at=None, tries=notice.tries)
    with transaction.atomic():
        return rows.update(sent_at=now, tries=F("tries") + 1) == 1
