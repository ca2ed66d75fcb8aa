# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig
from django.contrib.admin import apps as admin


class ProjectConfig(AppConfig):
    name = "hipfirst.web.project"
    label = "project"

    def ready(self) -> None:
        from hipfirst.web.project import checks  # noqa: F401, PLC0415 registers them
        from hipfirst.web.project.purges import cache_purge, sessions_purge  # noqa: PLC0415
        from hipfirst.web.site.duties import HOUR, Duty, register_duty  # noqa: PLC0415

        register_duty(Duty("sign-ins that ran out", sessions_purge, HOUR))
        register_duty(Duty("limits that ran out", cache_purge, HOUR))


class Admin(admin.AdminConfig):
    """Django's admin in the colours of this site, for owner and moderators."""

    default = False
    default_site = "hipfirst.web.project.admin.Rooms"
