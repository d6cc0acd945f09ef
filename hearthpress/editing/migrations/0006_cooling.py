"""An approval keeps for how long its writer may think it over. Those given before there was such a time wait for nothing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import hearthpress.common.clock


class Migration(migrations.Migration):
    dependencies = [
        ("editing", "0005_suggesting"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("approval", "cooling_hours", models.PositiveSmallIntegerField(default=0)),
        migrations.CreateModel(
            name="CoolingWaived",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=hearthpress.common.clock.now)),
                ("session", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(max_length=64)),
                (
                    "approval",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cooling_waived",
                        to="editing.approval",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
