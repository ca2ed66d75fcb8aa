# SPDX-License-Identifier: Apache-2.0
"""The one address of a page, for whoever stands elsewhere: mails, feed readers, search engines."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def whole_url(request: HttpRequest | None, path: str) -> str:
    """`path` of this site with the address that the site is known by.

    That is SITE_URL where the operator said it, else the host that was asked, else (nobody asks
    when a mail is written) where the site listens.
    """
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{path}"
    return request.build_absolute_uri(path) if request else f"{settings.LISTENS_URL}{path}"
