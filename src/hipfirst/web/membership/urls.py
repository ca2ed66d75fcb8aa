# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.membership import own_views, views

app_name = "membership"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/voucher/", views.voucher, name="voucher"),
    path("join/<slug:slug>/", views.offer, name="offer"),
    path("account/membership/", own_views.membership, name="membership"),
    path("account/membership/pause/", own_views.pause, name="pause"),
    path("account/membership/resume/", own_views.resume, name="resume"),
    path("account/membership/cancel/", own_views.cancel, name="cancel"),
    path("account/membership/keep/", own_views.keep, name="keep"),
]
