# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.training import (
    check,
    check_in,
    check_in_answer,
    kept_views,
    preview,
    program_urls,
    rules,
    views,
)

app_name = "training"
urlpatterns = [
    *program_urls.urlpatterns,
    path("check/", check.check, name="check"),
    path("check/advice/", check.advice, name="advice"),
    path("check/fine/", check.check_fine, name="check-fine"),
    path("check/erase/", check.check_erase, name="check-erase"),
    path("check-in/", check_in.check_in, name="check-in"),
    path("check-in/hour/", check_in.check_in_hour, name="check-in-hour"),
    path("check-in/morning/", check_in.check_in_morning, name="check-in-morning"),
    path("check-in/answer/", check_in_answer.check_in_answer, name="check-in-answer"),
    path("check-in/erase/", check_in.check_in_erase, name="check-in-erase"),
    path("knee-rules/", rules.knee_rules, name="knee-rules"),
    path("sessions/<slug:slug>/play/", views.play_start, name="play-start"),
    path("sessions/<slug:slug>/preview/", preview.preview_start, name="preview-start"),
    path("play/<uuid:run_id>/", views.play, name="play"),
    path("play/kept/<slug:slug>/", kept_views.kept, name="kept"),
    path("offline/", kept_views.offline, name="offline"),
]
