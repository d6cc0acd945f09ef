"""The database refuses by itself: every statement here goes past Django's own rules."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.common.money import Money
from hearthpress.ledger.actions import account, transfer
from hearthpress.ledger.models import Account, Transfer
from hearthpress.ledger.triggers import LEDGER, missing
from hearthpress.ledger.verify import verify
from tests.ledger.tampering import take_off, tamper


@pytest.fixture
def row(spent: Account, owed: Account) -> Transfer:
    return transfer(spent, owed, Money(500, "USD"), key="a", memo="A story")


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_transfer SET amount = 1",
        "UPDATE ledger_transfer SET memo = 'x' WHERE id = id",
        "DELETE FROM ledger_transfer",
        "UPDATE ledger_account SET currency = 'EUR'",
        "UPDATE ledger_account SET code = 'x' WHERE code = 'payable:1:USD'",
        "DELETE FROM ledger_account",
    ],
)
def test_change_is_refused_by_the_database(row: Transfer, sql: str) -> None:
    with pytest.raises(IntegrityError):
        run(sql)

    assert Transfer.objects.get().amount == 500


def test_bulk_change_through_django_is_refused_before_the_database(row: Transfer) -> None:
    with pytest.raises(EvidenceIsFinal):
        Transfer.objects.update(amount=1)
    with pytest.raises(EvidenceIsFinal):
        row.save()


@pytest.mark.skipif("sqlite" not in connection.settings_dict["ENGINE"], reason="other databases have no REPLACE")
@pytest.mark.parametrize("same", ["id", "key"])
def test_replace_is_refused_by_sqlite(row: Transfer, same: str) -> None:
    pk, key = (row.pk, "b") if same == "id" else (row.pk + 1, "a")

    with pytest.raises(IntegrityError, match="final"):
        run(
            "INSERT OR REPLACE INTO ledger_transfer (id, debit_id, credit_id, amount, currency, key, memo, at) "
            "VALUES (%s, %s, %s, 1, 'USD', %s, '', '2026-09-01')",
            pk,
            row.debit_id,
            row.credit_id,
            key,
        )


@pytest.mark.skipif("postgresql" not in connection.settings_dict["ENGINE"], reason="other databases have no TRUNCATE")
def test_truncate_is_refused_by_postgresql(row: Transfer) -> None:
    connection.check_constraints()

    with pytest.raises(DatabaseError):
        run("TRUNCATE ledger_transfer CASCADE")


@pytest.mark.parametrize("side", ["debit", "credit", "both"])
def test_transfer_in_another_currency_than_its_accounts_is_refused(spent: Account, owed: Account, side: str) -> None:
    euro = account("euro", "liability", "EUR")
    debit, credit, currency = {
        "debit": (euro, owed, "USD"),
        "credit": (spent, euro, "USD"),
        "both": (spent, owed, "EUR"),
    }[side]

    with pytest.raises(IntegrityError), transaction.atomic():
        transfer(debit, credit, Money(500, currency), key="a", memo="A story")

    assert not Transfer.objects.exists()


def test_books_without_a_fault_verify(row: Transfer) -> None:
    assert verify() == []


def test_verify_finds_a_missing_trigger(row: Transfer) -> None:
    connection.check_constraints()
    take_off(LEDGER[1])

    found = verify()

    assert found == [
        f"Trigger {name}: the database no longer refuses changes." for name in missing(connection, LEDGER[1])
    ]
    assert len(found) == 3


def test_verify_finds_a_transfer_whose_currency_was_changed(row: Transfer) -> None:
    tamper("UPDATE ledger_transfer SET currency = 'EUR' WHERE id = %s", row.pk)

    [found] = verify()

    assert found.startswith("Transfer a: 500 EUR")


@pytest.mark.django_db(transaction=True)
def test_clean_up_after_a_committing_test_puts_the_triggers_back() -> None:
    assert missing(connection, *LEDGER) == []
