# SPDX-License-Identifier: Apache-2.0
"""`{% asked field %}`: one field of the sign-in library as this site asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

LABELS: Mapping[str, str | Promise] = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
    "name": _("Name, so that you know it again"),
}
"""Field of any form of the library -> our word for it."""
HINTS: Mapping[str, str | Promise] = {
    "password1": _("At least 8 characters. A few words in a row are easy to keep in mind."),
}
MISSING: Mapping[str, str | Promise] = {
    "email": _("Please type your e-mail address."),
    "login": _("Please type your e-mail address."),
    "code": _("Please type the code."),
}
"""What is said where nothing was typed."""
ATTRIBUTES: Mapping[str, Mapping[str, str | bool]] = {
    "code": {
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "autocapitalize": "off",
        "spellcheck": "false",
        "autofocus": True,
    },
    "email": {"inputmode": "email", "autocapitalize": "off", "spellcheck": "false"},
    "login": {
        "inputmode": "email",
        "autocomplete": "username webauthn",
        "autocapitalize": "off",
        "spellcheck": "false",
    },
    "name": {"maxlength": "60", "autocomplete": "off"},
}
"""What helps keyboards and password managers, where the library does not say it."""


@register.filter
def asked_label(field: BoundField) -> str | Promise:
    """Our word for a field, or the library's where we have none."""
    return LABELS.get(field.name, field.label)


@register.filter
def asked_hint(field: BoundField) -> str | Promise:
    """What to know before answering. The library's own hints are links or lists: left out."""
    own: str | Promise = getattr(field.field, "hint", "")
    return own or HINTS.get(field.name, "")


@register.filter
def asked_faults(field: BoundField) -> list[str | Promise]:
    """What is wrong with the answer, in sentences."""
    own = MISSING.get(field.name)
    faults = field.errors.as_data()
    return [
        own if own and fault.code == "required" else sentence
        for fault in faults
        for sentence in fault.messages
    ]


@register.simple_tag
def asked(field: BoundField) -> SafeString:
    """The control itself, tied to its hint and to what is wrong with it."""
    field.field.widget.attrs.pop("placeholder", None)
    attributes = dict(ATTRIBUTES.get(field.name, {}))
    described = [f"wrong-{field.name}"] if field.errors else []
    if asked_hint(field):
        described.append(f"hint-{field.name}")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        is_first = field.name == next(iter(field.form.errors))
        attributes |= {"aria-invalid": "true", "autofocus": is_first}
    return field.as_widget(attrs=attributes)


BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""Mark in what a browser says of itself -> its name. Each claims to be those after it, too."""


@register.filter
def browser(user_agent: str) -> str:
    """Firefox, Windows: enough to know a device again. As it came where nothing in it is known."""
    found = [
        next((name for mark, name in names if mark in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or user_agent or gettext("A browser without a name")
