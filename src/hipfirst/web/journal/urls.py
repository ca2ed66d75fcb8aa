# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.journal import comment_urls, views

app_name = "journal"
urlpatterns = [
    path("journal/", views.index, name="index"),
    path("journal/feed.atom", views.feed, name="feed"),
    path("journal/<slug:slug>/", views.article, name="article"),
    *comment_urls.urlpatterns,
]
