# SPDX-License-Identifier: Apache-2.0
"""What readers say: discussions of articles and sessions, comments, reports, notices by mail."""

from __future__ import annotations

from hashlib import sha256
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.markup import MARKUP_VERSION
from hipfirst.web.library.models import Document

BODY_MAX = 5_000
"""Characters of a comment."""


def markup_version() -> int:
    """Of what is written now; a function, so that a new version needs no migration."""
    return MARKUP_VERSION


class Discussion(models.Model):
    """What is said about one article or session. Made with its first comment, or when closed."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="discussion")
    closed = models.BooleanField(_("closed"), default=False)
    """Nobody may add to it; what was said stays."""

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")

    def __str__(self) -> str:
        return str(self.document)


class Comment(models.Model):
    """One comment, or a reply to one. Replies to a reply stand under the same root."""

    class State(models.TextChoices):
        HELD = "held", _("Waits for a moderator")
        SHOWN = "shown", _("Shown")
        HIDDEN = "hidden", _("Hidden by a moderator")
        DELETED = "deleted", _("Deleted by its author")

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="comments")
    root = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="thread")
    """The comment that the whole thread stands under; None: this is one."""
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answered_by"
    )
    """The comment that was replied to: the root or one of its thread."""
    author = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    """None: the account was erased; the row is kept without its text while others replied to it."""
    body = models.TextField(_("text"), max_length=BODY_MAX)
    """As it was written: light Markdown."""
    html = models.TextField(editable=False)
    """Made from `body` and sanitised, when it was written or when the rules for it changed."""
    markup_version = models.PositiveIntegerField(default=markup_version, editable=False)
    """`markup.MARKUP_VERSION` that `html` was made by."""
    story = models.BooleanField(_("one person's experience"), default=False)
    """Told as a personal story: labelled as what it is, one person's experience."""
    labelled = models.BooleanField(_("labelled by a moderator"), default=False)
    """A moderator set the label above: its author cannot take it off."""
    alarms: models.JSONField[list[str], list[str]] = models.JSONField(
        _("alarm words"), default=list, blank=True
    )
    """Signs of `planning.red_flags` that its words may name, and `despair`; answered with where to
    go.
    """
    held_for = models.CharField(_("held because"), max_length=16, blank=True)
    """first, links, alarm, despair, or reported."""
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.HELD)
    pinned = models.BooleanField(_("pinned"), default=False)
    created = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes: ClassVar = [
            # A page of roots: pinned first, then oldest first.
            models.Index(
                fields=["discussion", "-pinned", "created", "id"],
                condition=Q(root=None),
                name="comment_roots",
            ),
            models.Index(fields=["root", "created", "id"], name="comment_thread"),
            models.Index(fields=["state", "created"], name="comment_queue"),
            models.Index(fields=["author", "-created"], name="comment_of_author"),
            models.Index(fields=["markup_version"], name="comment_markup"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pinned=False) | Q(root=None), name="comment_pinned_is_root"
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def version(self) -> str:
        """Of its words: another one for other words."""
        return sha256(self.body.encode()).hexdigest()[:16]


class Report(models.Model):
    """A reader says that a comment should be looked at."""

    class Reason(models.TextChoices):
        HARM = "harm", _("It could hurt somebody")
        RUDE = "rude", _("It is rude or hateful")
        AD = "ad", _("It sells something")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    account = models.ForeignKey(Account, models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    note = models.CharField(_("note"), max_length=500, blank=True)
    created = models.DateTimeField(_("reported"), default=timezone.now, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "account"], name="report_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["comment"], condition=Q(settled_at=None), name="report_open"),
        ]

    def __str__(self) -> str:
        return f"report of {self.comment_id}"


class MailChoice(models.Model):
    """Which mails about comments somebody wants. No row: the defaults."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="mail_choice")
    replies = models.BooleanField(_("when somebody replies to me"), default=True)
    shown = models.BooleanField(_("when a comment of mine that waited is shown"), default=True)
    moderation = models.BooleanField(_("when a comment waits for a moderator"), default=True)
    """Asked of moderators and owners only."""

    def __str__(self) -> str:
        return f"mail choice of {self.account_id}"


class Notice(models.Model):
    """One mail about one comment: written with it, sent as soon as it can be, never twice."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("Somebody replied")
        SHOWN = "shown", _("Your comment is shown")
        QUEUE = "queue", _("A comment waits for a moderator")

    account = models.ForeignKey(Account, models.CASCADE, related_name="notices")
    comment = models.ForeignKey(Comment, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind)
    created = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    """A mail that could not be sent is tried again, a few times."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "comment", "kind"], name="notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["created"], condition=Q(sent_at=None), name="notice_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.comment_id}"
