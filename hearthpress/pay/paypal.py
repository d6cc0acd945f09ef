"""PayPal's payout file: one currency, at most 5,000 rows of address, amount, currency, reference and note.

The limits are PayPal's own for its Payouts web upload. The file has no heading row. Pure.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hearthpress.common.money import Money

ROWS = 5000
NOTE = 400
REFERENCE = 30
# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Item = TypeVar("Item")


@dataclass(frozen=True)
class Row:
    """One payment: to whom, how much, and the text that PayPal shows with it."""

    address: str
    money: Money
    reference: str
    note: str

    def cells(self) -> list[str]:
        amount = format(self.money.major, "f")
        return [self.address, amount, self.money.currency, self.reference, one_line(self.note)[:NOTE]]


def check_no_formula(address: str) -> None:
    """An address is refused when a spreadsheet that opens the payout file would take it for a formula."""
    if address.startswith(FORMULA):
        raise ValidationError(_("We cannot pay to an address that begins with %(sign)s.") % {"sign": address[0]})


def payout_file(rows: Iterable[Row]) -> bytes:
    """The rows as CSV (RFC 4180: UTF-8, CRLF). Raises ValidationError for a cell that could run as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        cells = row.cells()
        for cell in cells:
            check_no_formula(cell)
        writer.writerow(cells)
    return text.getvalue().encode()


def rows_of(file: bytes) -> list[list[str]]:
    """The cells of a payout file, row by row."""
    return list(csv.reader(io.StringIO(file.decode(), newline="")))


def in_files(items: Sequence[Item], size: int = ROWS) -> Iterator[Sequence[Item]]:
    """The items in portions that fit into one file each."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def one_line(text: str) -> str:
    return " ".join(text.split())
