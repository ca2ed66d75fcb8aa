# SPDX-License-Identifier: Apache-2.0
"""Every read of comments, each a constant number of queries however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_limits import REPLIES, ROOTS, THREAD
from hipfirst.web.journal.despair import DESPAIR
from hipfirst.web.journal.models import Comment, Discussion, Report
from hipfirst.web.library.models import Document

_SHOWN = Comment.State.SHOWN
_DELETED = Comment.State.DELETED


@dataclass(frozen=True)
class Viewer:
    """Whose eyes a list is made for."""

    account: Account | None = None
    moderates: bool = False

    @property
    def sees(self) -> Q:
        """Comments whose words they may read."""
        if self.moderates:
            return ~Q(state=_DELETED)
        shown = Q(state=_SHOWN)
        if self.account is None:
            return shown
        return shown | (Q(author=self.account) & ~Q(state=_DELETED))


@dataclass(frozen=True)
class Threads:
    """One page of a discussion."""

    roots: list[Comment]
    replies: dict[int, list[Comment]]
    """Root -> the first of its replies, oldest first; each carries `in_thread`, how many there
    are.
    """
    page: int
    pages: int


def comment_find(pk: int) -> Comment | None:
    """With author, root and document, whose text stays in the database. One query."""
    return _joined(Comment.objects.filter(pk=pk)).first()


def discussion_find(document: Document) -> Discussion | None:
    return Discussion.objects.filter(document=document).first()


def shown_count(discussion: Discussion) -> int:
    return Comment.objects.filter(discussion=discussion, state=_SHOWN).count()


def threads_page(discussion: Discussion, viewer: Viewer, number: int) -> Threads:
    """Page `number` from 1; the nearest there is for any other. Three queries."""
    rows = roots_of(discussion, viewer)
    pages = max(1, -(-rows.count() // ROOTS))
    page = min(max(number, 1), pages)
    roots = list(_with_people(rows)[(page - 1) * ROOTS : page * ROOTS])
    return Threads(roots, _first_replies(roots, viewer), page, pages)


def thread_page(root: Comment, viewer: Viewer, number: int) -> Threads:
    """All of one thread, page by page. Two queries."""
    rows = replies_of(root, viewer)
    count = rows.count()
    pages = max(1, -(-count // THREAD))
    page = min(max(number, 1), pages)
    found = list(_with_people(rows)[(page - 1) * THREAD : page * THREAD])
    for reply in found:
        reply.in_thread = count  # type: ignore[attr-defined]
    return Threads([root], {root.pk: found}, page, pages)


def roots_of(discussion: Discussion, viewer: Viewer) -> QuerySet[Comment]:
    """Pinned first, then oldest first. One whose words are gone stays while replies are seen."""
    replies = Comment.objects.filter(viewer.sees, root=OuterRef("pk"))
    rows = Comment.objects.filter(discussion=discussion, root=None)
    return rows.filter(viewer.sees | Exists(replies)).order_by("-pinned", "created", "id")


def replies_of(root: Comment, viewer: Viewer) -> QuerySet[Comment]:
    rows = Comment.objects.filter(Q(viewer.sees) | _answered(viewer), root=root)
    return rows.order_by("created", "id")


def page_of_root(root: Comment, viewer: Viewer) -> int:
    """The page of its discussion that a root stands on. One query."""
    before = Q(created__lt=root.created) | Q(created=root.created, pk__lt=root.pk)
    before = (Q(pinned=root.pinned) & before) if root.pinned else (Q(pinned=True) | before)
    return roots_of(root.discussion, viewer).filter(before).count() // ROOTS + 1


def place_in_thread(reply: Comment, viewer: Viewer) -> int:
    """How many replies of its thread stand before one. One query."""
    assert reply.root is not None
    before = Q(created__lt=reply.created) | Q(created=reply.created, pk__lt=reply.pk)
    return replies_of(reply.root, viewer).filter(before).count()


def open_reports(comments: Iterable[Comment]) -> dict[int, list[Report]]:
    """Comment -> its reports that nobody settled yet. One query."""
    rows = Report.objects.filter(comment__in=[each.pk for each in comments], settled_at=None)
    found: dict[int, list[Report]] = {}
    for report in rows.order_by("created"):
        found.setdefault(report.comment_id, []).append(report)
    return found


def queue() -> QuerySet[Comment]:
    """What waits for a moderator: despair first, then alarm words, then oldest first.

    On a document that was withdrawn nothing waits: nobody can read it there.
    """
    reported = Report.objects.filter(comment=OuterRef("pk"), settled_at=None)
    waits = Q(state=Comment.State.HELD) | (~Q(state=_DELETED) & Exists(reported))
    urgent = Case(When(held_for=DESPAIR, then=0), When(held_for="alarm", then=1), default=2)
    rows = Comment.objects.filter(waits, discussion__document__published=True)
    return _joined(rows).order_by(urgent, "created", "id")


def shown_by(comments: Iterable[Comment]) -> dict[int, int]:
    """Author -> how many of their comments are shown; none: no entry. One query."""
    authors = [each.author_id for each in comments]
    rows = Comment.objects.filter(author__in=authors, state=_SHOWN).order_by()
    return dict(rows.values_list("author").annotate(Count("pk")))


def moderators() -> list[Account]:
    """Who may sign in and moderate. One query."""
    roles = (Account.Role.MODERATOR, Account.Role.OWNER)
    rows = Account.objects.filter(role__in=roles, is_active=True, banned_at=None, erase_at=None)
    return list(rows.order_by("pk"))


def _first_replies(roots: Sequence[Comment], viewer: Viewer) -> dict[int, list[Comment]]:
    rows = Comment.objects.filter(Q(viewer.sees) | _answered(viewer), root__in=roots)
    order = (F("created").asc(), F("id").asc())
    numbered = rows.annotate(
        place=Window(RowNumber(), partition_by=F("root_id"), order_by=order),
        in_thread=Window(Count("pk"), partition_by=F("root_id")),
    ).filter(place__lte=REPLIES)
    found: dict[int, list[Comment]] = {root.pk: [] for root in roots}
    for reply in _with_people(numbered.order_by("created", "id")):
        assert reply.root_id is not None
        found[reply.root_id].append(reply)
    return found


def _answered(viewer: Viewer) -> Q:
    """Replies whose words are gone stay while somebody's words to them are seen."""
    return Q(Exists(Comment.objects.filter(viewer.sees, answers=OuterRef("pk"))))


def _with_people(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    return rows.select_related("author", "answers__author")


def _joined(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    joined = rows.select_related("author", "root", "answers__author", "discussion__document")
    return joined.defer("discussion__document__body", "discussion__document__facts")
