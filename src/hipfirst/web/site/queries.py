# SPDX-License-Identifier: Apache-2.0
"""The settings in force. A change holds at once, in every process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from html import unescape

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext

from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.knee_rules import thresholds_of
from hipfirst.web.site.models import DESCRIPTION, SiteSettings

_LARGE = ("logo", "imprint", "terms", "privacy")
_known: ContextVar[list[SiteSettings] | None] = ContextVar("site_settings", default=None)
"""Inside a request: what was read, or nothing yet. Outside one: None, and nothing is remembered."""


@dataclass(frozen=True)
class Logo:
    data: bytes
    type: str
    """png, jpeg or webp."""


def site_settings() -> SiteSettings:
    """The owner's settings, or the defaults; logo and texts come when asked for.

    One query, and one in all for a request.
    """
    known = _known.get()
    if known:
        return known[0]
    row = SiteSettings.objects.defer(*_LARGE).filter(pk=SiteSettings.ONLY).first()
    found = row or SiteSettings(pk=SiteSettings.ONLY)
    if found.description == DESCRIPTION:
        found.description = gettext(DESCRIPTION)
    if known is not None:
        known.append(found)
    return found


def site_thresholds() -> Thresholds:
    """The numbers of the knee rules of this site."""
    return thresholds_of(site_settings().knee_rules)


def site_logo() -> Logo | None:
    rows = SiteSettings.objects.filter(pk=SiteSettings.ONLY).exclude(logo_type="")
    found = rows.values_list("logo", "logo_type").first()
    return Logo(bytes(found[0]), found[1]) if found and found[0] else None


def terms_default() -> str:
    """The few lines that hold where the owner wrote no terms, as plain text."""
    said = unescape(strip_tags(render_to_string("site/_default_terms.html")))
    return "\n".join(line for line in said.splitlines() if line)


def has_imprint() -> bool:
    return SiteSettings.objects.filter(pk=SiteSettings.ONLY).exclude(imprint="").exists()


@contextmanager
def settings_remembered() -> Iterator[None]:
    """Inside, the settings are read at most once."""
    token = _known.set([])
    try:
        yield
    finally:
        _known.reset(token)


def settings_forget() -> None:
    """They changed: read them anew when next asked for."""
    if known := _known.get():
        known.clear()
