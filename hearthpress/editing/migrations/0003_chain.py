"""Versions and approvals written before there was a chain get their links, by the rule that holds from now on."""

import hashlib
from datetime import UTC

import rfc8785
from django.db import migrations, models


def link(before, facts):
    return hashlib.sha256(rfc8785.dumps({"before": before, "facts": facts})).hexdigest()


def moment(at):
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link_all(apps, _schema_editor):
    manuscript, before = None, ""
    rows = apps.get_model("editing", "Revision").objects.select_related("manuscript").defer("body")
    for row in rows.order_by("manuscript_id", "number").iterator():
        before = before if row.manuscript_id == manuscript else ""
        manuscript = row.manuscript_id
        facts = {
            "manuscript": row.manuscript.key,
            "number": row.number,
            "sha256": row.sha256,
            "made_by": row.made_by_id,
            "made_at": moment(row.made_at),
            "why": row.why,
        }
        row.chain = before = link(before, facts)
        row.save(update_fields=["chain"])
    for row in apps.get_model("editing", "Approval").objects.select_related("revision").defer("revision__body"):
        facts = {"person": row.person_id, "sha256": row.sha256, "at": moment(row.at), "session": row.session}
        row.seal = link(row.revision.chain, facts)
        row.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("editing", "0002_picture_focus")]

    operations = [
        migrations.AddField(
            "revision",
            "why",
            models.CharField(
                blank=True, max_length=200, help_text="What was changed, in the words of who changed it.", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField("revision", "chain", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddField(
            "approval", "session", models.CharField(blank=True, max_length=64, default=""), preserve_default=False
        ),
        migrations.AddField("approval", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(link_all, migrations.RunPython.noop),
    ]
