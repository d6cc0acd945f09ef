"""Each writer of a story says yes for themselves; a request gets its seal, by the rule that holds from now on."""

import hashlib
from datetime import UTC

import django.db.models.deletion
import rfc8785
from django.conf import settings
from django.db import migrations, models

import hearthpress.common.clock
import hearthpress.common.fields


def seal_all(apps, _schema_editor):
    for row in apps.get_model("editing", "ApprovalRequest").objects.select_related("revision").defer("revision__body"):
        facts = {
            "asked_by": row.asked_by_id,
            "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "due": row.due.isoformat() if row.due else "",
            "words": row.words,
        }
        row.seal = hashlib.sha256(rfc8785.dumps({"before": row.revision.chain, "facts": facts})).hexdigest()
        row.save(update_fields=["seal"])


def name_the_reminded(apps, _schema_editor):
    rows = apps.get_model("editing", "ApprovalReminder").objects
    for row in rows.select_related("request__revision__manuscript__submission").defer("request__revision__body"):
        row.person_id = row.request.revision.manuscript.submission.writer_id
        row.save(update_fields=["person"])


def protected(to, related_name="+", **options):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **options)


def one_to_one(related_name):
    protect = django.db.models.deletion.PROTECT
    return models.OneToOneField(on_delete=protect, related_name=related_name, to="editing.cowriter")


def number():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def now():
    return ("at", models.DateTimeField(default=hearthpress.common.clock.now))


PERSON = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0007_named_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField("approval", "revision", protected("editing.revision", "approvals")),
        migrations.AddField("approval", "request", protected("editing.approvalrequest", "approvals", null=True)),
        migrations.AddField("approval", "writers", models.JSONField(default=list)),
        migrations.AddConstraint(
            "approval", models.UniqueConstraint(fields=("request", "person"), name="one_yes_a_request_and_person")
        ),
        migrations.AddField(
            "approvalrequest", "seal", models.CharField(max_length=64, default=""), preserve_default=False
        ),
        migrations.RunPython(seal_all, migrations.RunPython.noop),
        migrations.RemoveConstraint("approvalreminder", "one_reminder_of_a_kind"),
        migrations.AddField("approvalreminder", "person", protected(PERSON, null=True)),
        migrations.RunPython(name_the_reminded, migrations.RunPython.noop),
        migrations.AlterField("approvalreminder", "person", protected(PERSON)),
        migrations.AddConstraint(
            "approvalreminder",
            models.UniqueConstraint(fields=("request", "kind", "person"), name="one_reminder_of_a_kind"),
        ),
        migrations.CreateModel(
            "CoWriter",
            [
                number(),
                (
                    "key",
                    models.CharField(default=hearthpress.common.fields.public_id, max_length=12, unique=True),
                ),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                now(),
                ("seal", models.CharField(max_length=64)),
                ("asked_by", protected(PERSON)),
                ("manuscript", protected("editing.manuscript", "co_writers")),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            "CoWriterAnswer",
            [
                number(),
                ("says_yes", models.BooleanField()),
                now(),
                ("session", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(max_length=64)),
                ("co_writer", one_to_one("answer")),
                ("person", protected(PERSON)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            "CoWriterLeft",
            [
                number(),
                now(),
                ("seal", models.CharField(max_length=64)),
                ("by", protected(PERSON)),
                ("co_writer", one_to_one("left")),
            ],
            options={"abstract": False},
        ),
    ]
