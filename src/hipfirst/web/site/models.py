# SPDX-License-Identifier: Apache-2.0
"""The one row of settings that the owner of a site changes on a page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

HEX = RegexValidator(r"^#[0-9a-f]{6}$", _("A colour such as #1f5f57: # and six digits 0-9, a-f."))

DESCRIPTION = gettext_noop("Guided strength training that is kind to knees.")
"""Until the owner writes another: in the language of whoever reads."""


class SiteSettings(models.Model):
    """Row 1, or no row: then every default holds."""

    ONLY = 1

    name = models.CharField(_("name of the site"), max_length=40, default="Hipfirst")
    description = models.CharField(
        _("one sentence about it"),
        max_length=160,
        default=DESCRIPTION,
        help_text=_("Shown to search engines and where a page is shared."),
    )
    logo = models.BinaryField(null=True, blank=True, editable=False)
    logo_type = models.CharField(max_length=10, blank=True, editable=False)
    """png, jpeg or webp."""
    pine_light = models.CharField(
        _("main colour, light"), max_length=7, blank=True, validators=[HEX]
    )
    pine_dark = models.CharField(_("main colour, dark"), max_length=7, blank=True, validators=[HEX])
    clay_light = models.CharField(
        _("second colour, light"), max_length=7, blank=True, validators=[HEX]
    )
    clay_dark = models.CharField(
        _("second colour, dark"), max_length=7, blank=True, validators=[HEX]
    )
    """Empty: the colour of the design tokens."""
    knee_rules: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("knee rules"), default=dict, blank=True
    )
    """Only the numbers that differ from `planning.thresholds.Thresholds`."""
    contact_email = models.EmailField(_("address for questions"), blank=True)
    imprint = models.TextField(_("who runs this site"), blank=True, max_length=20_000)
    terms = models.TextField(_("terms"), blank=True, max_length=100_000)
    privacy = models.TextField(_("privacy, in your own words"), blank=True, max_length=100_000)
    """Markdown, as the texts above."""
    terms_version = models.PositiveSmallIntegerField(
        _("version of the terms"), default=1, validators=[MinValueValidator(1)]
    )
    """A higher one asks everybody to agree again."""
    open_to_all = models.BooleanField(_("everything is open to everybody"), default=False)
    """Nothing needs a membership on this site."""
    joining = models.TextField(_("how to become a member"), blank=True, max_length=20_000)
    """Markdown, on /join/: how to pay, whom to write to."""
    version = models.PositiveIntegerField(default=1, editable=False)
    """Counts changes: what was made from the settings is made anew when it differs."""
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("settings of the site")
        verbose_name_plural = _("settings of the site")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="site_settings_one_row"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = self.ONLY
        super().save(*args, **kwargs)
        SiteSettings.objects.filter(pk=self.ONLY).update(version=F("version") + 1)

    @property
    def has_colours(self) -> bool:
        return any((self.pine_light, self.pine_dark, self.clay_light, self.clay_dark))


class Due(models.Model):
    """When a duty of the house is next to be done: the process that moves it on does it."""

    duty = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty} at {self.at}"
