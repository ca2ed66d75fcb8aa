# SPDX-License-Identifier: Apache-2.0
"""The page for a professional: what somebody chose to show, for some days."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from hipfirst.web.accounts.models import Person


class Report(models.Model):
    """One page as it was when it was made, and until when its link opens it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="reports")
    created = models.DateTimeField(default=timezone.now, editable=False)
    body: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    """What the page shows: `report.Page`, as JSON."""
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """The person ended it before."""
    token_sha256 = models.CharField(max_length=64, unique=True)
    """Of the secret in the link: whoever reads this table cannot open the page with it."""
    opened = models.PositiveIntegerField(default=0)
    """How often the link was opened by somebody else."""
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-created"], name="report_of_person"),
        ]

    def __str__(self) -> str:
        return f"report {self.created:%Y-%m-%d}"
