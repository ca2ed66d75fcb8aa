# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.library import media, views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("library/", views.catalogue, name="catalogue"),
    path("sessions/<slug:slug>/", views.session, name="session"),
    path("exercises/<slug:slug>/", views.exercise, name="exercise"),
    path("evidence/", views.evidence_index, name="evidence-index"),
    path("evidence/<slug:slug>/", views.evidence, name="evidence"),
    path("media/packs/<slug:pack>/<str:name>", media.media_file, name="media"),
]
