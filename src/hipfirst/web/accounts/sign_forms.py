# SPDX-License-Identifier: Apache-2.0
"""How signing in asks."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    BaseConfirmCodeForm,
    ConfirmEmailVerificationCodeForm,
    LoginForm,
)
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django.utils.translation import gettext as _

from hipfirst.web.accounts.actions import unconfirmed_erase


class SignInForm(LoginForm):  # type: ignore[misc]
    """One screen for all: with a password it signs in, without one it sends a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = False
        self.fields["password"].hint = _("Leave it empty, and we send you a code by e-mail.")

    def _setup_password_field(self) -> None:
        """The library drops the field where nobody signs up with a password; here one may be set
        later.
        """


class ConfirmAddressForm(ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was sent to a new address."""

    def clean_code(self) -> str:
        BaseConfirmCodeForm.clean_code(self)
        # The code fits: whoever only typed the address holds it no longer. Here, since the library
        # refuses next what is held by another account.
        if self.user and self.user.email.lower() != self.email.lower():
            unconfirmed_erase(email=self.email)
        return str(super().clean_code())


MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, InvalidSignature)
"""What reading a passkey's answer raises that no browser sent."""


class PasskeyForm(webauthn.SignupWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class _PasskeyAnswer:
    """The answer of a passkey, which anybody may make up."""

    def clean_credential(self) -> Authenticator:
        try:
            key: Authenticator = super().clean_credential()  # type: ignore[misc]
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return key


class PasskeySignInForm(_PasskeyAnswer, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with it alone."""


class PasskeyStepForm(_PasskeyAnswer, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """As the second step."""


class PasskeyAgainForm(_PasskeyAnswer, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before what matters."""
