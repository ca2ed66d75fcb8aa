# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "hipfirst.web.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"
