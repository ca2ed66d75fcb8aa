# SPDX-License-Identifier: Apache-2.0
"""The mails about comments, in text and HTML, each with a way to stop its kind in one tap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from hipfirst.web.journal.markup import excerpt
from hipfirst.web.journal.models import Comment, Notice
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import site_settings
from hipfirst.web.site.sender import mail_sender

_SALT = "hipfirst.mail-stop"
EXCERPT = 300
"""Characters of a comment that a mail quotes."""


@dataclass(frozen=True)
class Letter:
    """All that a mail's templates may use; addresses are whole."""

    site: SiteSettings
    title: str
    """Of the article or session."""
    title_language: str
    who: str
    """Name of who wrote."""
    words: str
    """The beginning of what was written; empty in mails to moderators: they read it on the page."""
    count: int
    """Of comments that wait."""
    url: str
    stop_url: str
    choice_url: str


def stop_token(account_id: int, kind: str) -> str:
    """For a link that stops one kind of mail to one account; good for as long as the account."""
    return signing.Signer(salt=_SALT).sign_object([account_id, kind])


def stop_read(token: str) -> tuple[int, Notice.Kind] | None:
    """(account, kind), or None for a token that this site did not make."""
    try:
        account_id, kind = signing.Signer(salt=_SALT).unsign_object(token)
        return int(account_id), Notice.Kind(kind)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def mail_send(notices: Sequence[Notice]) -> None:
    """One mail to one account about one thing; several comments only where they wait.

    Raises what the mail back end raises.
    """
    notice = notices[0]
    letter = _letter(notice, len(notices))
    values = asdict(letter) | {"site": letter.site}
    template = f"journal/mail/{notice.kind}"
    mail = EmailMultiAlternatives(
        subject=" ".join(_subject(notice, letter).split()),
        body=render_to_string(f"{template}.txt", values),
        from_email=mail_sender(),
        to=[notice.account.email],
        headers={
            "List-Unsubscribe": f"<{letter.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"{template}.html", values), "text/html")
    mail.send()


def _letter(notice: Notice, count: int) -> Letter:
    comment = notice.comment
    document = comment.discussion.document
    queue = notice.kind == Notice.Kind.QUEUE
    path = reverse("journal:queue") if queue else reverse("journal:comment", args=[comment.pk])
    token = stop_token(notice.account_id, notice.kind)
    return Letter(
        site=site_settings(),
        title=document.title,
        title_language=document.language,
        who=author_name(comment),
        words="" if queue else excerpt(comment.html, EXCERPT),
        count=count,
        url=whole_url(None, path),
        stop_url=whole_url(None, reverse("journal:mail-stop", args=[token])),
        choice_url=whole_url(None, reverse("journal:mail-choice")),
    )


def author_name(comment: Comment) -> str:
    """The name beside a comment, also where the account or its name is gone."""
    return (comment.author.name if comment.author else "") or _("Somebody")


def _subject(notice: Notice, letter: Letter) -> str:
    if notice.kind == Notice.Kind.REPLY:
        return _("%(who)s replied to you: %(title)s") % {"who": letter.who, "title": letter.title}
    if notice.kind == Notice.Kind.SHOWN:
        return _("Your comment is shown: %(title)s") % {"title": letter.title}
    return _("Comments wait for you at %(site)s") % {"site": letter.site.name}
