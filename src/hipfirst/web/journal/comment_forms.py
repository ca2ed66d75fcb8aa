# SPDX-License-Identifier: Apache-2.0
"""The forms of comments. They take what a writer may say and nothing else that is sent along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.markup import plain
from hipfirst.web.journal.models import BODY_MAX, Comment, MailChoice, Report

MEMBERS_MAILS = {
    "replies": _("When somebody replies to me"),
    "shown": _("When a comment of mine that waited is shown"),
}
MAILS = {**MEMBERS_MAILS, "moderation": _("When a comment waits for a moderator")}
"""Fields of MailChoice, and what they say."""


class Typed(forms.CharField):
    """Text of several lines, without what nobody can see. Its rules are the action's."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return plain(str(value)) if value else ""


class CommentForm(forms.Form):
    """A new comment or other words for one. A name is asked for where the account has none."""

    name = forms.CharField(
        label=_("Your name here"),
        help_text=_("It stands beside your comments. It need not be your real one."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    body = Typed(
        label=_("Your comment"),
        help_text=_(
            "At most 5,000 characters. *One star* for emphasis, **two** for bold, > before a line "
            "that you quote."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-draft": ""}),
    )
    story = forms.BooleanField(
        label=_("I tell my own story"),
        help_text=_("Then it is marked as one person's experience."),
        required=False,
    )
    most = BODY_MAX

    def __init__(
        self,
        account: Account,
        sent: Mapping[str, Any] | None = None,
        *,
        comment: Comment | None = None,
    ) -> None:
        said = {"body": comment.body, "story": comment.story} if comment else None
        super().__init__(sent, initial=said, auto_id="comment-%s", label_suffix="")
        if account.name or comment:
            del self.fields["name"]
        if comment and comment.labelled:
            story = self.fields["story"]
            story.disabled, story.help_text = True, _("A moderator set this mark. It stays.")


class ReportForm(forms.Form):
    reason = forms.ChoiceField(choices=Report.Reason.choices)
    note = Typed(required=False, max_length=500)


class BanForm(forms.Form):
    because = forms.CharField(
        label=_("Why"),
        help_text=_("Whoever is banned reads it. At most 200 characters."),
        max_length=200,
    )


class MailChoiceForm(forms.Form):
    """One switch for each kind of mail that this account may get."""

    def __init__(
        self, sent: Mapping[str, Any] | None, *, wanted: MailChoice, moderates: bool
    ) -> None:
        super().__init__(sent, label_suffix="")
        for name, label in (MAILS if moderates else MEMBERS_MAILS).items():
            self.fields[name] = forms.BooleanField(
                label=label, required=False, initial=getattr(wanted, name)
            )
