"""The index itself, of the kind that the database offers."""

from typing import Any

from django.conf import settings
from django.db import migrations

from hearthpress.search.engines import engine


def make(apps: Any, schema_editor: Any) -> None:
    engine(schema_editor.connection.vendor).make(schema_editor.connection, settings.SEARCH_LANGUAGE)


def unmake(apps: Any, schema_editor: Any) -> None:
    engine(schema_editor.connection.vendor).unmake(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
