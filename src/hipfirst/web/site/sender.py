# SPDX-License-Identifier: Apache-2.0
"""Who every mail of the site says it is from."""

from __future__ import annotations

from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings

from hipfirst.web.site.queries import site_settings


def mail_sender() -> str:
    """The operator's words where they hold a name; a bare address gets the site's."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if name:
        return settings.DEFAULT_FROM_EMAIL
    return str(Address(" ".join(site_settings().name.split()), addr_spec=address))
