# SPDX-License-Identifier: Apache-2.0
"""Who is to be told of what by mail. Written with what it is about, sent later, never twice."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_access import may_moderate, may_read
from hipfirst.web.journal.comment_limits import NOTICES_KEPT
from hipfirst.web.journal.comment_queries import moderators, queue
from hipfirst.web.journal.mail import mail_send
from hipfirst.web.journal.models import Comment, MailChoice, Notice

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
    """Tell every moderator but its author."""
    _write([m.pk for m in moderators() if m.pk != comment.author_id], comment, Kind.QUEUE, now)


def _write(accounts: Iterable[int], comment: Comment, kind: Kind, now: datetime) -> None:
    rows = [Notice(account_id=each, comment=comment, kind=kind, created=now) for each in accounts]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def deliver_notices(*, now: datetime) -> int:
    """Send what is due; returns the number of mails that went out.

    What waits for one moderator goes into one mail. A mail that cannot be sent is logged and tried
    again, as often as WAITS says; what is no longer true or wanted is dropped.
    """
    due = [notice for notice in _unsent() if notice.created + WAITS[notice.tries] <= now]
    waiting = set(queue().values_list("pk", flat=True)) if due else set()
    wanted = [notice for notice in due if _holds(notice, waiting)]
    dropped = {notice.pk for notice in due} - {notice.pk for notice in wanted}
    Notice.objects.filter(pk__in=dropped, sent_at=None).delete()
    return sum(_deliver(letter, now) for letter in _letters(wanted))


def notices_purge(*, now: datetime) -> int:
    """Forget mails that were sent, or given up, long ago; returns their number."""
    return Notice.objects.filter(created__lt=now - NOTICES_KEPT).delete()[0]


def _unsent() -> list[Notice]:
    rows = Notice.objects.filter(sent_at=None, tries__lt=len(WAITS)).order_by("created", "pk")
    joined = rows.select_related(
        "account__mail_choice",
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
    """Claimed before it is sent: if all breaks in between, a mail is lost and none comes twice."""
    claimed = [notice for notice in letter if _claim(notice, now)]
    if not claimed:
        return False
    try:
        mail_send(claimed)
    except Exception:  # noqa: BLE001 one bad address must not keep the others from their mail
        _log.exception("notice %s could not be sent", claimed[0].pk)
        Notice.objects.filter(pk__in=[each.pk for each in claimed]).update(sent_at=None)
        return False
    return True


def _claim(notice: Notice, now: datetime) -> bool:
    rows = Notice.objects.filter(pk=notice.pk, sent_at=None, tries=notice.tries)
    with transaction.atomic():
        return rows.update(sent_at=now, tries=F("tries") + 1) == 1
