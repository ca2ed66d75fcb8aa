# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/my-data.json", views.privacy_export, name="privacy-export"),
    path("privacy/erase/", views.privacy_erase, name="privacy-erase"),
]
