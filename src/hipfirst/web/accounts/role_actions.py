# SPDX-License-Identifier: Apache-2.0
"""What the owner decides about an account: its role, whether it signs in, whether it may write."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hipfirst.web.accounts.errors import LastOwner
from hipfirst.web.accounts.models import Account
from hipfirst.web.accounts.queries import is_last_owner_locked


def account_check(*, account: Account, role: str, is_active: bool) -> None:
    """Raises LastOwner for what would leave the site to nobody. Inside a transaction."""
    stays = role == Account.Role.OWNER and is_active
    if not stays and is_last_owner_locked(account=account):
        raise LastOwner(_("This is the last owner of the site: make somebody else owner first."))


@transaction.atomic
def account_set(
    *,
    account: Account,
    role: str | None = None,
    is_active: bool | None = None,
    banned: bool | None = None,
    because: str | None = None,
) -> None:
    """Keep what the owner decided; None: that stays as it is by now, whatever the owner saw.

    `because` is kept while there is a ban. Raises LastOwner.
    """
    # The owners are held before the account, as everywhere: two who demote each other only wait.
    is_last_owner_locked(account=account)
    row = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    row.role = row.role if role is None else role
    row.is_active = row.is_active if is_active is None else is_active
    account_check(account=row, role=row.role, is_active=row.is_active)
    if banned is not None:
        row.banned_at = (row.banned_at or timezone.now()) if banned else None
    said = row.banned_because if because is None else because
    row.banned_because = said if row.is_banned else ""
    row.save(update_fields=["role", "is_active", "banned_at", "banned_because"])


def account_unname(*, account: Account) -> None:
    """Take the name away that others see; a banned account cannot choose another."""
    Account.objects.filter(pk=account.pk).update(name="")
