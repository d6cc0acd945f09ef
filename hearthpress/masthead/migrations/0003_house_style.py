from django.db import migrations, models

import hearthpress.masthead.models


class Migration(migrations.Migration):
    dependencies = [("masthead", "0002_the_desk")]

    operations = [
        migrations.AddField(
            model_name="masthead",
            name="style_rules",
            field=models.JSONField(
                blank=True,
                default=hearthpress.masthead.models.rules_from_the_start,
                help_text="The rules of the house’s style that are on.",
            ),
        ),
    ]
