# SPDX-License-Identifier: Apache-2.0
"""What actions of this app refuse.

Refused
├── MailNotSent
├── OtherWords
├── NameRefused
└── LastOwner

AccountsLeftError is for who runs the site: it ends a duty as failed.
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _

from hipfirst.web.shared.errors import Refused


class MailNotSent(Refused):
    """The mail server did not take a mail that somebody waits for."""

    status: ClassVar[int] = 503
    code: ClassVar[str] = "mail-not-sent"

    def __init__(self) -> None:
        super().__init__(_("The mail could not be sent. Please try again in a few minutes."))


class OtherWords(Refused):
    """What was agreed to are not the words that hold now."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "other-words"


class NameRefused(Refused):
    """A name that others may not see."""

    code: ClassVar[str] = "name"


class LastOwner(Refused):
    """Without this account nobody could run the site."""

    status: ClassVar[int] = 409
    code: ClassVar[str] = "last-owner"


class AccountsLeftError(Exception):
    """Accounts whose days are over could not be erased; the log has the reasons."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} accounts that are due could not be erased")
