"""The ledger as a bookkeeper reads it: transfers newest first, accounts by their names, and the whole as a CSV file."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearthpress.agreements.models import Agreement
from hearthpress.common.money import Money
from hearthpress.ledger.models import Account, Transfer
from hearthpress.pay import accounts
from hearthpress.pay.paypal import FORMULA
from hearthpress.people.models import Person
from hearthpress.stories.models import Story

PAGE = 50
IN_ONE_GO = 1000
KEY_PARTS = 3  # what it stands for, and the two things that it is about
PAYOUT_KEYS = {accounts.PAYOUT, accounts.PAID, accounts.CANCELLED}
HEADINGS = ["id", "at", "debit", "credit", "amount", "currency", "key", "memo"]


@dataclass(frozen=True)
class Page:
    """Up to PAGE transfers, newest first; `before` is the pk below which the next page begins, None on the last."""

    transfers: list[Transfer]
    before: int | None


@dataclass(frozen=True)
class Balance:
    """What is on one account, or (without a code) on all the writers' accounts of a currency together."""

    code: str
    name: str
    kind: str
    amount: Money


def touching(account: Account | None) -> QuerySet[Transfer]:
    """The transfers of one account, or of all."""
    rows = Transfer.objects.select_related("debit", "credit")
    return rows if account is None else rows.filter(debit=account) | rows.filter(credit=account)


def page_of(rows: QuerySet[Transfer], before: int | None) -> Page:
    """The page of transfers below the pk `before`: no OFFSET, so that the last page costs what the first does."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def names(found: Iterable[Account]) -> dict[str, str]:
    """What each account is called, by its code. The writers' names are fetched in one query."""
    codes = {account.code for account in found}
    theirs = {code: accounts.writer_of(code) for code in codes if code.startswith(accounts.PAYABLE)}
    writers = Person.objects.in_bulk(theirs.values()) if theirs else {}
    return {code: _name(code, writers[theirs[code]] if code in theirs else None) for code in codes}


def told(rows: Iterable[Transfer]) -> dict[int, str]:
    """What each transfer is about in words, by its pk: a story and its writer, or the writer of a payout.

    Their keys name them (see pay.accounts): all are fetched in three queries, however many rows there are.
    """
    keys = {row.pk: row.key.split(":") for row in rows}
    earned = {pk: parts[1] for pk, parts in keys.items() if parts[0] == accounts.ACCRUAL and len(parts) == KEY_PARTS}
    moved = {pk: int(parts[2]) for pk, parts in keys.items() if parts[0] in PAYOUT_KEYS and len(parts) == KEY_PARTS}
    unpublished = {pk: parts[1] for pk, parts in keys.items() if parts[0] == accounts.KILL_FEE}
    stories = Story.objects.filter(agreement__key__in=set(earned.values())).select_related("agreement", "writer")
    titles = {story.agreement.key: _by(story, story.writer) for story in stories}
    given_back = Agreement.objects.filter(key__in=set(unpublished.values())).select_related("writer").defer("terms")
    fees = {agreement.key: _by(agreement, agreement.writer) for agreement in given_back}
    writers = Person.objects.in_bulk(set(moved.values()))
    return {
        **{pk: titles[key] for pk, key in earned.items() if key in titles},
        **{pk: fees[key] for pk, key in unpublished.items() if key in fees},
        **{pk: str(writers[number]) for pk, number in moved.items() if number in writers},
    }


def balances() -> list[Balance]:
    """The house's own accounts, and the writers' together, in each currency."""
    found: list[Balance] = []
    owed: dict[str, Money] = {}
    for row in Account.objects.with_totals().order_by("currency", "code"):
        held = row.signed(row.debited, row.credited)
        if row.code.startswith(accounts.PAYABLE):
            owed[row.currency] = owed.get(row.currency, Money(0, row.currency)) + held
        else:
            found.append(Balance(row.code, _name(row.code, None), row.get_kind_display(), held))
    return [*found, *(Balance("", _("Owed to writers"), _("What we owe"), held) for held in owed.values())]


def csv_lines(rows: QuerySet[Transfer]) -> Iterator[str]:
    """The transfers as CSV (RFC 4180), oldest first, read a portion at a time."""
    yield csv_line(HEADINGS)
    after = 0
    while portion := list(rows.filter(pk__gt=after).order_by("pk")[:IN_ONE_GO]):
        yield "".join(csv_line(_cells(row)) for row in portion)
        after = portion[-1].pk


def csv_line(cells: Sequence[str]) -> str:
    """One line. A cell that a spreadsheet would run as a formula is given an apostrophe (OWASP, "CSV Injection")."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return text.getvalue()


def _by(story: Story | Agreement, writer: Person) -> str:
    return _("“%(story)s” by %(writer)s") % {"story": story, "writer": writer}


def _cells(row: Transfer) -> list[str]:
    amount = format(row.money.major, "f")
    return [str(row.pk), row.at.isoformat(), row.debit.code, row.credit.code, amount, row.currency, row.key, row.memo]


def _name(code: str, writer: Person | None) -> str:
    if writer is not None:
        return _("Owed to %(writer)s") % {"writer": writer}
    currency = code.rpartition(":")[2]
    known = {
        accounts.expense_code(currency): _("Spent on stories"),
        accounts.transit_code(currency): _("In payout files"),
        accounts.cash_code(currency): _("Paid through PayPal"),
    }
    return known.get(code, code)
