# SPDX-License-Identifier: Apache-2.0
"""Rows of playing: a timeline that never changes, a run of it, the run's log; knee checks and
check-ins; the program somebody follows, and when they train.
"""

from __future__ import annotations

import uuid
from datetime import time
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hipfirst.web.accounts.models import Person
from hipfirst.web.shared.fields import PackedJSONField


class Timeline(models.Model):
    """A resolved session, stored once per content and never changed."""

    sha256 = models.CharField(max_length=64, unique=True)
    body = PackedJSONField()
    created = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.sha256[:12]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only: events point into this timeline, so it must stay as it was."""
        if not self._state.adding:
            raise TypeError(f"timeline {self} is immutable; store a new one")
        super().save(*args, **kwargs)


class Run(models.Model):
    """One playing of a timeline. The columns from `status` on are projected from the fold."""

    class Status(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        PAUSED = "paused"
        FINISHED = "finished"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="runs")
    timeline = models.ForeignKey(Timeline, models.PROTECT, related_name="runs")
    session = models.SlugField(max_length=80, db_index=False)
    title = models.CharField(max_length=160)
    preview = models.BooleanField(default=False)
    """Its timeline is the first slots of a session for members: no day of a program is done by
    playing it.
    """
    created = models.DateTimeField(default=timezone.now, editable=False)
    planned = models.DateTimeField(default=timezone.now, editable=False)
    """When its timeline was planned: of a run that began offline, when it was taken along.

    Whatever a device's clock says, nothing of the run happened before.
    """

    status = models.CharField(max_length=8, choices=Status, default=Status.READY)
    finished_at = models.DateTimeField(null=True, blank=True)
    """By the clock of the device that finished it, but not before it was planned, nor after its
    end arrived here.
    """
    last_seq = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "session", "-created"], name="run_of_person"),
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


class KneeCheck(models.Model):
    """What a person said of the knees at one time. The newest counts; old ones are purged.

    Where a red flag stopped the questions, or the knees are fine, the rest was not asked: None.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="checks")
    created = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    consent = models.PositiveSmallIntegerField()
    """Version of the words that were agreed to."""
    consented_at = models.DateTimeField(default=timezone.now)
    told_in = models.ForeignKey(
        "CheckIn", models.CASCADE, null=True, blank=True, related_name="signs"
    )
    """The check-in whose new swelling is the sign: it stops sessions while it is there, and goes
    with it. None: it was answered, or named in a session.
    """

    age_band = models.CharField(max_length=8, blank=True)
    """adult, teen, or empty where a sign stopped the questions before it was told."""
    red_flags: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    """Signs answered with yes; every sign of the table was asked."""
    fine = models.BooleanField(default=False)
    """One tap said that the knees are fine: sessions are played as written."""

    left_now = models.PositiveSmallIntegerField(null=True, blank=True)
    left_week = models.PositiveSmallIntegerField(null=True, blank=True)
    """Worst pain of the last seven days [0 to 10]."""
    right_now = models.PositiveSmallIntegerField(null=True, blank=True)
    right_week = models.PositiveSmallIntegerField(null=True, blank=True)
    hurts: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    weaker = models.CharField(max_length=5, blank=True)
    """left, right, or empty where both are alike."""

    avoid: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    kit: models.JSONField[list[str] | None, list[str] | None] = models.JSONField(
        null=True, blank=True
    )
    """None: whatever a session asks for."""
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    experience = models.CharField(max_length=8, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-created"], name="check_of_person"),
        ]

    def __str__(self) -> str:
        return f"knee check {self.pk}"


class Kept(models.Model):
    """A timeline that a person took along to play without a connection.

    Runs of it may arrive days later; only who was given a timeline may open a run of it.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="kept")
    timeline = models.ForeignKey(Timeline, models.PROTECT, related_name="kept")
    session = models.SlugField(max_length=80, db_index=False)
    title = models.CharField(max_length=160)
    created = models.DateTimeField(default=timezone.now, editable=False)
    """When it was given last."""
    until = models.DateTimeField(null=True, blank=True)
    """Until when it may be begun without asking again, as it was given last; None: for ever."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "session", "timeline"], name="kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session} kept by {self.person_id}"


class Activity(models.Model):
    """Something of a person's own that the knees make hard: "the stairs at work"."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="activities")
    name = models.CharField(max_length=80)
    created = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    """Another took its place; what was told of it stays."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="activity_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"activity {self.pk}"


class CheckIn(models.Model):
    """What a person said in ten seconds; every telling is kept, and the newest counts."""

    class Kind(models.TextChoices):
        WEEK = "week"
        """Worst pain of the last seven days, and one's own activity."""
        HOUR = "hour"
        """60 minutes after a run."""
        MORNING = "morning"
        """The morning after a run."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="check_ins")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    """When it was told."""
    day = models.DateField()
    """The same day by the person's own calendar."""
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="check_ins")
    """Of HOUR and MORNING: the session it follows."""
    left = models.PositiveSmallIntegerField()
    right = models.PositiveSmallIntegerField()
    """Pain [0 to 10]."""
    swelling = models.BooleanField(default=False)
    """Of MORNING: a knee is newly swollen, which is for a professional and no pain rule."""
    activity = models.ForeignKey(
        Activity, models.SET_NULL, null=True, blank=True, related_name="check_ins"
    )
    hard = models.PositiveSmallIntegerField(null=True, blank=True)
    """How hard the activity was [0 easy to 10 impossible]."""
    consent = models.PositiveSmallIntegerField()
    """Version of the words that were agreed to."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "kind", "-at"], name="check_in_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} check-in {self.pk}"


class Rhythm(models.Model):
    """When and where somebody trains: days, zone, reminders. No row: the defaults below."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="rhythm")
    time_zone = models.CharField(max_length=64, default="UTC")
    """An IANA name, such as Europe/Vienna."""
    weekdays: models.JSONField[list[int], list[int]] = models.JSONField(default=list, blank=True)
    """Days of training, 0 Monday to 6 Sunday; empty: Monday, Wednesday, Friday."""
    remind = models.BooleanField(default=False)
    """By mail, on days of training."""
    remind_at = models.TimeField(default=time(8))
    quiet_from = models.TimeField(default=time(21))
    quiet_to = models.TimeField(default=time(7))
    """No mail between these; a reminder that would fall there comes at its end."""
    calendar_token = models.CharField(max_length=43, blank=True)
    """Of the address of the calendar feed; empty: there is none."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calendar_token"], condition=~Q(calendar_token=""), name="calendar_token"
            ),
        ]

    def __str__(self) -> str:
        return f"rhythm of {self.person_id}"


class Following(models.Model):
    """A program that somebody follows: one at a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="followings")
    program = models.SlugField(max_length=80, db_index=False)
    started_on = models.DateField()
    """By the person's own calendar."""
    created = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    """Left, or done and begun again."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="following_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} since {self.started_on}"


class Holiday(models.Model):
    """Days on which somebody does not train, and that cost nothing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="holidays")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="holiday_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class Reminder(models.Model):
    """A mail that reminded of a day: each day once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders")
    day = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="reminder_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"reminder for {self.day}"
