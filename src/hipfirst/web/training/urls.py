# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.training import check, kept_views, preview, rules, views

app_name = "training"
urlpatterns = [
    path("check/", check.check, name="check"),
    path("check/advice/", check.advice, name="advice"),
    path("check/fine/", check.check_fine, name="check-fine"),
    path("check/erase/", check.check_erase, name="check-erase"),
    path("knee-rules/", rules.knee_rules, name="knee-rules"),
    path("sessions/<slug:slug>/play/", views.play_start, name="play-start"),
    path("sessions/<slug:slug>/preview/", preview.preview_start, name="preview-start"),
    path("play/<uuid:run_id>/", views.play, name="play"),
    path("play/kept/<slug:slug>/", kept_views.kept, name="kept"),
    path("offline/", kept_views.offline, name="offline"),
]
