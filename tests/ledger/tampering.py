"""Change what must not be changed, as somebody who holds the database would."""

from typing import Any

from django.db import connection

from hearthpress.ledger.triggers import LEDGER, Final, put_on, triggers_of
from hearthpress.pay.triggers import PAY


def tamper(sql: str, *values: Any) -> None:
    """Run one statement past the triggers."""
    connection.check_constraints()  # PostgreSQL alters no table whose deferred checks have not run
    take_off(*LEDGER, *PAY)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1
    connection.check_constraints()
    put_on(connection, *LEDGER, *PAY)


def take_off(*finals: Final) -> None:
    """Remove the triggers of these tables. Only tests have a way to do so, which is why it is written here."""
    with connection.cursor() as cursor:
        for final in finals:
            of_table = "" if connection.vendor == "sqlite" else f" ON {final.table}"
            for name in triggers_of(connection, final):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
