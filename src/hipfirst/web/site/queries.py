# SPDX-License-Identifier: Apache-2.0
"""The settings in force. A change holds at once, in every process."""

from __future__ import annotations

from hipfirst.web.site.models import SiteSettings

_LARGE = ("logo", "imprint", "terms", "privacy")


def site_settings() -> SiteSettings:
    """The owner's settings, or the defaults; logo and texts come when asked for. One query."""
    row = SiteSettings.objects.defer(*_LARGE).filter(pk=SiteSettings.ONLY).first()
    return row or SiteSettings(pk=SiteSettings.ONLY)
