# SPDX-License-Identifier: Apache-2.0
"""What a moderator may do: show, hide, pin, label, settle reports, close, ban.

Each is done once however many moderators press at the same time, and written into the admin's log.
`seen` is the version of the words that were decided about; None: those there are.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_access import may_ban, may_moderate
from hipfirst.web.journal.comment_actions import comment_lock, discussion_lock
from hipfirst.web.journal.comment_errors import BadText, ChangedMeanwhile, NotAllowed
from hipfirst.web.journal.comment_queries import queue
from hipfirst.web.journal.models import Comment, Discussion
from hipfirst.web.journal.notices import notice_reply, notice_shown
from hipfirst.web.library.models import Document

State = Comment.State


@transaction.atomic
def comment_show(
    *,
    moderator: Account,
    comment: Comment,
    seen: str | None = None,
    now: datetime | None = None,
) -> Comment:
    """Let everybody read it: what waited, what was hidden, what was reported."""
    now = now or timezone.now()
    comment = _moderated(moderator, comment, seen)
    _settle(moderator, comment)
    if comment.state == State.SHOWN:
        return comment
    waited = comment.state == State.HELD and comment.held_for != "reported"
    comment.state, comment.held_for = State.SHOWN, ""
    comment.save()
    _log(moderator, comment, "shown")
    if waited:
        notice_shown(comment=comment, now=now)
        notice_reply(reply=comment, now=now)
    return comment


@transaction.atomic
def comment_hide(*, moderator: Account, comment: Comment) -> Comment:
    """Take it from view; its author still sees it, and that it is hidden."""
    comment = _moderated(moderator, comment)
    _settle(moderator, comment)
    if comment.state != State.HIDDEN:
        comment.state, comment.held_for, comment.pinned = State.HIDDEN, "", False
        comment.save()
        _log(moderator, comment, "hidden")
    return comment


@transaction.atomic
def comment_pin(
    *, moderator: Account, comment: Comment, pinned: bool, seen: str | None = None
) -> Comment:
    """Stand first in its discussion, or in its place again. Only for the root of a thread."""
    comment = _moderated(moderator, comment, seen)
    if pinned and (comment.root_id or comment.state != State.SHOWN):
        raise NotAllowed(_("Only a comment that is shown and is no reply can be pinned."))
    if comment.pinned != pinned:
        comment.pinned = pinned
        comment.save()
        _log(moderator, comment, "pinned" if pinned else "unpinned")
    return comment


@transaction.atomic
def comment_label(*, moderator: Account, comment: Comment, story: bool) -> Comment:
    """Label it as one person's experience, or take the label off. Its author cannot take off a
    label that was set here.
    """
    comment = _moderated(moderator, comment)
    if comment.story != story or comment.labelled != story:
        comment.story = comment.labelled = story
        comment.save()
        _log(moderator, comment, "labelled as a story" if story else "label taken off")
    return comment


@transaction.atomic
def reports_settle(*, moderator: Account, comment: Comment, seen: str | None = None) -> Comment:
    """The reports were looked at; the comment stays as it is."""
    comment = _moderated(moderator, comment, seen)
    _settle(moderator, comment)
    return comment


@transaction.atomic
def discussion_close(*, moderator: Account, document: Document, closed: bool) -> Discussion:
    """Nobody adds to it any more, or everybody may again."""
    _refuse_others(moderator)
    discussion = discussion_lock(document)
    if discussion.closed != closed:
        discussion.closed = closed
        discussion.save()
        _log(moderator, discussion, "closed" if closed else "opened")
    return discussion


@transaction.atomic
def account_ban(
    *,
    moderator: Account,
    account: Account,
    because: str,
    hide: bool = False,
    now: datetime | None = None,
) -> Account:
    """End somebody's commenting. What they wrote stays as it is; with `hide`, what of it waits for
    a moderator is hidden.
    """
    account = _banned(moderator, account)
    because = because.strip()
    if not because:
        raise BadText(_("Say why: whoever is banned reads it."))
    if not account.is_banned:
        account.banned_at, account.banned_because = now or timezone.now(), because
        account.full_clean()
        account.save()
        _log(moderator, account, f"banned: {because}")
    if hide:
        for comment in queue().filter(author=account):
            comment_hide(moderator=moderator, comment=comment)
    return account


@transaction.atomic
def account_unban(*, moderator: Account, account: Account) -> Account:
    account = _banned(moderator, account)
    if account.is_banned:
        account.banned_at, account.banned_because = None, ""
        account.save()
        _log(moderator, account, "no longer banned")
    return account


def _moderated(moderator: Account, comment: Comment, seen: str | None = None) -> Comment:
    _refuse_others(moderator)
    found = comment_lock(comment)
    if seen is not None and seen != found.version:
        raise ChangedMeanwhile(_("Its author changed it meanwhile. Please read it again."))
    return found


def _refuse_others(moderator: Account) -> None:
    if not may_moderate(moderator):
        raise NotAllowed(_("Only moderators may do this."))


def _banned(moderator: Account, account: Account) -> Account:
    found = Account.objects.select_for_update(of=("self",), no_key=True).get(pk=account.pk)
    if not may_ban(moderator, found):
        raise NotAllowed(_("Only members can be banned, and only by a moderator."))
    return found


def _settle(moderator: Account, comment: Comment) -> None:
    if comment.reports.filter(settled_at=None).update(settled_at=timezone.now()):
        _log(moderator, comment, "reports settled")


def _log(moderator: Account, about: Model, what: str) -> None:
    """Who did what when, without quoting anybody: a log outlives what it is about."""
    LogEntry.objects.create(
        user=moderator,
        content_type=ContentType.objects.get_for_model(about),
        object_id=str(about.pk),
        object_repr=f"{about._meta.model_name} {about.pk}",  # noqa: SLF001
        action_flag=CHANGE,
        change_message=what,
    )
