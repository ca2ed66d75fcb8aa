# SPDX-License-Identifier: Apache-2.0
"""Rows of playing: a timeline that never changes, a run of it, and the run's log."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from hipfirst.web.accounts.models import Visitor


class Timeline(models.Model):
    """A resolved session, stored once per content and never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    body: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    created = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.sha256[:12]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: events point into this timeline, so it must stay as it was."""
        if not self._state.adding:
            raise TypeError(f"timeline {self} is immutable; store a new one")
        super().save(*args, **kwargs)


class Run(models.Model):
    """One playing of a timeline. The columns after `created` are projected from the fold."""

    class Status(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        PAUSED = "paused"
        FINISHED = "finished"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="runs")
    timeline = models.ForeignKey(Timeline, models.PROTECT, related_name="runs")
    session = models.SlugField(max_length=80, db_index=False)
    title = models.CharField(max_length=160)
    created = models.DateTimeField(default=timezone.now, editable=False)

    status = models.CharField(max_length=8, choices=Status, default=Status.READY)
    finished_at = models.DateTimeField(null=True, blank=True)
    """By the clock of the device that finished it."""
    last_seq = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["visitor", "session", "-created"], name="run_of_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.id}"


class RunEvent(models.Model):
    """One line of a run's log; the primary key is the order of arrival."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="events")
    event_id = models.UUIDField()
    device = models.UUIDField()
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=16)
    body: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    received_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "event_id"], name="event_once"),
            models.UniqueConstraint(fields=["run", "device", "seq"], name="event_seq_once"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.seq}"
