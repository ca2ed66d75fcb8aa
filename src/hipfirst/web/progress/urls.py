# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from django.urls import path

from hipfirst.web.progress import report_views, views

app_name = "progress"
urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("progress/report/", report_views.report, name="report"),
    path("progress/report/<uuid:report_id>/", report_views.report_own, name="report-own"),
    path("progress/report/<uuid:report_id>/pdf", report_views.report_pdf, name="report-pdf"),
    path("progress/report/<uuid:report_id>/end/", report_views.report_stop, name="report-end"),
    path("report/<str:report_token>/", report_views.shared, name="shared"),
    path("report/<str:report_token>/pdf", report_views.shared_pdf, name="shared-pdf"),
]
