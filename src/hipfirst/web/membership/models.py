# SPDX-License-Identifier: Apache-2.0
"""Offers, vouchers, and the ledger from which every membership is counted.

Nobody "has" a membership in a column: the ledger's lines are folded (`ledger.fold`), so whatever
happened, in whatever order a provider tells it, can be read, checked and explained.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipfirst.web.accounts.models import Person


class Offer(models.Model):
    """One way to become a member, as `/join/` shows it."""

    class Kind(models.TextChoices):
        FREE = "free", _("Free")
        """No membership at all: what everybody has. One line on the page."""
        MONTHLY = "monthly", _("Monthly")
        YEARLY = "yearly", _("Yearly")
        LIFETIME = "lifetime", _("For life")
        PAY_WHAT_YOU_CAN = "pay-what-you-can", _("Pay what you can")
        GIFT = "gift", _("Gift")
        """Bought by one person for another."""
        COMP = "comp", _("On the house")
        """Given by the owner; never shown at /join/."""

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    title = models.CharField(_("title"), max_length=80)
    text = models.CharField(_("one or two sentences"), max_length=300, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    """None: for ever, or (free) no membership."""
    price = models.PositiveIntegerField(_("price in the smallest coin"), null=True, blank=True)
    """Cents and the like. Of "pay what you can", the least; None: the page names no price."""
    suggested = models.PositiveIntegerField(_("suggested price"), null=True, blank=True)
    """Of "pay what you can"."""
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    """ISO 4217."""
    shown = models.BooleanField(_("shown at /join/"), default=False)
    place = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering: ClassVar = ["place", "pk"]

    def __str__(self) -> str:
        return self.title


class VoucherBatch(models.Model):
    """Vouchers made at one time, for one offer."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="batches")
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    """What each gives, taken over from the offer when it was made; None: for life."""
    note = models.CharField(_("note for yourself"), max_length=120, blank=True)
    expires_on = models.DateField(_("can be used until"), null=True, blank=True)
    """The last day, in UTC; None: for ever."""
    created = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("batch of vouchers")
        verbose_name_plural = _("batches of vouchers")

    def __str__(self) -> str:
        return f"{self.offer} {self.created:%Y-%m-%d}"

    def is_over(self, now: datetime) -> bool:
        """Whether the last day on which its codes can be used is over."""
        return self.expires_on is not None and now.astimezone(UTC).date() > self.expires_on


class Voucher(models.Model):
    """A code that works once."""

    code = models.CharField(max_length=16, unique=True)
    """Letters and digits without separators, as `codes.normalised` spells them."""
    batch = models.ForeignKey(VoucherBatch, models.PROTECT, related_name="vouchers")
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="vouchers"
    )
    """Empty again once that person is erased: it stays used."""
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    to_name = models.CharField(_("for"), max_length=60, blank=True)
    """Of a gift: whom it is for, and what the giver says."""
    words = models.CharField(_("words of the giver"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")

    def __str__(self) -> str:
        return self.code


class LedgerLine(models.Model):
    """One thing that happened to somebody's membership. Lines are added, never changed."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("Time was added")
        PAUSE = "pause", _("Paused")
        RESUME = "resume", _("Resumed")
        CANCEL = "cancel", _("Cancelled")
        """It ends with the time there is; nothing is renewed."""
        KEEP = "keep", _("Cancellation taken back")
        REVOKE = "revoke", _("Time was taken back")
        """What is left of the grant it names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="ledger")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    """When it counts from."""
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of a grant; None: for life."""
    offer_kind = models.CharField(max_length=16, blank=True, choices=Offer.Kind)
    """Of a grant: as what it was given."""
    of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="revocations"
    )
    """Of a revocation: the grant."""
    of_reference = models.CharField(max_length=120, blank=True)
    """Of a revocation by a provider: the reference of the grant, which may become known later."""
    source = models.CharField(max_length=16)
    """Who says so: person, owner, voucher, or the slug of a provider."""
    reference = models.CharField(max_length=120)
    """What it rests on, unique within its source: the voucher, the event of a provider."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    """The owner who did it."""
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "reference"], name="ledger_line_once"),
            models.UniqueConstraint(
                fields=["of"], condition=Q(kind="revoke"), name="grant_revoked_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="ledger_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class EndingNotice(models.Model):
    """A mail that said that a membership ends: each end is told once before and once after."""

    class Kind(models.TextChoices):
        SOON = "soon", _("Some days before")
        OVER = "over", _("When it was over")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.SOON)
    until = models.DateTimeField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "until", "kind"], name="ending_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"
