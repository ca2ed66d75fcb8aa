# SPDX-License-Identifier: Apache-2.0
"""The moderators' pages: one queue of what waits, and the buttons on comments and discussions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipfirst.planning.red_flags import BY_SLUG
from hipfirst.web.accounts.access import current_account
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_access import (
    access_document,
    access_moderated,
    access_moderator,
    may_ban,
)
from hipfirst.web.journal.comment_errors import ChangedMeanwhile
from hipfirst.web.journal.comment_forms import BanForm
from hipfirst.web.journal.comment_links import comment_place, sign_in_url
from hipfirst.web.journal.comment_queries import Viewer, open_reports, queue, shown_by
from hipfirst.web.journal.comment_reasons import whys
from hipfirst.web.journal.discussion import CommentView, comment_view
from hipfirst.web.journal.markup import excerpt
from hipfirst.web.journal.models import Comment
from hipfirst.web.journal.moderation import (
    account_ban,
    account_unban,
    comment_hide,
    comment_label,
    comment_pin,
    comment_show,
    discussion_close,
    reports_settle,
)
from hipfirst.web.library.cards import link_to
from hipfirst.web.shared.pages import render_page

BOTH = ["GET", "HEAD", "POST"]
PER_PAGE = 20
QUOTED = 200
"""Characters of what a comment in the queue answers."""
private = cache_control(private=True, no_store=True)

DO: Mapping[str, Callable[..., Comment]] = MappingProxyType(
    {
        "show": comment_show,
        "hide": comment_hide,
        "pin": partial(comment_pin, pinned=True),
        "unpin": partial(comment_pin, pinned=False),
        "label": partial(comment_label, story=True),
        "unlabel": partial(comment_label, story=False),
        "settle": reports_settle,
    }
)
"""What the button says -> what it does."""
READ_FIRST = frozenset({"show", "pin", "settle"})
"""Buttons that vouch for the words beside them, so they do nothing for other words."""
DONE = {
    "show": gettext_lazy("The comment is shown."),
    "hide": gettext_lazy("The comment is hidden."),
    "pin": gettext_lazy("The comment stands first."),
    "unpin": gettext_lazy("The comment stands in its place."),
    "label": gettext_lazy("The comment is labelled as one person's experience."),
    "unlabel": gettext_lazy("The label was taken off."),
    "settle": gettext_lazy("The reports are settled."),
}


@dataclass(frozen=True)
class Waiting:
    """One comment in the queue, with what a decision needs."""

    comment: CommentView
    title: str
    language: str
    whys: tuple[str, ...]
    """All reasons; empty: it waits no more."""
    signs: tuple[str, ...]
    """Questions of the red flags that its words may answer with yes."""
    answered: str
    answered_name: str


@dataclass(frozen=True)
class QueuePage:
    waiting: tuple[Waiting, ...]
    count: int
    page: int
    pages: int
    previous_url: str
    next_url: str
    error: str = ""


@dataclass(frozen=True)
class BanPage:
    name: str
    banned: bool
    because: str
    form: BanForm
    waiting: int
    """Comments of this person in the queue."""
    comment: CommentView
    back_url: str


@require_safe
@private
def moderate(request: HttpRequest) -> HttpResponse:
    if current_account(request) is None:
        return redirect(sign_in_url(request.path))
    viewer = Viewer(access_moderator(request), moderates=True)
    pages = Paginator(queue(), PER_PAGE)
    part = pages.get_page(request.GET.get("page", ""))
    page = QueuePage(
        waiting=_all_waiting(list(part), viewer),
        count=pages.count,
        page=part.number,
        pages=pages.num_pages,
        previous_url=f"?page={part.number - 1}" if part.has_previous() else "",
        next_url=f"?page={part.number + 1}" if part.has_next() else "",
    )
    return render_page(request, "journal/comments/queue.html", page)


@require_POST
@private
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One button on one comment: `do` says which. Back to the queue, or to the comment."""
    moderator, comment = access_moderated(request, pk)
    do = request.POST.get("do", "")
    if do not in DO:
        raise BadRequest(f"do is {do[:20]!r}; allowed: {', '.join(DO)}")
    seen = {"seen": request.POST.get("seen", "")} if do in READ_FIRST else {}
    before = _order() if request.POST.get("from") == "queue" else []
    try:
        comment = DO[do](moderator=moderator, comment=comment, **seen)
    except ChangedMeanwhile as error:
        return _changed(request, moderator, comment.pk, error)
    messages.success(request, DONE[do])
    if request.POST.get("from") == "queue":
        return redirect(_next_in_queue(comment, before))
    return redirect(comment_place(comment, Viewer(moderator, moderates=True)))


