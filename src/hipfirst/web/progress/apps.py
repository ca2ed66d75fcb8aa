# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "hipfirst.web.progress"
    label = "progress"
    default_auto_field = "django.db.models.BigAutoField"
