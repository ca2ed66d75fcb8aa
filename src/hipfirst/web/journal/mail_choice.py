# SPDX-License-Identifier: Apache-2.0
"""Which mails somebody wants: no row means all of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from hipfirst.web.accounts.models import Account
from hipfirst.web.journal.models import MailChoice, Notice
from hipfirst.web.journal.notices import CHOICE_OF


def choice_find(account: Account) -> MailChoice | None:
    return MailChoice.objects.filter(account=account).first()


@transaction.atomic
def choice_save(*, account: Account, wanted: Mapping[str, bool]) -> MailChoice:
    """`wanted`: fields of MailChoice; what is not named stays as it was."""
    allowed = set(CHOICE_OF.values())
    assert set(wanted) <= allowed, f"{set(wanted) - allowed} are no choices; allowed: {allowed}"
    row, _made = MailChoice.objects.update_or_create(account=account, defaults=dict(wanted))
    return row


@transaction.atomic
def mail_stop(*, account_id: int, kind: Notice.Kind) -> None:
    """No more mails of this kind. Of an account that is gone, there is nothing to stop."""
    account = Account.objects.filter(pk=account_id).first()
    if account:
        choice_save(account=account, wanted={CHOICE_OF[kind]: False})
