# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hipfirst.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
