"""What was said of people in stories gets its seal, by the rule that holds from now on."""

import hashlib
from datetime import UTC

import rfc8785
from django.db import migrations, models


def seal_all(apps, _schema_editor):
    for row in apps.get_model("editing", "NamedPerson").objects.select_related("manuscript"):
        facts = {
            "manuscript": row.manuscript.key,
            "name": row.name,
            "answer": row.answer,
            "shown_as": row.shown_as,
            "other_name": row.other_name,
            "answered_by": row.answered_by_id,
            "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        }
        row.seal = hashlib.sha256(rfc8785.dumps({"before": "", "facts": facts})).hexdigest()
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("editing", "0009_suggestions_made_together")]

    operations = [
        migrations.AddField("namedperson", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
