# SPDX-License-Identifier: Apache-2.0
"""What the templates of a discussion may show: the whole contract between view and template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hipfirst.web.accounts.access import current_account
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_access import DISCUSSED, may_ban, may_moderate
from hipfirst.web.journal.comment_forms import CommentForm
from hipfirst.web.journal.comment_links import comment_anchor, sign_in_url
from hipfirst.web.journal.comment_queries import (
    Threads,
    Viewer,
    discussion_find,
    open_reports,
    queue,
    shown_count,
    thread_page,
    threads_page,
)
from hipfirst.web.journal.markup import excerpt
from hipfirst.web.journal.models import Comment, Report
from hipfirst.web.library.cards import link_to
from hipfirst.web.library.models import Document

State = Comment.State
PAGE = "comments"
"""Name of the page in an address: ?comments=2."""
FOLDED = 1_200
"""Characters from which a comment is folded."""
OPENING = 280
"""Characters of it that are seen then."""
Writer = Literal["stranger", "banned", "closed", "open"]


@dataclass(frozen=True)
class Rights:
    """What whoever looks may do to one comment."""

    reply: bool
    edit: bool
    delete: bool
    report: bool
    moderate: bool
    ban: bool


@dataclass(frozen=True)
class CommentView:
    """One comment for whoever looks."""

    id: int
    anchor: str
    url: str
    seen: bool
    """Its words may be read; else it only holds the place of what was replied to."""
    deleted: bool
    version: str
    """Of the words shown here, for a moderator's decision about them."""
    name: str
    """Empty: the account or its name is gone."""
    mine: bool
    team: bool
    """Written by a moderator or the owner."""
    html: SafeString
    story: bool
    pinned: bool
    held: bool
    hidden: bool
    held_for: str
    alarms: bool
    """Its own writer is led to advice."""
    opening: str
    """Of a very long one, which is folded; empty: it is shown whole."""
    created: datetime
    edited: datetime | None
    answers_name: str
    """Whom a reply to a reply answers; empty: it answers the root, or nobody it could name."""
    answers_url: str
    """Empty: it answers the root, or what may not be read."""
    may: Rights
    banned: bool
    root: bool
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class ThreadView:
    root: CommentView
    replies: tuple[CommentView, ...]
    more: int
    """Replies that stand on the thread's own page."""
    url: str


@dataclass(frozen=True)
class DiscussionView:
    """For `journal/comments/_discussion.html`."""

    title: str
    language: str
    """Of the document."""
    url: str
    add_url: str
    close_url: str
    sign_in_url: str
    queue_url: str
    count: int
    """Comments that everybody sees."""
    closed: bool
    writer: Writer
    banned_because: str
    moderates: bool
    waiting: int
    """Comments in the moderators' queue; 0 for everybody else."""
    form: CommentForm | None
    threads: tuple[ThreadView, ...]
    page: int
    pages: int
    previous_url: str
    next_url: str


def discussion_for(request: HttpRequest, document: Document) -> DiscussionView | None:
    """The discussion of an article or session for whoever asks; None for other documents.

    `document` may come without its text. A constant number of queries: four without an account.
    """
    if document.kind not in DISCUSSED:
        return None
    viewer = viewer_of(request)
    discussion = discussion_find(document)
    threads = Threads([], {}, 1, 1)
    if discussion:
        threads = threads_page(discussion, viewer, _number(request.GET.get(PAGE, "")))
    closed = discussion is not None and discussion.closed
    count = shown_count(discussion) if discussion else 0
    return _view(document, viewer, threads, closed=closed, count=count)


def _view(
    document: Document, viewer: Viewer, threads: Threads, *, closed: bool, count: int
) -> DiscussionView:
    writer = writer_of(viewer.account, closed=closed)
    url = link_to(document).url
    return DiscussionView(
        title=document.title,
        language=document.language,
        url=url,
        add_url=reverse("journal:comment-add", args=[document.kind, document.slug]),
        close_url=reverse("journal:discussion-close", args=[document.kind, document.slug]),
        sign_in_url=sign_in_url(f"{url}#comments"),
        queue_url=reverse("journal:queue"),
        count=count,
        closed=closed,
        writer=writer,
        banned_because=viewer.account.banned_because if viewer.account else "",
        moderates=viewer.moderates,
        waiting=queue().count() if viewer.moderates else 0,
        form=CommentForm(viewer.account) if writer == "open" and viewer.account else None,
        threads=thread_views(threads, viewer, closed=closed),
        page=threads.page,
        pages=threads.pages,
        previous_url=page_url(url, threads.page - 1) if threads.page > 1 else "",
        next_url=page_url(url, threads.page + 1) if threads.page < threads.pages else "",
    )


