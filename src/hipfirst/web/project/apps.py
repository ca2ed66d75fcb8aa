# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "hipfirst.web.project"
    label = "project"

    def ready(self) -> None:
        from hipfirst.web.project import checks  # noqa: F401, PLC0415 registers them
