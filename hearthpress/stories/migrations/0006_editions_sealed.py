"""Editions made before they had a seal get theirs, by the rule that holds from now on."""

import hashlib
from datetime import UTC

import rfc8785
from django.db import migrations, models


def seal_all(apps, _schema_editor):
    rows = apps.get_model("stories", "Edition").objects.select_related("story", "revision").defer("revision__body")
    for row in rows:
        facts = {
            "story": row.story.key,
            "number": row.number,
            "sha256": row.sha256,
            "made_at": row.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "made_by": row.made_by_id,
        }
        row.seal = hashlib.sha256(rfc8785.dumps({"before": row.revision.chain, "facts": facts})).hexdigest()
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_pictures_within_texts"), ("editing", "0007_named_people")]

    operations = [
        migrations.AddField("edition", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
    ]
