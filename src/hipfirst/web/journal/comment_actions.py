# SPDX-License-Identifier: Apache-2.0
"""What an account may do to comments: write, edit, delete, report. Moderation has its own module.

Each locks the account's row first: the same account does one thing after the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.web.accounts.actions import account_name
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.alarms import alarms_in
from hipfirst.web.journal.comment_access import DISCUSSED, is_own, may_moderate, may_read
from hipfirst.web.journal.comment_errors import (
    BadText,
    Closed,
    GoneMeanwhile,
    NameNeeded,
    NotAllowed,
    SaidAlready,
    TextTooLong,
    TooMany,
)
from hipfirst.web.journal.comment_limits import (
    COMMENTS,
    EDITS,
    KEPT,
    KNOWN_AFTER,
    LINKS_AFTER,
    REPORTS,
    REPORTS_HOLD,
    SAME_WITHIN,
    WAITING,
    Limit,
)
from hipfirst.web.journal.despair import DESPAIR, despair_in
from hipfirst.web.journal.markup import comment_html, has_address, has_words, plain
from hipfirst.web.journal.models import BODY_MAX, Comment, Discussion, Report
from hipfirst.web.journal.notices import notice_queue, notice_reply
from hipfirst.web.library.models import Document

State = Comment.State


@transaction.atomic
def comment_write(  # noqa: PLR0913 a comment has that many parts
    *,
    account: Account,
    document: Document,
    body: str,
    story: bool = False,
    name: str = "",
    answers: Comment | None = None,
    now: datetime | None = None,
) -> Comment:
    """A new comment, shown at once or held for a moderator. `name` is taken where the account has
    none. Raises a CommentRefused, or what `account_name` raises.
    """
    now = now or timezone.now()
    author, discussion = _writer(account), _open(document)
    answered = _answerable(answers, discussion)
    text = _text(body)
    _refuse_often(Comment.objects.filter(author=author), COMMENTS, now)
    _refuse_waiting(author)
    _refuse_same(author, discussion, answered, text, now)
    _named(author, name)
    alarms = _alarms(author, text)
    held_for = _held_for(author, text, alarms)
    comment = Comment(
        discussion=discussion,
        root=(answered.root or answered) if answered else None,
        answers=answered,
        author=author,
        body=text,
        html=comment_html(text),
        story=story,
        alarms=list(alarms),
        held_for=held_for,
        state=State.HELD if held_for else State.SHOWN,
        created=now,
    )
    comment.save(force_insert=True)
    _tell(comment, now)
    return comment


@transaction.atomic
def comment_edit(
    *,
    account: Account,
    comment: Comment,
    body: str,
    story: bool = False,
    now: datetime | None = None,
) -> Comment:
    """Other words for one's own comment. New alarm words or links hold it again; what a moderator
    hid stays hidden, and their label stays. Raises a CommentRefused.
    """
    now = now or timezone.now()
    author, comment = _writer(account), comment_lock(comment)
    if not is_own(author, comment):
        raise NotAllowed(_("You can only change what you wrote yourself."))
    if comment.discussion.closed:
        raise Closed(_closed())
    text = _text(body)
    _refuse_edits(author, now)
    alarms = _alarms(author, text)
    fresh, waited = set(alarms) - set(comment.alarms), comment.state == State.HELD
    if comment.state == State.SHOWN:
        comment.held_for = _held_for(author, text, fresh)
        comment.state = State.HELD if comment.held_for else State.SHOWN
    elif waited and fresh:
        comment.held_for = _urgency(alarms)
    if comment.state == State.HELD or (text != comment.body and not may_moderate(author)):
        # A moderator pinned other words than these.
        comment.pinned = False
    comment.body, comment.html = text, comment_html(text)
    comment.story = story or comment.labelled
    comment.alarms = list(alarms)
    comment.edited = now
    comment.save()
    if comment.state == State.HELD and (fresh or not waited):
        notice_queue(comment=comment, now=now)
    return comment


@transaction.atomic
def comment_delete(*, account: Account, comment: Comment) -> None:
    """Take back one's own words at once; the empty row goes later, or stays under its replies.

    Somebody who is banned may do so too.
    """
    comment = comment_lock(comment)
    if not is_own(account, comment):
        raise NotAllowed(_("You can only delete what you wrote yourself."))
    comment_empty(comment)


def comment_empty(comment: Comment) -> None:
    """Without words, marks and label. Its row is kept for now."""
    comment.body = comment.html = comment.held_for = ""
    comment.alarms, comment.story, comment.labelled, comment.pinned = [], False, False, False
    comment.state = State.DELETED
    comment.save()
    comment.reports.filter(settled_at=None).update(settled_at=timezone.now())


@transaction.atomic
def comment_report(
    *,
    account: Account,
    comment: Comment,
    reason: str,
    note: str = "",
    now: datetime | None = None,
) -> Report:
    """Tell the moderators; twice says nothing more, unless they settled it in between. When
    several people do, it is held.

    Raises a CommentRefused.
    """
    now = now or timezone.now()
    reporter, comment = _writer(account), comment_lock(comment)
    if comment.author_id == reporter.pk or not may_read(reporter, comment):
        raise NotAllowed(_("You can only report what somebody else wrote."))
    earlier = Report.objects.filter(account=reporter, comment=comment).first()
    if earlier and earlier.settled_at is None:
        return earlier
    _refuse_often(Report.objects.filter(account=reporter), REPORTS, now)
    report = earlier or Report(comment=comment, account=reporter)
    report.reason, report.note, report.created, report.settled_at = reason, note, now, None
    report.full_clean()
    report.save()
    if comment.state == State.SHOWN and _open_reports(comment) >= REPORTS_HOLD:
        comment.state, comment.held_for = State.HELD, "reported"
        comment.save()
    notice_queue(comment=comment, now=now)
    return report


@transaction.atomic
def comments_erase(*, account: Account) -> int:
    """Everything an account wrote: rows without replies go, with replies they lose words and name.

    Returns the number of rows that were changed.
    """
    rows = Comment.objects.select_for_update(no_key=True).filter(author=account)
    count = 0
    for comment in rows:
        comment_empty(comment)
        count += 1
    rows.update(author=None)
    _drop_bare(Comment.objects.filter(state=State.DELETED, author=None))
    return count


def comments_purge(*, now: datetime) -> int:
    """Rows of comments that were deleted long enough ago: without replies they go, with replies
    their author is forgotten. Returns their number.
    """
    old = Comment.objects.filter(state=State.DELETED, created__lt=now - KEPT)
    return _drop_bare(old) + old.exclude(author=None).update(author=None)


def comment_lock(comment: Comment) -> Comment:
    """As it is now, and nobody else's until the transaction ends. Raises GoneMeanwhile."""
    rows = Comment.objects.select_for_update(of=("self",), no_key=True).select_related(
        "discussion", "root"
    )
    found = rows.filter(pk=comment.pk).first()
    if found is None or found.state == State.DELETED:
        raise GoneMeanwhile(_("This comment was deleted meanwhile."))
    return found


