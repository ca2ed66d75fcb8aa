# SPDX-License-Identifier: Apache-2.0
from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "hipfirst.web.shared"
    label = "shared"