def viewer_of(request: HttpRequest) -> Viewer:
    account = current_account(request)
    return Viewer(account, may_moderate(account))


def writer_of(account: Account | None, *, closed: bool) -> Writer:
    """Whether they may write here, and if not, why."""
    if account is None:
        return "stranger"
    if account.is_banned:
        return "banned"
    return "closed" if closed else "open"


def page_url(url: str, number: int) -> str:
    """Of a page of the discussion on the document at `url`."""
    return f"{url}?{PAGE}={number}#comments" if number > 1 else f"{url}#comments"


def thread_views(threads: Threads, viewer: Viewer, *, closed: bool) -> tuple[ThreadView, ...]:
    every = [*threads.roots, *(reply for each in threads.replies.values() for reply in each)]
    reports = open_reports(every) if viewer.moderates else {}

    def view(comment: Comment) -> CommentView:
        return comment_view(
            comment, viewer, closed=closed, reports=tuple(reports.get(comment.pk, ()))
        )

    return tuple(_thread(root, threads.replies[root.pk], view) for root in threads.roots)


def whole_thread(root: Comment, viewer: Viewer, page: str) -> tuple[ThreadView, int, int]:
    """(the thread with a page of its replies, page, pages)."""
    threads = thread_page(root, viewer, _number(page))
    [view] = thread_views(threads, viewer, closed=root.discussion.closed)
    return view, threads.page, threads.pages


def comment_view(
    comment: Comment, viewer: Viewer, *, closed: bool, reports: tuple[Report, ...] = ()
) -> CommentView:
    account, author = viewer.account, comment.author
    mine = account is not None and comment.author_id == account.pk
    deleted = comment.state == State.DELETED
    seen = _seen(comment, viewer)
    answered = comment.answers if comment.answers_id != comment.root_id else None
    return CommentView(
        id=comment.pk,
        anchor=comment_anchor(comment),
        url=_permalink(comment),
        seen=seen,
        version=comment.version if viewer.moderates else "",
        deleted=deleted,
        name=author.name if author and seen else "",
        mine=mine,
        team=author is not None and author.role != Account.Role.MEMBER,
        # Sanitised when it was written: see markup.py.
        html=mark_safe(comment.html if seen else ""),  # noqa: S308
        story=comment.story and seen,
        pinned=comment.pinned,
        held=comment.state == State.HELD,
        hidden=comment.state == State.HIDDEN,
        held_for=comment.held_for,
        alarms=mine and bool(comment.alarms),
        opening=excerpt(comment.html, OPENING) if seen and len(comment.body) > FOLDED else "",
        created=comment.created,
        edited=comment.edited if seen else None,
        answers_name=_name_seen(answered),
        answers_url=_permalink(answered) if answered and _seen(answered, viewer) else "",
        may=_rights(comment, viewer, closed=closed),
        banned=author is not None and author.is_banned,
        root=comment.root_id is None,
        reports=reports,
    )


def _rights(comment: Comment, viewer: Viewer, *, closed: bool) -> Rights:
    account = viewer.account
    mine = account is not None and comment.author_id == account.pk
    kept, shown = comment.state != State.DELETED, comment.state == State.SHOWN
    writes = writer_of(account, closed=closed) == "open"
    return Rights(
        reply=writes and shown,
        edit=mine and writes and kept,
        delete=mine and kept,
        report=shown and not mine and account is not None and not account.is_banned,
        moderate=viewer.moderates and kept,
        ban=kept and may_ban(account, comment.author),
    )


def _seen(comment: Comment, viewer: Viewer) -> bool:
    """Whether they may read its words."""
    mine = viewer.account is not None and comment.author_id == viewer.account.pk
    kept = comment.state != State.DELETED
    return comment.state == State.SHOWN or (kept and (mine or viewer.moderates))


def _permalink(comment: Comment) -> str:
    """To whichever page it stands on."""
    return reverse("journal:comment", args=[comment.pk])


def _name_seen(comment: Comment | None) -> str:
    """The author of a comment that is shown; a hidden one names nobody."""
    if comment is None or comment.author is None or comment.state != State.SHOWN:
        return ""
    return comment.author.name


def _thread(
    root: Comment, replies: list[Comment], view: Callable[[Comment], CommentView]
) -> ThreadView:
    count: int = getattr(replies[0], "in_thread", 0) if replies else 0
    return ThreadView(
        root=view(root),
        replies=tuple(view(reply) for reply in replies),
        more=count - len(replies),
        url=reverse("journal:comment-thread", args=[root.pk]),
    )


def _number(raw: str) -> int:
    """A page; 1 for whatever is none."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 6 else 1
