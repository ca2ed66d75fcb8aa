# SPDX-License-Identifier: Apache-2.0
"""What is asked beside the e-mail address when somebody signs up."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Account


class SignupForm(forms.Form):
    """Added to the form of the sign-in library."""

    terms = forms.BooleanField(label=_("I agree to the terms."))

    def signup(self, request: HttpRequest, account: Account) -> None:
        """Called with the new account, in the transaction that makes it."""
