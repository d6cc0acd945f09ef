from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hearthpress.common.money import Money
from hearthpress.ledger.actions import AccountDiffers, KeyReused, account, balance, balances, transfer
from hearthpress.ledger.models import Account, Transfer
from tests.together import at_once

FIVE = Money(500, "USD")


def test_account_is_opened_once(spent: Account) -> None:
    assert account("expense:stories:USD", "expense", "USD") == spent
    assert Account.objects.count() == 1


@pytest.mark.parametrize(("kind", "currency"), [("asset", "USD"), ("expense", "EUR")])
def test_account_with_another_kind_or_currency_is_refused(spent: Account, kind: str, currency: str) -> None:
    with pytest.raises(AccountDiffers):
        account(spent.code, kind, currency)


def test_transfer_moves_money_from_the_credited_to_the_debited_account(spent: Account, owed: Account) -> None:
    transfer(spent, owed, FIVE, key="a", memo="A story")

    assert balance(spent) == FIVE
    assert balance(owed) == FIVE


def test_transfer_with_the_same_key_and_content_is_written_once(spent: Account, owed: Account) -> None:
    first = transfer(spent, owed, FIVE, key="a", memo="A story")

    again = transfer(spent, owed, FIVE, key="a", memo="A story", at=first.at + timedelta(days=1))

    assert again == first
    assert Transfer.objects.count() == 1


@pytest.mark.parametrize("changed", ["amount", "memo", "direction"])
def test_transfer_with_the_same_key_and_other_content_is_refused(spent: Account, owed: Account, changed: str) -> None:
    transfer(spent, owed, FIVE, key="a", memo="A story")
    debit, credit = (owed, spent) if changed == "direction" else (spent, owed)
    money = Money(501, "USD") if changed == "amount" else FIVE

    with pytest.raises(KeyReused):
        transfer(debit, credit, money, key="a", memo="Another" if changed == "memo" else "A story")


@pytest.mark.parametrize("minor", [0, -1])
def test_transfer_of_nothing_or_less_is_refused_by_the_database(spent: Account, owed: Account, minor: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        transfer(spent, owed, Money(minor, "USD"), key="a", memo="A story")


def test_transfer_to_the_same_account_is_refused_by_the_database(owed: Account) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        transfer(owed, owed, FIVE, key="a", memo="A story")


@pytest.mark.django_db(transaction=True)
def test_transfer_outside_a_transaction_is_refused() -> None:
    spent, owed = account("expense", "expense", "USD"), account("payable", "liability", "USD")

    with pytest.raises(transaction.TransactionManagementError):
        transfer(spent, owed, FIVE, key="a", memo="A story")


def test_balance_is_positive_on_the_side_on_which_the_account_grows(spent: Account, owed: Account) -> None:
    cash = account("cash:paypal:USD", "asset", "USD")
    transfer(spent, owed, FIVE, key="a", memo="Earned")
    transfer(owed, cash, Money(200, "USD"), key="b", memo="Paid")

    assert balances([spent, owed, cash]) == {
        spent.pk: FIVE,
        owed.pk: Money(300, "USD"),
        cash.pk: Money(-200, "USD"),
    }


def test_balance_upto_a_moment_leaves_out_what_came_at_it_or_later(spent: Account, owed: Account) -> None:
    moment = datetime(2026, 9, 1, tzinfo=UTC)
    transfer(spent, owed, FIVE, key="a", memo="August", at=moment - timedelta(microseconds=1))
    transfer(spent, owed, FIVE, key="b", memo="September", at=moment)

    assert balance(owed, upto=moment) == FIVE
    assert balance(owed) == Money(1000, "USD")


@pytest.mark.parametrize("number", [1, 3])
def test_balances_of_many_accounts_take_one_query(db: None, number: int) -> None:
    accounts = [account(f"payable:{each}:USD", "liability", "USD") for each in range(number)]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        balances(accounts)

    assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
def test_transfer_with_one_key_from_two_connections_is_written_once() -> None:
    spent, owed = account("expense", "expense", "USD"), account("payable", "liability", "USD")

    def pay() -> int:
        with transaction.atomic():
            return transfer(spent, owed, FIVE, key="a", memo="A story").pk

    first, second = at_once(pay, pay)

    assert first == second
    assert Transfer.objects.count() == 1
