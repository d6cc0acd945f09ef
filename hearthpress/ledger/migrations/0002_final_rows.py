"""From here on the database itself refuses to change or delete an account or a transfer."""

from typing import Any

from django.db import migrations

from hearthpress.ledger.triggers import LEDGER, POSTGRESQL_FUNCTION, put_on, put_on_currency


def make_final(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    put_on(connection, *LEDGER)
    put_on_currency(connection)


class Migration(migrations.Migration):
    """It has no way back: books whose rows may be changed are no books."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(make_final)]
