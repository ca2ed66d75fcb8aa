# SPDX-License-Identifier: Apache-2.0
"""What is asked beside the e-mail address when somebody signs up.

The sign-in library builds its forms on this one: nothing here may import them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from hipfirst.web.accounts.actions import consent_give
from hipfirst.web.accounts.consent_words import HEALTH, HEALTH_VERSION
from hipfirst.web.accounts.models import Account, Consent
from hipfirst.web.site.queries import site_settings

_AGREED = "agreed_at_sign_up"


class SignupForm(forms.Form):
    """Two agreements apart from each other; only the first is needed."""

    terms = forms.BooleanField()
    health = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms, health = self.fields["terms"], self.fields["health"]
        terms.label = _("I agree to the terms.")
        terms.error_messages["required"] = _("Without the terms there is no account.")
        terms.hint = format_html(  # type: ignore[attr-defined]
            '<a href="{}">{}</a>', reverse("site:terms"), _("Read the terms")
        )
        health.label = _("This site may keep what I say of my knees.")
        sentences = [*HEALTH[HEALTH_VERSION][1:], _("You may also leave this out.")]
        health.hint = format_html(  # type: ignore[attr-defined]
            "<p>{}</p>{}",
            HEALTH[HEALTH_VERSION][0],
            format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences)),
        )

    def signup(self, request: HttpRequest, account: Account) -> None:
        """Called with the new account. What was agreed to waits until the address is confirmed:
        an address can be typed by anybody, and nobody agrees for somebody else.
        """
        request.session[_AGREED] = {
            "account": account.pk,
            "terms": site_settings().terms_version,
            "health": HEALTH_VERSION if self.cleaned_data["health"] else None,
        }


def agreed_give(request: HttpRequest, account: Account) -> None:
    """Note what was agreed to when this account was made in this browser, once."""
    agreed = request.session.pop(_AGREED, None)
    if not agreed or agreed["account"] != account.pk:
        return
    for purpose in (Consent.Purpose.TERMS, Consent.Purpose.HEALTH):
        if version := agreed[purpose.value]:
            consent_give(person=account.person, purpose=purpose, version=version)
