# SPDX-License-Identifier: Apache-2.0
"""Pages of comments: write, reply, edit, delete, report, and the way to one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hipfirst.planning.red_flags import BY_SLUG, RedFlag
from hipfirst.web.accounts.access import current_account
from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.comment_access import (
    DISCUSSED,
    access_comment,
    access_document,
    access_own,
    access_thread,
)
from hipfirst.web.journal.comment_actions import (
    comment_delete,
    comment_edit,
    comment_report,
    comment_write,
)
from hipfirst.web.journal.comment_errors import CommentRefused
from hipfirst.web.journal.comment_forms import CommentForm, ReportForm
from hipfirst.web.journal.comment_links import comment_place, sign_in_url
from hipfirst.web.journal.comment_queries import Viewer
from hipfirst.web.journal.despair import DESPAIR, HEADING, KIND_WORDS
from hipfirst.web.journal.discussion import (
    CommentView,
    ThreadView,
    Writer,
    comment_view,
    viewer_of,
    whole_thread,
    writer_of,
)
from hipfirst.web.journal.models import Comment
from hipfirst.web.library.cards import link_to
from hipfirst.web.library.models import Document
from hipfirst.web.shared.errors import Refused
from hipfirst.web.shared.pages import render_page

BOTH = ["GET", "HEAD", "POST"]
private = cache_control(private=True, no_store=True)
SAYS = {
    "add": (gettext_lazy("Comment"), gettext_lazy("Send")),
    "reply": (gettext_lazy("Reply"), gettext_lazy("Send")),
    "edit": (gettext_lazy("Change your comment"), gettext_lazy("Save")),
}
"""What somebody does -> heading and button of its form."""
WRITES = frozenset(f"journal:comment-{doing}" for doing in SAYS)
"""Names of the addresses that take what somebody typed."""


@dataclass(frozen=True)
class WritePage:
    """A form that somebody writes in, alone on a page: what was typed is still there."""

    heading: str
    button: str
    title: str
    """Of the article or session; empty where only what was typed is given back."""
    language: str
    back_url: str
    action_url: str
    form: CommentForm
    writer: Writer
    banned_because: str
    sign_in_url: str
    quoted: CommentView | None
    """What is replied to."""


@dataclass(frozen=True)
class ReportPage:
    title: str
    language: str
    back_url: str
    form: ReportForm
    comment: CommentView


@dataclass(frozen=True)
class DeletePage:
    title: str
    language: str
    back_url: str
    comment: CommentView


@dataclass(frozen=True)
class ThreadPage:
    title: str
    language: str
    back_url: str
    thread: ThreadView
    page: int
    pages: int
    previous_url: str
    next_url: str


@dataclass(frozen=True)
class AdvicePage:
    flags: tuple[RedFlag, ...]
    heading: str
    kind_words: tuple[str, ...]
    """For somebody who may not want to live; they come before any sign."""
    held: bool
    title: str
    language: str
    back_url: str


@require_safe
@private
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page on which it stands, for whoever may read it."""
    found = access_comment(request, pk)
    return redirect(comment_place(found, viewer_of(request)))


@require_safe
@private
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """All replies to one comment, page by page."""
    root = access_thread(request, pk)
    if root.root_id:
        return redirect("journal:comment", pk)
    document = root.discussion.document
    view, page, pages = whole_thread(root, viewer_of(request), request.GET.get("page", ""))
    context = ThreadPage(
        title=document.title,
        language=document.language,
        back_url=comment_place(root, viewer_of(request)),
        thread=view,
        page=page,
        pages=pages,
        previous_url=f"{view.url}?page={page - 1}" if page > 1 else "",
        next_url=f"{view.url}?page={page + 1}" if page < pages else "",
    )
    return render_page(request, "journal/comments/thread.html", context)


