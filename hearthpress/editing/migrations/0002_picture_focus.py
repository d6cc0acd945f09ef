import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editing", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name=name,
            field=models.PositiveSmallIntegerField(
                default=50, validators=[django.core.validators.MaxValueValidator(100)]
            ),
        )
        for name in ("focus_x", "focus_y")
    ]
