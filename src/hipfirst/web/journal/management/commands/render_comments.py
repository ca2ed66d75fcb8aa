# SPDX-License-Identifier: Apache-2.0
"""Make the HTML of all comments anew, after the rules of what is shown have changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from hipfirst.web.journal.comment_actions import comments_render


class Command(BaseCommand):
    help = "Make the HTML of all comments anew from what was written; says how many changed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{comments_render()} comments changed")
