# SPDX-License-Identifier: Apache-2.0
"""Lines are counted as lines."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("membership", "0003_default_offers")]

    operations: ClassVar = [
        migrations.AlterModelOptions(
            name="ledgerline",
            options={
                "verbose_name": "line of the ledger",
                "verbose_name_plural": "lines of the ledger",
            },
        ),
    ]
