# SPDX-License-Identifier: Apache-2.0
"""The steps between "it is you" and being signed in, where ours differ from the library's."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """Asked of who turned it on with an authenticator app.

    A passkey is one more way in and locks no other: whoever loses the phone still has the mail.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        account = self.login.user
        if account is None or not is_mfa_enabled(account, [Authenticator.Type.TOTP]):
            return False
        return bool(super()._should_handle(request))