@require_http_methods(BOTH)
@private
def ban(request: HttpRequest, pk: int) -> HttpResponse:
    """End its author's commenting, or allow it again (`do=unban`)."""
    moderator, comment = access_moderated(request, pk)
    author, viewer = comment.author, Viewer(moderator, moderates=True)
    if author is None or not may_ban(moderator, author):
        raise Http404("nobody who could be banned wrote this")
    form, status = BanForm(request.POST or None), 200
    if request.method == "POST":
        if request.POST.get("do") == "unban":
            account_unban(moderator=moderator, account=author)
            messages.success(request, _("They may write again."))
            return redirect("journal:queue")
        if form.is_valid():
            said = form.cleaned_data
            account_ban(
                moderator=moderator, account=author, because=said["because"], hide=said["hide"]
            )
            done = _("They are banned. What of theirs waited is hidden.")
            kept = _("They are banned. What they wrote stays as it is.")
            messages.success(request, done if said["hide"] else kept)
            return redirect("journal:queue")
        status = 400
    page = BanPage(
        name=author.name,
        banned=author.is_banned,
        because=author.banned_because,
        form=form,
        waiting=queue().filter(author=author).count(),
        comment=comment_view(comment, viewer, closed=True),
        back_url=comment_place(comment, viewer),
    )
    return render_page(request, "journal/comments/ban.html", page, status=status)


@require_POST
@private
def close(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """`closed` is 1 or 0."""
    moderator, document = access_moderator(request), access_document(request, kind, slug)
    closed = request.POST.get("closed", "")
    if closed not in {"0", "1"}:
        raise BadRequest(f"closed is {closed[:20]!r}; allowed: 0 or 1")
    discussion_close(moderator=moderator, document=document, closed=closed == "1")
    done = _("The discussion is closed.") if closed == "1" else _("The discussion is open.")
    messages.success(request, done)
    return redirect(f"{link_to(document).url}#comments")


def _order() -> list[int]:
    return list(queue().values_list("pk", flat=True))


def _next_in_queue(comment: Comment, before: list[int]) -> str:
    """The card of what waits next; its own where it waits still, the last where it was last."""
    url, after = reverse("journal:queue"), _order()
    if not after:
        return url
    following = before[before.index(comment.pk) :] if comment.pk in before else []
    left = set(after)
    place = after.index(next((pk for pk in following if pk in left), after[-1]))
    page = f"?page={place // PER_PAGE + 1}" if place >= PER_PAGE else ""
    return f"{url}{page}#comment-{after[place]}"


_view = partial(comment_view, closed=True)


def _changed(
    request: HttpRequest, moderator: Account, pk: int, error: ChangedMeanwhile
) -> HttpResponse:
    """The comment as it is now, to decide about that."""
    _moderator, comment = access_moderated(request, pk)
    waiting = _all_waiting([comment], Viewer(moderator, moderates=True))
    page = QueuePage(waiting, 1, 1, 1, "", "", error=error.message)
    return render_page(request, "journal/comments/queue.html", page, status=error.status)


def _all_waiting(found: list[Comment], viewer: Viewer) -> tuple[Waiting, ...]:
    reports, shown = open_reports(found), shown_by(found)
    return tuple(
        _waiting(
            each,
            _view(each, viewer, reports=tuple(reports.get(each.pk, ()))),
            shown.get(each.author_id or 0, 0),
        )
        for each in found
    )


def _waiting(comment: Comment, view: CommentView, shown: int) -> Waiting:
    document, answered = comment.discussion.document, comment.answers
    return Waiting(
        comment=view,
        title=document.title,
        language=document.language,
        whys=whys(comment, reported=bool(view.reports), shown=shown),
        signs=tuple(BY_SLUG[slug].said(_).question for slug in comment.alarms if slug in BY_SLUG),
        answered=excerpt(answered.html, QUOTED) if answered else "",
        answered_name=answered.author.name if answered and answered.author else "",
    )
