# SPDX-License-Identifier: Apache-2.0
"""What the owner decides about an account: its role, whether it signs in, whether it may write."""

from __future__ import annotations

from typing import ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.web.accounts.models import Account
from hipfirst.web.shared.errors import Refused


class LastOwner(Refused):
    status: ClassVar[int] = 409
    code: ClassVar[str] = "last_owner"


def account_check(*, account: Account, role: str, is_active: bool) -> None:
    """Raises LastOwner for what would leave the site to nobody. Inside a transaction."""
    owners = Account.objects.select_for_update(of=("self",)).filter(
        role=Account.Role.OWNER, is_active=True
    )
    standing = {owner.pk for owner in owners}
    stays = role == Account.Role.OWNER and is_active
    if standing == {account.pk} and not stays:
        raise LastOwner(_("This is the last owner of the site: make somebody else owner first."))


@transaction.atomic
def account_set(
    *, account: Account, role: str, is_active: bool, banned: bool, because: str
) -> None:
    """Keep what the owner decided. Raises LastOwner."""
    account_check(account=account, role=role, is_active=is_active)
    account.role, account.is_active = role, is_active
    account.banned_at = (account.banned_at or timezone.now()) if banned else None
    account.banned_because = because if banned else ""
    account.save(update_fields=["role", "is_active", "banned_at", "banned_because"])
