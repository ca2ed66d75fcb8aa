from django.db import migrations
from django.db.models import Min


def note(apps, schema_editor):
    """What the knee checks agreed to, as records: one for each version of the words."""
    check, consent = apps.get_model("training", "KneeCheck"), apps.get_model("accounts", "Consent")
    agreed = check.objects.filter(consent__gte=1).order_by().values("person", "consent")
    consent.objects.bulk_create(
        [
            consent(
                person_id=row["person"],
                purpose="health",
                version=row["consent"],
                given_at=row["first"],
            )
            for row in agreed.annotate(first=Min("consented_at")).iterator()
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_terms_text"),
        ("training", "0005_people"),
    ]
    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
