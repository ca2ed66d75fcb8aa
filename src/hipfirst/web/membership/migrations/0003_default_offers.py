# SPDX-License-Identifier: Apache-2.0
"""The kinds of offers there are, without prices and hidden: the owner shows what is sold."""

from __future__ import annotations

from typing import Any

from django.db import migrations

OFFERS = (
    ("free", "free", "Free", "", None),
    ("monthly", "monthly", "A month", "Everything, for a month.", 30),
    ("yearly", "yearly", "A year", "Everything, for a year.", 365),
    ("lifetime", "lifetime", "For life", "Everything, once and for all.", None),
    (
        "pay-what-you-can",
        "pay-what-you-can",
        "Pay what you can",
        "The same as everybody has, for what you can spare.",
        30,
    ),
    ("gift", "gift", "A gift", "A code for somebody else, for a year.", 365),
    ("comp", "comp", "On the house", "", 365),
)


def make(apps: Any, _schema: Any) -> None:
    offer = apps.get_model("membership", "Offer")
    for place, (slug, kind, title, text, days) in enumerate(OFFERS, 1):
        values = {"kind": kind, "title": title, "text": text, "days": days, "place": place}
        offer.objects.get_or_create(slug=slug, defaults={**values, "shown": kind == "free"})


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0002_early_revocations"),
    ]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
