"""Kill fees, which the database itself keeps from being changed from the first one on."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from hearthpress.ledger.triggers import put_on
from hearthpress.pay.triggers import KILL_FEES


def make_final(apps: Any, schema_editor: Any) -> None:
    put_on(schema_editor.connection, *KILL_FEES)


class Migration(migrations.Migration):
    """It has no way back: books whose rows may be changed are no books."""

    dependencies = [
        ("agreements", "0002_kill_fee"),
        ("ledger", "0002_final_rows"),
        ("pay", "0002_final_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="KillFee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.PositiveBigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owed_kill_fee",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "transfer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kill_fee", to="ledger.transfer"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="kill_fee_above_zero")
                ],
            },
        ),
        migrations.RunPython(make_final),
    ]
