import django.utils.timezone
from django.db import migrations, models

import hipfirst.web.shared.fields


def pack(apps, schema_editor):
    timelines = apps.get_model("training", "Timeline").objects
    for timeline in timelines.iterator(chunk_size=50):
        timeline.packed = timeline.body
        timeline.save(update_fields=["packed"])


def unpack(apps, schema_editor):
    timelines = apps.get_model("training", "Timeline").objects
    for timeline in timelines.iterator(chunk_size=50):
        timeline.body = timeline.packed
        timeline.save(update_fields=["body"])


def plan(apps, schema_editor):
    """Of a run that was begun offline nobody noted when it was planned: not before it was kept."""
    apps.get_model("training", "Run").objects.update(planned=models.F("created"))


class Migration(migrations.Migration):
    dependencies = [("training", "0003_kept")]

    operations = [
        migrations.AddField(
            "timeline", "packed", hipfirst.web.shared.fields.PackedJSONField(null=True)
        ),
        # Emptied before the way back, filled before the way there.
        migrations.AlterField("timeline", "body", models.JSONField(null=True)),
        migrations.RunPython(pack, unpack),
        migrations.RemoveField("timeline", "body"),
        migrations.RenameField("timeline", "packed", "body"),
        migrations.AlterField("timeline", "body", hipfirst.web.shared.fields.PackedJSONField()),
        migrations.AddField(
            "run",
            "planned",
            models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunPython(plan, migrations.RunPython.noop),
    ]
