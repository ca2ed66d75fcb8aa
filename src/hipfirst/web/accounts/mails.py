# SPDX-License-Identifier: Apache-2.0
"""Mails about an account, in text and HTML."""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from hipfirst.web.accounts.models import Account
from hipfirst.web.site.queries import site_settings

_log = logging.getLogger(__name__)


def erasing_send(*, account: Account, erase_at: datetime, account_url: str) -> bool:
    """Say when the account goes and how to keep it; whether the mail left.

    Deleting does not wait for a mail server: that it failed is logged, and the page said the same.
    """
    context = {"site": site_settings(), "erase_at": erase_at, "account_url": account_url}
    name = "accounts/mail/erasing"
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    mail = EmailMultiAlternatives(
        subject, render_to_string(f"{name}.txt", context), to=[account.email]
    )
    mail.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    try:
        return mail.send() == 1
    except (OSError, SMTPException):
        _log.exception("the mail about an account that will be erased could not be sent")
        return False
