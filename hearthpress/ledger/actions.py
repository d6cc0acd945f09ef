"""Open an account, transfer, read balances. Nothing else writes money."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.ledger.models import Account, Transfer


class KeyReused(Exception):
    """A transfer with this key exists and says something else."""


class AccountDiffers(Exception):
    """An account with this code exists with another kind or currency."""


def account(code: str, kind: str, currency: str) -> Account:
    """The account named `code`, opened if it is new. Raises AccountDiffers."""
    found: Account = Account.objects.get_or_create(code=code, defaults={"kind": kind, "currency": currency})[0]
    if (found.kind, found.currency) != (kind, currency):
        raise AccountDiffers(f"{code} is {found.kind} in {found.currency}, not {kind} in {currency}")
    return found


def lock(accounts: Iterable[Account]) -> None:
    """Hold these accounts until the transaction ends, so that what is read of them now still holds when it commits.

    They are taken in one fixed order, so that two who lock the same accounts cannot wait for each other. SQLite has
    no row locks: there the transaction already is the only one that writes (transaction_mode=IMMEDIATE).
    """
    _require_transaction()
    keys = [held.pk for held in accounts]
    list(Account.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


def transfer(  # noqa: PLR0913  these are the parts of a transfer
    debit: Account, credit: Account, money: Money, *, key: str, memo: str, at: datetime | None = None
) -> Transfer:
    """Write one transfer, once: the same key with the same content gives back the row that is there.

    `at` (aware; now when left out) is not part of the content, since a second try comes later. Must run inside the
    transaction of the fact that causes it. Raises KeyReused; IntegrityError when the amount is not above zero, the
    accounts are one, or a currency differs.
    """
    _require_transaction()
    row = Transfer(
        debit=debit,
        credit=credit,
        amount=money.minor,
        currency=money.currency,
        key=key,
        memo=memo,
        at=at or clock.now(),
    )
    earlier = Transfer.objects.filter(key=key).first() or _write(row)
    if earlier is not row and _content(earlier) != _content(row):
        raise KeyReused(f"{key}: {_content(earlier)} is there, not {_content(row)}")
    return earlier


def balance(of: Account, upto: datetime | None = None) -> Money:
    """What is on the account, counting transfers before the moment `upto` (all when None).

    Positive on the side on which its kind grows: what we have, what we owe, what was spent.
    """
    return balances([of], upto)[of.pk]


def balances(accounts: Iterable[Account], upto: datetime | None = None) -> dict[int, Money]:
    """The balances of many accounts by their pk, in one query."""
    keys = [each.pk for each in accounts]
    rows = Account.objects.filter(pk__in=keys).with_totals(upto)
    return {row.pk: row.signed(row.debited, row.credited) for row in rows}


def _write(row: Transfer) -> Transfer:
    """The row, or the one with its key that another connection wrote in the meantime."""
    try:
        with transaction.atomic():
            row.save()
            return row
    except IntegrityError:
        earlier = Transfer.objects.filter(key=row.key).first()
        if earlier is None:
            raise
        return earlier


def _content(row: Transfer) -> tuple[int, int, int, str, str]:
    return row.debit_id, row.credit_id, row.amount, row.currency, row.memo


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("money moves in the transaction of the fact that causes it")
