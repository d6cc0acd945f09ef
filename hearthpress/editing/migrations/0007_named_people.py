import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hearthpress.common.clock

ANSWERS = [
    ("knows", "They know, and agree to how they are named"),
    ("unaware", "They do not know"),
    ("cannot", "They cannot be asked: a baby, somebody who has died, somebody well known"),
    ("changed", "It is not their own name: it was changed"),
    ("nobody", "This is not a person"),
]
SHOWN_AS = [("as_is", "As it stands"), ("initials", "By initials"), ("other", "By another name")]


class Migration(migrations.Migration):
    dependencies = [("editing", "0006_cooling"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="NamedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("answer", models.CharField(choices=ANSWERS, max_length=8)),
                ("shown_as", models.CharField(choices=SHOWN_AS, default="as_is", max_length=8)),
                ("other_name", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField(default=hearthpress.common.clock.now)),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "manuscript",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="named", to="editing.manuscript"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
    ]
