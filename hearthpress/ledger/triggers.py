"""The database's own refusal to change what was written: on SQLite and on PostgreSQL, whoever asks.

There is no switch in it, no session variable and no user that may pass: to change a row, somebody has to drop the
trigger, and `missing` then tells. Tests that commit do so around their clean-up (tests/conftest.py).
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Final:
    """A table whose rows are never deleted and of which `columns` (every column when empty) are never changed.

    `unique` names the table's unique columns: SQLite's INSERT OR REPLACE deletes a row without asking the delete
    trigger, so an insert that meets an existing row is refused before that.
    """

    table: str
    unique: tuple[tuple[str, ...], ...] = ()
    columns: tuple[str, ...] = ()


LEDGER = (
    Final("ledger_account", unique=(("code",),)),
    Final("ledger_transfer", unique=(("key",),)),
)
CURRENCY = "ledger_transfer_currency"


def put_on(connection: BaseDatabaseWrapper, *finals: Final) -> None:
    """Add the triggers that make these tables final."""
    if connection.vendor == "postgresql":
        _run(connection, [POSTGRESQL_FUNCTION])
    _run(connection, [sql for final in finals for sql in triggers_of(connection, final).values()])


def put_on_currency(connection: BaseDatabaseWrapper) -> None:
    """Refuse a transfer whose currency is not that of both its accounts."""
    _run(connection, SQLITE_CURRENCY if connection.vendor == "sqlite" else POSTGRESQL_CURRENCY)


def triggers_of(connection: BaseDatabaseWrapper, final: Final) -> dict[str, str]:
    """The statements that make the triggers, by the triggers' names."""
    return _sqlite(final) if connection.vendor == "sqlite" else _postgresql(final)


def missing(connection: BaseDatabaseWrapper, *finals: Final) -> list[str]:
    """The names of the triggers that should be on these tables and are not, or are switched off."""
    wanted = [name for final in finals for name in triggers_of(connection, final)]
    if LEDGER[1] in finals:
        wanted.append(CURRENCY)
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_THERE if connection.vendor == "sqlite" else POSTGRESQL_THERE)
        there = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in there]


def _sqlite(final: Final) -> dict[str, str]:
    table = final.table
    refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are final'); END"
    of = f"OF {', '.join(final.columns)} " if final.columns else ""
    same = " OR ".join(
        "(" + " AND ".join(f"{name} = NEW.{name}" for name in names) + ")" for names in (("id",), *final.unique)
    )
    there = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608  a Final's names are written in our code
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE {of}ON {table} {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({there}) {refuse}",
    }


def _postgresql(final: Final) -> dict[str, str]:
    table = final.table
    of = f"OF {', '.join(final.columns)} " if final.columns else ""
    refuse = "EXECUTE FUNCTION hearthpress_rows_are_final()"
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE {of}ON {table} FOR EACH ROW {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
    }


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


SQLITE_THERE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL_THERE = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"

# Error class 23 is "integrity constraint violation".
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION hearthpress_rows_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are final', TG_TABLE_NAME USING ERRCODE = '23000';
END $$
"""

SQLITE_CURRENCY = [
    f"""
CREATE TRIGGER {CURRENCY} BEFORE INSERT ON ledger_transfer
WHEN EXISTS (
  SELECT 1 FROM ledger_account WHERE id IN (NEW.debit_id, NEW.credit_id) AND currency <> NEW.currency
)
BEGIN SELECT RAISE(ABORT, 'a transfer has the currency of both its accounts'); END
"""  # noqa: S608  a constant
]

POSTGRESQL_CURRENCY = [
    """
CREATE OR REPLACE FUNCTION hearthpress_same_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM ledger_account WHERE id IN (NEW.debit_id, NEW.credit_id) AND currency <> NEW.currency
  ) THEN
    RAISE EXCEPTION 'a transfer has the currency of both its accounts' USING ERRCODE = '23000';
  END IF;
  RETURN NEW;
END $$
""",
    f"""
CREATE TRIGGER {CURRENCY} BEFORE INSERT ON ledger_transfer
FOR EACH ROW EXECUTE FUNCTION hearthpress_same_currency()
""",
]
