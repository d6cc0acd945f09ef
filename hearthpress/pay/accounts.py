"""The accounts that pay uses, and the keys of the transfers between them."""

from collections.abc import Iterable

from hearthpress.ledger.actions import account, lock
from hearthpress.ledger.enums import AccountKind
from hearthpress.ledger.models import Account, AccountQuerySet

PAYABLE, TRANSIT = "payable:", "transit:payouts:"

# What a transfer's key begins with, and so what it stands for: earned, owed for a story that was never published, set
# aside for a payout, sent, given back.
ACCRUAL, KILL_FEE, PAYOUT, PAID, CANCELLED = "accrual", "kill_fee", "payout", "paid", "cancelled"


def expense(currency: str) -> Account:
    """What the magazine has spent on stories."""
    return account(expense_code(currency), AccountKind.EXPENSE, currency)


def transit(currency: str) -> Account:
    """What stands in a payout file: no longer owed to the writers, and not paid yet."""
    return account(transit_code(currency), AccountKind.LIABILITY, currency)


def cash(currency: str) -> Account:
    """What went out through PayPal."""
    return account(cash_code(currency), AccountKind.ASSET, currency)


def payable(writer_id: int, currency: str) -> Account:
    """What the magazine owes one writer."""
    return account(payable_code(writer_id, currency), AccountKind.LIABILITY, currency)


def expense_code(currency: str) -> str:
    return f"expense:stories:{currency}"


def transit_code(currency: str) -> str:
    return f"{TRANSIT}{currency}"


def cash_code(currency: str) -> str:
    return f"cash:paypal:{currency}"


def payable_code(writer_id: int, currency: str) -> str:
    return f"{PAYABLE}{writer_id}:{currency}"


def kill_fee_key(agreement_key: str) -> str:
    """The key of the one transfer that a given-back agreement causes."""
    return f"{KILL_FEE}:{agreement_key}"


def payables(currency: str, writer_id: int | None = None) -> AccountQuerySet:
    """The accounts of what is owed, for every writer or for one."""
    found = all_payables().filter(currency=currency)
    return found if writer_id is None else found.filter(code=payable_code(writer_id, currency))


def all_payables() -> AccountQuerySet:
    """The same in every currency."""
    found: AccountQuerySet = Account.objects.filter(code__startswith=PAYABLE).order_by("pk")
    return found


def all_transits() -> AccountQuerySet:
    """What stands in payout files, one account a currency."""
    found: AccountQuerySet = Account.objects.filter(code__startswith=TRANSIT).order_by("pk")
    return found


def writer_of(code: str) -> int:
    """Whose account `code` is: the pk of the person behind "payable:<pk>:<currency>"."""
    return int(code.split(":")[1])


def lock_books(currencies: Iterable[str]) -> None:
    """Let only one verb at a time move money of these currencies; what it reads then holds until it commits.

    The house's own accounts are the lock, since every verb of pay touches one of them.
    """
    for currency in sorted(currencies):
        lock([expense(currency), transit(currency), cash(currency)])
