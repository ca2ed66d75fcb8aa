# SPDX-License-Identifier: Apache-2.0
"""Where the sign-in library meets this site."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The defaults, until something must differ."""
