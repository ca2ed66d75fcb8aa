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
    """A ready reason, words of one's own, or both."""

    REASONS = (
        ("ad", _("Advertising")),
        ("rude", _("Unkind to others")),
        ("harm", _("Dangerous advice")),
        ("other", _("Something else, in these words:")),
    )
    reason = forms.ChoiceField(choices=REASONS, required=False)
    because = forms.CharField(
        label=_("In your words"),
        help_text=_(
            "Needed for something else. Whoever is banned reads it. At most 160 characters."
        ),
        max_length=160,
        required=False,
    )
    hide = forms.BooleanField(required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """`because` is then all that the banned person reads."""
        said = super().clean() or self.cleaned_data
        ready = dict(self.REASONS[:-1]).get(said.get("reason", ""), "")
        words = said.get("because", "")
        if not ready and not words and not self.has_error("because"):
            self.add_error("because", _("Choose a reason, or say why: whoever is banned reads it."))
        said["because"] = ": ".join(filter(None, (str(ready), words)))
        return said


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
