# SPDX-License-Identifier: Apache-2.0
"""The rooms of owner and moderators: Django's admin, signed into like the rest of the site."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Rooms(AdminSite):
    site_header = _("Behind the site")
    site_title = _("Behind the site")
    index_title = _("What needs you")
    enable_nav_sidebar = False
