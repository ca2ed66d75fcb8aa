# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.progress import views

app_name = "progress"
urlpatterns = [
    path("progress/", views.progress, name="progress"),
]
