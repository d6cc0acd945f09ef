"""A writer who has not answered about the edited text by the day hoped for is somebody's task."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("other", "Something else"),
                    ("answer_writer", "Answer the writer"),
                    ("apologise", "Apologise, and promise a new date"),
                    ("no_answer", "The writer has not answered"),
                    ("no_yes", "The writer has not answered about the edited text"),
                    ("unsigned", "The agreement is not signed"),
                    ("unpublished", "Accepted, and not published yet"),
                    ("promise_near", "The promised date is near"),
                    ("no_editor", "Nobody looks after this"),
                ],
                default="other",
                max_length=13,
            ),
        ),
    ]