@require_POST
@private
def add(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    document = access_document(request, kind, slug)
    return _writing(request, document, action_url=request.path, answers=None)


@require_http_methods(BOTH)
@private
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    answers = access_comment(request, pk)
    document = answers.discussion.document
    return _writing(request, document, action_url=request.path, answers=answers)


@require_http_methods(BOTH)
@private
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is signed out meanwhile gets back what they typed, beside the way to sign in."""
    account = current_account(request)
    if account is None:
        if request.method == "POST":
            return unsent(request)
        access_comment(request, pk)
        return redirect(sign_in_url(request.path))
    old = access_own(request, pk)
    sent = request.POST if request.method == "POST" else None
    form, status = CommentForm(account, sent, comment=old), 200
    if sent is not None and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("body", "story")}
        try:
            return _after(request, comment_edit(account=account, comment=old, **values))
        except CommentRefused as error:
            status = _refused(form, error)
    page = _write_page(
        request, old.discussion.document, form, "edit", back=comment_back(request, old)
    )
    return render_page(request, "journal/comments/write.html", page, status=status)


@private
def unsent(request: HttpRequest, because: str = "") -> HttpResponse:
    """What was typed, given back to be sent once more: nobody was signed in, or it came without
    this site's mark. It looks at no comment, so it says of none whether it exists.
    """
    match = request.resolver_match
    assert match is not None
    doing, where = match.view_name.rpartition("-")[2], match.kwargs
    if where.get("kind", DISCUSSED[0]) not in DISCUSSED:
        raise Http404("nobody talks about such a thing")
    viewer = viewer_of(request)
    form = CommentForm(viewer.account or Account(), request.POST)
    if doing == "edit":
        form.fields.pop("name", None)
    if because and viewer.account:
        form.add_error(None, because)
    permalink = reverse("journal:comment", args=[where["pk"]]) if "pk" in where else ""
    back = permalink or f"{link_to(Document(**where)).url}#comments"
    page = _page_of(viewer, form, doing, action_url=request.path, back=back)
    return render_page(request, "journal/comments/write.html", page, status=403)


@require_http_methods(BOTH)
@private
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    account = current_account(request)
    if account is None:
        access_comment(request, pk)
        return redirect(sign_in_url(request.path))
    own = access_own(request, pk)
    if request.method == "POST":
        comment_delete(account=account, comment=own)
        messages.success(request, _("Your comment was deleted."))
        return redirect(link_to(own.discussion.document).url + "#comments")
    document = own.discussion.document
    page = DeletePage(
        title=document.title,
        language=document.language,
        back_url=comment_back(request, own),
        comment=comment_view(own, viewer_of(request), closed=True),
    )
    return render_page(request, "journal/comments/delete.html", page)


@require_http_methods(BOTH)
@private
def report(request: HttpRequest, pk: int) -> HttpResponse:
    account, found = current_account(request), access_comment(request, pk)
    if account is None:
        return redirect(sign_in_url(request.path))
    form, status = ReportForm(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                comment_report(account=account, comment=found, **form.cleaned_data)
            except CommentRefused as error:
                status = _refused(form, error)
            else:
                messages.success(request, _("Thank you. A moderator will look at it."))
                return redirect(link_to(found.discussion.document).url + "#comments")
    document = found.discussion.document
    page = ReportPage(
        title=document.title,
        language=document.language,
        back_url=comment_back(request, found),
        form=form,
        comment=comment_view(found, viewer_of(request), closed=True),
    )
    return render_page(request, "journal/comments/report.html", page, status=status)


@require_safe
@private
def advice(request: HttpRequest, pk: int) -> HttpResponse:
    """What its own writer, and nobody else, is told of the signs that a comment may name."""
    if current_account(request) is None:
        access_comment(request, pk)
        return redirect(sign_in_url(request.path))
    own = access_own(request, pk)
    document = own.discussion.document
    despairs = DESPAIR in own.alarms
    page = AdvicePage(
        heading=str(HEADING) if despairs else _("Please have this looked at"),
        kind_words=tuple(map(str, KIND_WORDS)) if despairs else (),
        flags=tuple(BY_SLUG[slug].said(_) for slug in own.alarms if slug in BY_SLUG),
        held=own.state == Comment.State.HELD,
        title=document.title,
        language=document.language,
        back_url=comment_back(request, own),
    )
    return render_page(request, "journal/comments/advice.html", page)


def comment_back(request: HttpRequest, found: Comment) -> str:
    return comment_place(found, viewer_of(request))


def _writing(
    request: HttpRequest, document: Document, *, action_url: str, answers: Comment | None
) -> HttpResponse:
    """The form, or what became of it. Whoever is signed out gets back what they typed."""
    account = current_account(request)
    sent = request.POST if request.method == "POST" else None
    if account is None and sent is None:
        return redirect(sign_in_url(action_url))
    form, status = CommentForm(account or Account(), sent), 200
    if account is None:
        status = 403
    elif sent is not None:
        status = 400
        if form.is_valid():
            try:
                written = comment_write(
                    account=account, document=document, answers=answers, **form.cleaned_data
                )
                return _after(request, written)
            except Refused as error:
                status = _refused(form, error)
    back = comment_back(request, answers) if answers else f"{link_to(document).url}#comments"
    doing = "reply" if answers else "add"
    page = _write_page(request, document, form, doing, answers=answers, back=back)
    return render_page(request, "journal/comments/write.html", page, status=status)


def _write_page(  # noqa: PLR0913 the parts of one page, named at every call
    request: HttpRequest,
    document: Document,
    form: CommentForm,
    doing: str,
    *,
    back: str,
    answers: Comment | None = None,
) -> WritePage:
    viewer = viewer_of(request)
    discussion = getattr(document, "discussion", None)
    closed = discussion is not None and discussion.closed
    page = _page_of(viewer, form, doing, action_url=request.path, back=back, closed=closed)
    quoted = comment_view(answers, viewer, closed=True) if answers else None
    return replace(page, title=document.title, language=document.language, quoted=quoted)


def _page_of(  # noqa: PLR0913 the parts of one page, named at every call
    viewer: Viewer,
    form: CommentForm,
    doing: str,
    *,
    action_url: str,
    back: str,
    closed: bool = False,
) -> WritePage:
    """Without what it is about."""
    heading, button = SAYS[doing]
    return WritePage(
        heading=str(heading),
        button=str(button),
        title="",
        language="",
        back_url=back,
        action_url=action_url,
        form=form,
        writer=writer_of(viewer.account, closed=closed),
        banned_because=viewer.account.banned_because if viewer.account else "",
        sign_in_url=sign_in_url(back),
        quoted=None,
    )


def _refused(form: CommentForm | ReportForm, error: Refused) -> int:
    """Says it in the form, where it belongs; the status to answer with."""
    field = getattr(error, "field", "name" if error.code == "name-refused" else "")
    form.add_error(field if field in form.fields else None, error.message)
    return error.status


def _after(request: HttpRequest, written: Comment) -> HttpResponse:
    """To the advice where alarm words were used, else to the comment itself."""
    if written.alarms:
        return redirect("journal:comment-advice", written.pk)
    if written.state == Comment.State.HELD:
        messages.info(request, _("Thank you. A moderator reads it first; you see it already."))
    else:
        messages.success(request, _("Thank you. Your comment is shown."))
    return redirect(comment_back(request, written))
