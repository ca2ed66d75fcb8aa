# SPDX-License-Identifier: Apache-2.0
"""The only doors to comments: who may read, write, change and moderate which."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from hipfirst.web.accounts.access import current_account, current_person
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_queries import Viewer, comment_find, replies_of
from hipfirst.web.journal.models import Comment
from hipfirst.web.library.access import may_see
from hipfirst.web.library.models import Document
from hipfirst.web.library.queries import document_head

DISCUSSED = ("article", "session")
"""Kinds of documents that people talk about."""


def may_moderate(account: Account | None) -> bool:
    """Moderators and the owner; a ban ends it."""
    return (
        account is not None and not account.is_banned and account.has_perm("journal.change_comment")
    )


def may_ban(account: Account | None, other: Account | None) -> bool:
    """Members only: who has a role is first relieved of it by the owner."""
    return other is not None and other.role == Account.Role.MEMBER and may_moderate(account)


def may_read(account: Account | None, comment: Comment) -> bool:
    """What is shown, one's own as long as it was not deleted, and everything for a moderator."""
    own = account is not None and comment.author_id == account.pk
    if comment.state == Comment.State.SHOWN or may_moderate(account):
        return True
    return own and comment.state != Comment.State.DELETED


def is_own(account: Account | None, comment: Comment) -> bool:
    """Whether they wrote it, and it may still be changed or deleted."""
    mine = account is not None and comment.author_id == account.pk
    return mine and comment.state != Comment.State.DELETED


def access_document(request: HttpRequest, kind: str, slug: str) -> Document:
    """An article or session, without its text. Http404 where there is none to see."""
    document = document_head(kind, slug) if kind in DISCUSSED else None
    if document is None or not may_see(current_person(request), document):
        raise Http404("no such article or session")
    return document


def access_comment(request: HttpRequest, pk: int) -> Comment:
    """A comment that may be read, with author and document. Http404 for any other, so that
    nothing says it exists.
    """
    comment = comment_find(pk)
    if comment is None or not may_read(current_account(request), comment):
        raise Http404("no such comment")
    if not may_see(current_person(request), comment.discussion.document):
        raise Http404("no such article or session")
    return comment


def access_thread(request: HttpRequest, pk: int) -> Comment:
    """As `access_comment`; also the empty place above replies that may be read."""
    comment, account = comment_find(pk), current_account(request)
    if comment is None or not (may_read(account, comment) or _is_answered(account, comment)):
        raise Http404("no such comment")
    if not may_see(current_person(request), comment.discussion.document):
        raise Http404("no such article or session")
    return comment


def access_own(request: HttpRequest, pk: int) -> Comment:
    """One's own comment. Http404 for anybody else's that is not shown, else 403."""
    comment = access_comment(request, pk)
    if not is_own(current_account(request), comment):
        raise PermissionDenied
    return comment


def access_moderator(request: HttpRequest) -> Account:
    """Who asks, if they moderate. PermissionDenied for everybody else."""
    account = current_account(request)
    if account is None or not may_moderate(account):
        raise PermissionDenied
    return account


def access_moderated(request: HttpRequest, pk: int) -> tuple[Account, Comment]:
    """(moderator, comment). PermissionDenied, or Http404 where there is no such comment."""
    moderator = access_moderator(request)
    return moderator, access_comment(request, pk)


def _is_answered(account: Account | None, root: Comment) -> bool:
    """Whether there are replies that they may read."""
    return replies_of(root, Viewer(account, may_moderate(account))).exists()
