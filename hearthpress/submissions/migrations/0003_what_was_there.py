"""What calls and submissions from before the desk were: open, promised a date, so many words long."""

from django.db import migrations

from hearthpress.documents.plain import count_words


def say_what_was_there(apps, schema_editor):
    apps.get_model("submissions", "Call").objects.update(state="open")
    promise = apps.get_model("submissions", "Promise")
    submissions = apps.get_model("submissions", "Submission")
    sent = submissions.objects.exclude(submitted_at=None)
    for row in sent.only("pk", "document", "submitted_at", "reply_due").iterator(500):
        submissions.objects.filter(pk=row.pk).update(words=count_words(row.document) if row.document else 0)
        promise.objects.create(submission_id=row.pk, due=row.reply_due, at=row.submitted_at)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_the_desk")]
    operations = [migrations.RunPython(say_what_was_there, migrations.RunPython.noop)]
