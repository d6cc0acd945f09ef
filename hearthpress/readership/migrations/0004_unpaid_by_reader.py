from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readership", "0003_arrivals"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="unpaidview", name="unpaid_by_reason"),
        migrations.AddIndex(
            model_name="unpaidview",
            index=models.Index(fields=["story_key", "day", "reason", "reader"], name="unpaid_by_reader"),
        ),
    ]
