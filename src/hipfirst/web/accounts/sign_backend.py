# SPDX-License-Identifier: Apache-2.0
"""Whose sign-in holds: asked for the password, and again with every request."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from hipfirst.web.accounts.models import Account


class Standing(AuthenticationBackend):  # type: ignore[misc]
    """The library's, for accounts that are still there to be signed in to."""

    def user_can_authenticate(self, user: Account) -> bool:
        return bool(super().user_can_authenticate(user)) and not user.is_over
