# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "hipfirst.web.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
