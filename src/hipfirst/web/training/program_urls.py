# SPDX-License-Identifier: Apache-2.0
"""Programs, today, rhythm, calendar, reminders: part of the addresses of training."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from hipfirst.web.training import (
    calendar,
    program_views,
    reminder_views,
    rhythm_views,
    today_views,
)

urlpatterns: list[URLPattern] = [
    path("programs/", program_views.programs, name="programs"),
    path("programs/<slug:slug>/", program_views.program, name="program"),
    path("programs/<slug:slug>/follow/", program_views.follow, name="program-follow"),
    path("programs/<slug:slug>/leave/", program_views.leave, name="program-leave"),
    path("today/", today_views.today, name="today"),
    path("today/rhythm/", rhythm_views.rhythm, name="rhythm"),
    path("today/holidays/", rhythm_views.holiday_new, name="holiday-add"),
    path("today/holidays/<int:holiday_id>/remove/", rhythm_views.holiday_end, name="holiday-end"),
    path("today/calendar/", rhythm_views.calendar_new, name="calendar-make"),
    path("today/calendar/remove/", rhythm_views.calendar_end, name="calendar-end"),
    path("calendar/<str:calendar_token>.ics", calendar.feed, name="calendar"),
    path("mail/reminders/stop/<str:stop_token>/", reminder_views.stop, name="reminder-stop"),
]
