"""Change what must not be changed, as somebody who holds the database would."""

from typing import Any

from django.db import connection

from hearthpress.ledger.triggers import LEDGER, put_on, take_off
from hearthpress.pay.triggers import PAY


def tamper(sql: str, *values: Any) -> None:
    """Run one statement past the triggers."""
    connection.check_constraints()  # PostgreSQL alters no table whose deferred checks have not run
    take_off(connection, *LEDGER, *PAY)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1
    connection.check_constraints()
    put_on(connection, *LEDGER, *PAY)
