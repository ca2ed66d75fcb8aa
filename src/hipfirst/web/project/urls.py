# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.i18n import JavaScriptCatalog

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n.js", JavaScriptCatalog.as_view(packages=["hipfirst.web.shared"]), name="i18n"),
    path("", include("hipfirst.web.library.urls")),
]
