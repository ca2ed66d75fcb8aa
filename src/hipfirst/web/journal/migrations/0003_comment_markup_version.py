# SPDX-License-Identifier: Apache-2.0
from django.db import migrations, models

import hipfirst.web.journal.models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_comment_lists"),
    ]

    operations = [
        # What was written before is made anew once: it gets a version that never was.
        migrations.AddField(
            model_name="comment",
            name="markup_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="comment",
            name="markup_version",
            field=models.PositiveIntegerField(
                default=hipfirst.web.journal.models.markup_version, editable=False
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["markup_version"], name="comment_markup"),
        ),
    ]
