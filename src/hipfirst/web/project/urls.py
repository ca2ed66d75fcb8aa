# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from hipfirst.web.project.api import api
from hipfirst.web.project.pwa import manifest, worker
from hipfirst.web.project.sitemap import sitemap
from hipfirst.web.project.views import healthz, openapi, robots, words

urlpatterns: list[URLPattern | URLResolver] = [
    path("sw.js", worker, name="worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("i18n.js", words, name="i18n"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("healthz", healthz, name="healthz"),
    path("api/openapi.json", openapi, name="openapi"),
    path("api/", api.urls),
    path("behind/", admin.site.urls),
    # First, since it has some pages of its own in place of the library's.
    path("", include("hipfirst.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("hipfirst.web.site.urls")),
    path("", include("hipfirst.web.journal.urls")),
    path("", include("hipfirst.web.progress.urls")),
    path("", include("hipfirst.web.training.urls")),
    path("", include("hipfirst.web.library.urls")),
    path("", include("hipfirst.web.membership.urls")),
]

handler400 = "hipfirst.web.project.handlers.bad_request"
handler403 = "hipfirst.web.project.handlers.permission_denied"
handler404 = "hipfirst.web.project.handlers.page_not_found"
handler500 = "hipfirst.web.project.handlers.server_error"
