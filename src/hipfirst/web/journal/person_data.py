# SPDX-License-Identifier: Apache-2.0
"""Our part of the person-data contract: comments, reports, and mails about them.

A visitor has none: only an account writes.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hipfirst.web.accounts.contract import JsonValue, PersonData, TableFile
from hipfirst.web.accounts.models import Account, Person
from hipfirst.web.journal.comment_access import may_moderate
from hipfirst.web.journal.comment_actions import comments_erase
from hipfirst.web.journal.mail_choice import choice_find
from hipfirst.web.journal.models import Comment, MailChoice, Notice, Report
from hipfirst.web.journal.notices import CHOICE_OF


def _account(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def _count(person: Person) -> int:
    return Comment.objects.filter(author__person=person).count()


def _adopt(_giver: Person, _taker: Person) -> None:
    """Whoever gives is a visitor."""


def _export(person: Person) -> JsonValue:
    account = _account(person)
    if account is None:
        return {"comments": [], "reports": [], "mails": {}, "notices": []}
    choice = choice_find(account) or MailChoice()
    comments = Comment.objects.filter(author=account).order_by("created", "pk")
    reports = Report.objects.filter(account=account).order_by("created", "pk")
    notices = Notice.objects.filter(account=account).order_by("created", "pk")
    return {
        "comments": [_comment(each) for each in comments.select_related("discussion__document")],
        "reports": [_report(each) for each in reports],
        "mails": {name: bool(getattr(choice, name)) for name in _mails(account)},
        "notices": [_notice(each) for each in notices],
    }


def _mails(account: Account) -> list[str]:
    """Those that the account can choose: only who moderates gets mails about the queue."""
    moderates = may_moderate(account)
    return [name for kind, name in CHOICE_OF.items() if moderates or kind != Notice.Kind.QUEUE]


def _comment(comment: Comment) -> JsonValue:
    return {
        "id": comment.pk,
        "on": str(comment.discussion.document),
        "replies_to": comment.answers_id,
        "text": comment.body,
        "own_story": comment.story,
        "state": comment.state,
        "signs_it_may_name": list(comment.alarms),
        "held_because": comment.held_for,
        "written": comment.created.isoformat(),
        "edited": comment.edited.isoformat() if comment.edited else None,
    }


def _report(report: Report) -> JsonValue:
    return {
        "comment": report.comment_id,
        "reason": report.reason,
        "note": report.note,
        "reported": report.created.isoformat(),
    }


def _notice(notice: Notice) -> JsonValue:
    return {
        "comment": notice.comment_id,
        "about": notice.kind,
        "created": notice.created.isoformat(),
        "sent": notice.sent_at.isoformat() if notice.sent_at else None,
    }


@transaction.atomic
def _erase(person: Person) -> int:
    """Comments, and reports and mail choices with them; notices to and about them go too."""
    account = _account(person)
    if account is None:
        return 0
    count = comments_erase(account=account)
    for model in (Report, Notice, MailChoice):
        count += model.objects.filter(account=account).delete()[0]
    return count


COMMENTS = PersonData(
    name="comments",
    title=ngettext_lazy("One comment.", "%(count)d comments.", "count"),
    files={
        "comments_comments": TableFile("comments", _("what you wrote")),
        "comments_reports": TableFile("reports", _("comments you reported")),
        "comments_mails": TableFile("mail_choices", _("which mails you want")),
        "comments_notices": TableFile(
            "notices", _("mails about comments that went to you or wait")
        ),
    },
    models=frozenset({"journal.comment", "journal.report", "journal.notice", "journal.mailchoice"}),
    count=_count,
    adopt=_adopt,
    export=_export,
    erase=_erase,
)
