# SPDX-License-Identifier: Apache-2.0
"""`hipfirst manage purge_checks`: for a site that runs long between two starts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hipfirst.web.training.actions import checks_purge
from hipfirst.web.training.kept_actions import kept_purge
from hipfirst.web.training.queries import KEPT_DAYS


class Command(BaseCommand):
    help = (
        f"Erase the knee checks of visitors that are older than {KEPT_DAYS} days, and the plans of "
        f"kept sessions that a newer one replaced as long ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        checks, plans = checks_purge(), kept_purge()
        self.stdout.write(
            f"{checks} knee check{'' if checks == 1 else 's'} and "
            f"{plans} replaced plan{'' if plans == 1 else 's'} erased."
        )