def discussion_lock(document: Document) -> Discussion:
    """Made if need be, and nobody else's until the transaction ends."""
    Discussion.objects.get_or_create(document=document)
    return Discussion.objects.select_for_update(of=("self",), no_key=True).get(document=document)


def _writer(account: Account) -> Account:
    """The account as it is now. Raises NotAllowed."""
    rows = Account.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=account.pk, is_active=True
    )
    found = rows.first()
    if found is None or found.erase_at is not None:
        raise NotAllowed(_("This account is being deleted: it can read, and write no comments."))
    if found.is_banned:
        raise NotAllowed(_("A moderator has closed commenting for this account."))
    return found


def _open(document: Document) -> Discussion:
    if document.kind not in DISCUSSED:
        raise NotAllowed(_("This page has no comments."))
    discussion = discussion_lock(document)
    if discussion.closed:
        raise Closed(_closed())
    return discussion


def _closed() -> str:
    return _("This discussion is closed: what was said stays, and nobody can add to it.")


def _answerable(answers: Comment | None, discussion: Discussion) -> Comment | None:
    if answers is None:
        return None
    answered = comment_lock(answers)
    if answered.state != State.SHOWN:
        raise GoneMeanwhile(_("The comment you reply to is not shown any more."))
    if answered.discussion_id != discussion.pk:
        raise NotAllowed(_("The comment you reply to stands on another page."))
    return answered


