# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ProjectConfig(AppConfig):
    name = "hipfirst.web.project"
    label = "project"

    def ready(self) -> None:
        from hipfirst.web.project import checks  # noqa: F401, PLC0415 registers them


class Admin(admin.AdminConfig):
    """Django's admin in the colours of this site, for owner and moderators."""

    default = False
    default_site = "hipfirst.web.project.admin.Rooms"
