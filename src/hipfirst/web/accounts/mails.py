# SPDX-License-Identifier: Apache-2.0
"""Mails about an account, in text and HTML."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from hipfirst.web.accounts.models import Account
from hipfirst.web.shared.addresses import whole_url
from hipfirst.web.site.queries import site_settings
from hipfirst.web.site.sender import mail_sender

_log = logging.getLogger(__name__)


def erasing_send(*, account: Account, erase_at: datetime, account_url: str) -> bool:
    """Say when the account goes and how to keep it; whether the mail left.

    Deleting does not wait for a mail server: that it failed is logged, and the page said the same.
    """
    return _send(account, "erasing", {"erase_at": erase_at, "account_url": account_url})


def second_step_forgotten_send(*, account: Account) -> bool:
    """Say that the ways to prove it is you were taken away; whether the mail left."""
    sign_in_url = whole_url(None, reverse(settings.LOGIN_URL))
    return _send(account, "second_step_forgotten", {"sign_in_url": sign_in_url})


def mail_fault(error: OSError | SMTPException) -> str:
    """What a log may say of a mail that did not leave: type and SMTP codes.

    No traceback: its last line names the addresses.
    """
    codes: list[int] = []
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({code for code, _said in error.recipients.values()})
    elif isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    return " ".join([type(error).__name__, *map(str, codes)])


def _send(account: Account, name: str, about: dict[str, Any]) -> bool:
    context = {"site": site_settings(), **about}
    name = f"accounts/mail/{name}"
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    mail = EmailMultiAlternatives(
        subject, render_to_string(f"{name}.txt", context), mail_sender(), [account.email]
    )
    mail.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    try:
        return mail.send() == 1
    except (OSError, SMTPException) as error:
        _log.error("a mail about an account could not be sent: %s: %s", name, mail_fault(error))
        return False
