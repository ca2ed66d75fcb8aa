# SPDX-License-Identifier: Apache-2.0
"""Which mails about comments somebody gets: a page to choose, and a way to stop one kind."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hipfirst.web.accounts.access import current_account
from hipfirst.web.journal.comment_access import may_moderate
from hipfirst.web.journal.comment_forms import MailChoiceForm
from hipfirst.web.journal.comment_links import sign_in_url
from hipfirst.web.journal.mail import stop_read
from hipfirst.web.journal.mail_choice import choice_find, choice_save, mail_stop
from hipfirst.web.journal.models import MailChoice, Notice
from hipfirst.web.shared.pages import render_page

BOTH = ["GET", "HEAD", "POST"]
private = cache_control(private=True, no_store=True)


@dataclass(frozen=True)
class StopPage:
    what: str
    """Mails of this kind, as a clause."""
    stopped: bool


@dataclass(frozen=True)
class ChoicePage:
    form: MailChoiceForm


@csrf_exempt
@require_http_methods(BOTH)
@private
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One kind of mail, stopped by a POST to the address that the mail brought.

    The token alone decides: mail programs press the button without cookies (RFC 8058), and it
    opens nothing but this. A GET, as scanners of mail send it, changes nothing.
    """
    read = stop_read(token)
    if read is None:
        raise Http404("no such token")
    account_id, kind = read
    if request.method == "POST":
        mail_stop(account_id=account_id, kind=kind)
    what = {
        Notice.Kind.REPLY: _("when somebody replies to you"),
        Notice.Kind.SHOWN: _("when a comment of yours that waited is shown"),
        Notice.Kind.QUEUE: _("when a comment waits for a moderator"),
    }[kind]
    page = StopPage(what=what, stopped=request.method == "POST")
    response = render_page(request, "journal/mail/stop.html", page)
    # The token is in the address: it goes nowhere else.
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_http_methods(BOTH)
@private
def choice(request: HttpRequest) -> HttpResponse:
    account = current_account(request)
    if account is None:
        return redirect(sign_in_url(request.path))
    sent = request.POST if request.method == "POST" else None
    chosen = choice_find(account) or MailChoice(account=account)
    form = MailChoiceForm(sent, wanted=chosen, moderates=may_moderate(account))
    if sent is not None and form.is_valid():
        choice_save(account=account, wanted=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("journal:mail-choice")
    return render_page(request, "journal/mail/choice.html", ChoicePage(form))
