# SPDX-License-Identifier: Apache-2.0
"""The people the site keeps something for. A visitor is a number in a cookie, nothing more."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Visitor(models.Model):
    """Somebody without an account who started something that must be kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return str(self.id)