def _text(body: str) -> str:
    text = plain(body)
    if not has_words(comment_html(text)):
        raise BadText(_("Nothing was written. Allowed: 1 to %(most)s characters.") % _most())
    if len(text) > BODY_MAX:
        raise TextTooLong(
            _("You wrote %(count)s characters. Allowed: at most %(most)s. Shorten it.")
            % (_most() | {"count": f"{len(text):,}"})
        )
    return text


def _most() -> dict[str, str]:
    return {"most": f"{BODY_MAX:,}"}


def _refuse_often(rows: QuerySet[Model], limits: Iterable[Limit], now: datetime) -> None:
    for limit in limits:
        if rows.filter(created__gt=now - limit.within).count() >= limit.most:
            raise _too_many(limit)


def _refuse_edits(author: Account, now: datetime) -> None:
    """A comment keeps only its last change, so the times of all are kept here, as long as they
    count.
    """
    key, longest = f"comment-edits-{author.pk}", max(limit.within for limit in EDITS)
    times: list[datetime] = [each for each in cache.get(key, ()) if each > now - longest]
    for limit in EDITS:
        if sum(each > now - limit.within for each in times) >= limit.most:
            raise _too_many(limit)
    cache.set(key, [*times, now], longest.total_seconds())


def _too_many(limit: Limit) -> TooMany:
    return TooMany(
        _("That was a lot at once. Allowed: %(most)s in %(time)s. Please wait a little.")
        % {"most": limit.most, "time": limit.words}
    )


def _refuse_waiting(author: Account) -> None:
    if Comment.objects.filter(author=author, state=State.HELD).count() >= WAITING:
        raise TooMany(
            _(
                "%(most)s of your comments wait for a moderator. You can write more when they "
                "have been looked at."
            )
            % {"most": WAITING}
        )


def _refuse_same(
    author: Account, discussion: Discussion, answers: Comment | None, text: str, now: datetime
) -> None:
    """The same to somebody else is something else."""
    said = Comment.objects.filter(author=author, discussion=discussion, answers=answers, body=text)
    if said.filter(created__gt=now - SAME_WITHIN).exists():
        raise SaidAlready(_("You wrote exactly this here already; it has arrived."))


def _named(author: Account, name: str) -> None:
    if author.name:
        return
    if not name.strip():
        raise NameNeeded(_("Say what others should call you. It stands beside your comments."))
    account_name(account=author, name=name)


def _alarms(author: Account, text: str) -> tuple[str, ...]:
    """A moderator who names a sign explains it to others."""
    if may_moderate(author):
        return ()
    return ((DESPAIR,) if despair_in(text) else ()) + alarms_in(text)


def _urgency(alarms: Collection[str]) -> str:
    return DESPAIR if DESPAIR in alarms else "alarm"


def _held_for(author: Account, text: str, alarms: Collection[str]) -> str:
    """Why a moderator looks first; empty: no need to."""
    if may_moderate(author):
        return ""
    if alarms:
        return _urgency(alarms)
    shown = Comment.objects.filter(author=author, state=State.SHOWN).count()
    if shown < KNOWN_AFTER:
        return "first"
    return "links" if shown < LINKS_AFTER and has_address(text) else ""


def _tell(comment: Comment, now: datetime) -> None:
    if comment.state == State.HELD:
        notice_queue(comment=comment, now=now)
    else:
        notice_reply(reply=comment, now=now)


def _open_reports(comment: Comment) -> int:
    return Report.objects.filter(comment=comment, settled_at=None).count()


def _drop_bare(rows: QuerySet[Comment]) -> int:
    """Delete those that nobody replied to, and then what only they kept."""
    count = 0
    answered = Comment.objects.filter(answers=OuterRef("pk"))
    threaded = Comment.objects.filter(root=OuterRef("pk"))
    bare = rows.filter(~Exists(answered), ~Exists(threaded))
    while pks := list(bare.values_list("pk", flat=True)):
        Comment.objects.filter(pk__in=pks).delete()
        count += len(pks)
    return count
