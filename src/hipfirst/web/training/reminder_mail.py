# SPDX-License-Identifier: Apache-2.0
"""The mail that reminds of a training day, in text and HTML, with a way to stop it in one tap."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from hipfirst.planning.program import Day
from hipfirst.web.accounts.models import Account
from hipfirst.web.library import wording
from hipfirst.web.library.queries import documents_by_slug
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import site_settings
from hipfirst.web.site.sender import mail_sender

_SALT = "hipfirst.reminder-stop"
TEMPLATE = "training/mail/reminder"


@dataclass(frozen=True)
class Letter:
    """All that the mail's templates may use; addresses are whole."""

    site: SiteSettings
    title: str
    """Of the session; empty where it is no longer published."""
    title_language: str
    minutes: str
    url: str
    stop_url: str
    choice_url: str


def reminder_stop_token(account_id: int) -> str:
    """For a link that stops the reminders of one account; good for as long as the account."""
    return signing.Signer(salt=_SALT).sign_object([account_id])


def reminder_stop_read(token: str) -> int | None:
    """The account, or None for a token that this site did not make."""
    try:
        [account_id] = signing.Signer(salt=_SALT).unsign_object(token)
        return int(account_id)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def reminder_send(*, account: Account, day: Day) -> None:
    """Raises what the mail back end raises."""
    letter = _letter(account, day)
    values = asdict(letter) | {"site": letter.site}
    mail = EmailMultiAlternatives(
        subject=" ".join(_("Today is a training day").split()),
        body=render_to_string(f"{TEMPLATE}.txt", values),
        from_email=mail_sender(),
        to=[account.email],
        headers={
            "List-Unsubscribe": f"<{letter.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"{TEMPLATE}.html", values), "text/html")
    mail.send()


def _letter(account: Account, day: Day) -> Letter:
    slug = day.step.session if day.step else ""
    session = documents_by_slug("session", [slug]).get(slug)
    token = reminder_stop_token(account.pk)
    return Letter(
        site=site_settings(),
        title=session.title if session else "",
        title_language=session.language if session else "",
        minutes=wording.minutes(session.minutes) if session and session.minutes else "",
        url=whole_url(None, reverse("training:today")),
        stop_url=whole_url(None, reverse("training:reminder-stop", args=[token])),
        choice_url=whole_url(None, reverse("training:rhythm")),
    )
