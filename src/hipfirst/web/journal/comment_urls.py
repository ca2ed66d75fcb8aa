# SPDX-License-Identifier: Apache-2.0
"""Addresses of comments, moderation and mails; `urls` takes them in."""

from __future__ import annotations

from django.urls import path

from hipfirst.web.journal import comment_views, mail_views, moderation_views

urlpatterns = [
    path("comments/on/<str:kind>/<slug:slug>/", comment_views.add, name="comment-add"),
    path(
        "comments/on/<str:kind>/<slug:slug>/close/",
        moderation_views.close,
        name="discussion-close",
    ),
    path("comments/<int:pk>/", comment_views.comment, name="comment"),
    path("comments/<int:pk>/thread/", comment_views.thread, name="comment-thread"),
    path("comments/<int:pk>/reply/", comment_views.reply, name="comment-reply"),
    path("comments/<int:pk>/edit/", comment_views.edit, name="comment-edit"),
    path("comments/<int:pk>/delete/", comment_views.delete, name="comment-delete"),
    path("comments/<int:pk>/report/", comment_views.report, name="comment-report"),
    path("comments/<int:pk>/advice/", comment_views.advice, name="comment-advice"),
    path("comments/<int:pk>/moderate/", moderation_views.act, name="comment-moderate"),
    path("comments/<int:pk>/ban/", moderation_views.ban, name="comment-ban"),
    path("moderate/", moderation_views.moderate, name="queue"),
    path("mail/stop/<str:token>/", mail_views.stop, name="mail-stop"),
    path("account/mail/", mail_views.choice, name="mail-choice"),
]
