"""From here on the database itself refuses to change what was accrued, stated and paid."""

from typing import Any

from django.db import migrations

from hearthpress.ledger.triggers import put_on
from hearthpress.pay.triggers import FIRST


def make_final(apps: Any, schema_editor: Any) -> None:
    put_on(schema_editor.connection, *FIRST)


class Migration(migrations.Migration):
    """It has no way back: books whose rows may be changed are no books."""

    dependencies = [("pay", "0001_initial"), ("ledger", "0002_final_rows")]
    operations = [migrations.RunPython(make_final)]
