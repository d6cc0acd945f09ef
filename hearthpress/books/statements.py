"""A statement's bytes made ready to be read: money and dates in place of minor units and texts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hearthpress.agreements.models import rate_in_words
from hearthpress.common.money import Money
from hearthpress.pay.accounts import CANCELLED
from hearthpress.pay.models import Statement
from hearthpress.pay.months import Month
from hearthpress.pay.statements import recompute


@dataclass(frozen=True)
class Line:
    """One story of a statement. `days` are the days of the month with their reader-days."""

    title: str
    pays: str
    first: date
    counted_to: date
    days: list[tuple[date, int]]
    reader_days: int
    reader_days_to_date: int
    earned_to_date: Money
    accrued_before: Money
    amount: Money


@dataclass(frozen=True)
class Payment:
    """Money that was set aside to be sent, or given back when a file was not used."""

    given_back: bool
    at: datetime
    amount: Money


@dataclass(frozen=True)
class Shown:
    """A statement as its writer reads it. `equal`: made again from the evidence it gives the same bytes."""

    month: Month
    opening: Money
    lines: list[Line]
    earned: Money
    payments: list[Payment]
    closing: Money
    equal: bool


def shown(statement: Statement) -> Shown:
    """What the stored bytes say; nothing of today is read but for the comparison."""
    body, currency = statement.content, statement.currency
    return Shown(
        month=Month.parse(body["month"]),
        opening=Money(body["opening"], currency),
        lines=[_line(row, currency) for row in body["stories"]],
        earned=Money(body["earned"], currency),
        payments=[_payment(row, currency) for row in body["payments"]],
        closing=Money(body["closing"], currency),
        equal=recompute(statement) == bytes(statement.body),
    )


def _line(row: dict[str, Any], currency: str) -> Line:
    return Line(
        title=row["title"],
        pays=rate_in_words(row["rate_card"]),
        first=date.fromisoformat(row["first"]),
        counted_to=date.fromisoformat(row["counted_to"]),
        days=[(date.fromisoformat(day), number) for day, number in sorted(row["days"].items())],
        reader_days=row["reader_days"],
        reader_days_to_date=row["reader_days_to_date"],
        earned_to_date=Money(row["earned_to_date"], currency),
        accrued_before=Money(row["accrued_before"], currency),
        amount=Money(row["amount"], currency),
    )


def _payment(row: dict[str, Any], currency: str) -> Payment:
    return Payment(row["kind"] == CANCELLED, datetime.fromisoformat(row["at"]), Money(row["amount"], currency))
