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

from hipfirst.web.accounts.actions import consent_give, terms_note
from hipfirst.web.accounts.consent_words import HEALTH, HEALTH_VERSION
from hipfirst.web.accounts.models import Account, Consent, TermsText
from hipfirst.web.site.queries import site_settings

_AGREED = "agreed_at_sign_up"


class SignupForm(forms.Form):
    """Two agreements apart from each other; only the first is needed."""

    terms_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """Of the terms that stood behind the link when the form was shown."""
    terms = forms.BooleanField()
    health = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms_version"].initial = site_settings().terms_version
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

    def clean(self) -> dict[str, Any]:
        """Terms that changed while the form was open are shown, and agreed to, anew."""
        cleaned = super().clean() or self.cleaned_data
        shown, now = cleaned.get("terms_version"), site_settings().terms_version
        if cleaned.get("terms") and shown not in {None, now}:
            self.add_error("terms", _("The terms were changed meanwhile. Please read them again."))
            version, ticked = self.add_prefix("terms_version"), self.add_prefix("terms")
            sent = {name: value for name, value in self.data.items() if name != ticked}
            self.data = {**sent, version: str(now)}
        return cleaned

    def signup(self, request: HttpRequest, account: Account) -> None:
        """Called with the new account. What was agreed to waits until the address is confirmed:
        an address can be typed by anybody, and nobody agrees for somebody else.
        """
        shown = self.cleaned_data["terms_version"]
        # The words are noted now: until the code is typed the owner may have written others.
        request.session[_AGREED] = {
            "account": account.pk,
            "words": terms_note(version=shown).pk if shown else None,
            "health": HEALTH_VERSION if self.cleaned_data["health"] else None,
        }


def agreed_give(request: HttpRequest, account: Account) -> None:
    """Note what was agreed to when this account was made in this browser, once.

    Nothing of the terms where it is not known which were shown: then the account page asks.
    """
    agreed = request.session.pop(_AGREED, None)
    if not agreed or agreed["account"] != account.pk:
        return
    person = account.person
    if words := TermsText.objects.filter(pk=agreed.get("words")).first():
        terms = Consent.Purpose.TERMS
        consent_give(person=person, purpose=terms, version=words.version, terms=words)
    if version := agreed["health"]:
        consent_give(person=person, purpose=Consent.Purpose.HEALTH, version=version)
