# SPDX-License-Identifier: Apache-2.0
"""The one way in which settings change."""

from __future__ import annotations

from django.db import transaction

from hipfirst.planning.thresholds import Thresholds
from hipfirst.web.site.knee_rules import own_numbers
from hipfirst.web.site.models import SiteSettings
from hipfirst.web.site.queries import settings_forget


@transaction.atomic
def settings_save(*, settings: SiteSettings) -> None:
    """Keep them. Raises Django's ValidationError."""
    settings.full_clean(validate_unique=False, validate_constraints=False)
    # Two owners at once must not give two states the same number.
    standing = SiteSettings.objects.select_for_update().filter(pk=SiteSettings.ONLY)
    settings.version = standing.values_list("version", flat=True).first() or 1
    settings.save()
    settings_forget()


@transaction.atomic
def knee_rules_set(*, thresholds: Thresholds) -> None:
    """Let the site go by these numbers, from the next request on."""
    settings, _made = SiteSettings.objects.select_for_update().get_or_create(pk=SiteSettings.ONLY)
    settings.knee_rules = own_numbers(thresholds)
    settings_save(settings=settings)
