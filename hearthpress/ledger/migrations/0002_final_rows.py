"""From here on the database itself refuses to change or delete an account or a transfer."""

from typing import Any

from django.db import migrations

from hearthpress.ledger.triggers import LEDGER, put_on, put_on_currency


def make_final(apps: Any, schema_editor: Any) -> None:
    put_on(schema_editor.connection, *LEDGER)
    put_on_currency(schema_editor.connection)


class Migration(migrations.Migration):
    """It has no way back: books whose rows may be changed are no books."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(make_final)]
