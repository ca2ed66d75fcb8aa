# SPDX-License-Identifier: Apache-2.0
from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("journal", "0003_comment_markup_version"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="comment",
            name="labelled",
            field=models.BooleanField(default=False, verbose_name="labelled by a moderator"),
        ),
    ]
