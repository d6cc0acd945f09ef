"""A subject may ask for time between the writer's yes and going live. Those that are there ask for none."""

from django.core.validators import MaxValueValidator
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care", "0002_of_loss")]

    operations = [
        migrations.AddField(
            "subject",
            "cooling_hours",
            models.PositiveSmallIntegerField(
                default=0,
                validators=[MaxValueValidator(720)],
                help_text="Hours between the writer's yes and going live, in which they may think it over; 0: none.",
            ),
        ),
    ]
