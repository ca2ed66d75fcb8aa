# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.training import views

app_name = "training"
urlpatterns = [
    path("sessions/<slug:slug>/play/", views.play_start, name="play-start"),
    path("play/<uuid:run_id>/", views.play, name="play"),
]
