# SPDX-License-Identifier: Apache-2.0
"""`hipfirst manage housekeep`: what the running site does by itself, once and now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from hipfirst.web.project.housekeeping import housekeep_all
from hipfirst.web.site.duties import duties


class Command(BaseCommand):
    help = (
        "Do every duty of the house now: erase what was kept long enough, send notices that wait. "
        "A running site does this by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        results = housekeep_all(now=timezone.now())
        for duty in duties():
            said = results.get(duty.name, "failed; the log above says why")
            self.stdout.write(f"{duty.name}: {said}")
