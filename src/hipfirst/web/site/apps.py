# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "hipfirst.web.site"
    label = "site"
    verbose_name = _("This site")
    default_auto_field = "django.db.models.BigAutoField"
