# SPDX-License-Identifier: Apache-2.0
"""What every template may use: the owner's settings of the site, as `site`."""

from __future__ import annotations

import logging
from typing import Any

from django.db import Error
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import site_settings

_log = logging.getLogger(__name__)


def site(request: HttpRequest) -> dict[str, Any]:
    """Read only by templates that ask."""
    return {"site": SimpleLazyObject(_settings)}


def _settings() -> SiteSettings:
    """The defaults where the database cannot be asked: the page that says so has a name too."""
    try:
        return site_settings()
    except Error:
        _log.exception("the settings of the site could not be read")
        return SiteSettings()
