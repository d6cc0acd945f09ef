"""Do the books balance? Every problem is one line that names its row."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Q

from hearthpress.ledger.models import Transfer
from hearthpress.ledger.triggers import LEDGER, missing


def verify() -> list[str]:
    """What is wrong with accounts and transfers by themselves. An empty list means that they balance.

    A transfer is one row with one amount, so debits equal credits as long as every row is whole: the rows are checked
    one by one, and so is the database's refusal to change them.
    """
    return [*_broken_rows(), *_missing_triggers()]


def _broken_rows() -> Iterator[str]:
    nonsense = Q(amount__lte=0) | Q(debit=F("credit"))
    currencies = ~Q(debit__currency=F("currency")) | ~Q(credit__currency=F("currency"))
    for row in Transfer.objects.filter(nonsense | currencies).select_related("debit", "credit"):
        yield (
            f"Transfer {row.key}: {row.amount} {row.currency} from {row.credit} ({row.credit.currency}) "
            f"to {row.debit} ({row.debit.currency}) is no transfer between two accounts of its currency."
        )


def _missing_triggers() -> Iterator[str]:
    for name in missing(connection, *LEDGER):
        yield f"Trigger {name}: the database no longer refuses changes."
