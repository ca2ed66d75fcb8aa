# SPDX-License-Identifier: Apache-2.0
"""What every template may use: the owner's settings of the site, as `site`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hipfirst.web.site.queries import site_settings


def site(request: HttpRequest) -> dict[str, Any]:
    """Read only by templates that ask."""
    return {"site": SimpleLazyObject(site_settings)}
