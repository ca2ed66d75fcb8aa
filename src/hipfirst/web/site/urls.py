# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.site import views

app_name = "site"
urlpatterns = [
    path("terms/", views.terms, name="terms"),
    path("imprint/", views.imprint, name="imprint"),
    path("site/colours.css", views.colours, name="colours"),
    path("site/logo", views.logo, name="logo"),
]
