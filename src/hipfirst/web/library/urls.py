# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls.resolvers import URLPattern

app_name = "library"
urlpatterns: list[URLPattern] = []
