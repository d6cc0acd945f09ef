"""A statement as its writer reads it: line by line, with the arithmetic spelled out, from its own bytes alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hearthpress.agreements.models import rate_in_words
from hearthpress.common.money import Money, exponent
from hearthpress.pay.accounts import CANCELLED
from hearthpress.pay.earnings import FLAT, READER_DAYS_PER_RATE
from hearthpress.pay.models import Statement
from hearthpress.pay.months import Month


@dataclass(frozen=True)
class Line:
    """One story in the month. `days` are its days with readers; `steps` say how the amount was reached."""

    title: str
    pays: str
    first: date
    counted_to: date
    days: list[tuple[date, int]]
    reader_days: int
    steps: list[str]
    amount: Money


@dataclass(frozen=True)
class Fee:
    """A kill fee: for a story that was accepted and, since `at`, is not going to be published."""

    title: str
    at: datetime
    amount: Money


@dataclass(frozen=True)
class Movement:
    """Money that was set aside to be sent, or that came back because its file was not used."""

    at: datetime
    came_back: bool
    amount: Money


@dataclass(frozen=True)
class StatementPage:
    month: date
    opening: Money
    lines: list[Line]
    fees: list[Fee]
    earned: Money
    movements: list[Movement]
    closing: Money


def month_name(statement: Statement) -> date:
    """The first day of the statement's month, for a template's date filter."""
    return Month.parse(statement.month).first_day


def statement_page(statement: Statement) -> StatementPage:
    """What the stored bytes say (see `pay.statements`); nothing of today is read."""
    body, currency = statement.content, statement.currency
    return StatementPage(
        month=month_name(statement),
        opening=Money(body["opening"], currency),
        lines=[_line(row) for row in body["stories"]],
        fees=[
            Fee(row["title"], datetime.fromisoformat(row["at"]), Money(row["amount"], currency))
            for row in body.get("kill_fees", [])
        ],
        earned=Money(body["earned"], currency),
        movements=[
            Movement(datetime.fromisoformat(row["at"]), row["kind"] == CANCELLED, Money(row["amount"], currency))
            for row in body["payments"]
        ],
        closing=Money(body["closing"], currency),
    )


def _line(row: dict[str, Any]) -> Line:
    return Line(
        title=row["title"],
        pays=rate_in_words(row["rate_card"]),
        first=date.fromisoformat(row["first"]),
        counted_to=date.fromisoformat(row["counted_to"]),
        days=[(date.fromisoformat(day), number) for day, number in sorted(row["days"].items())],
        reader_days=row["reader_days"],
        steps=list(_steps(row)),
        amount=Money(row["amount"], row["rate_card"]["currency"]),
    )


def _steps(row: dict[str, Any]) -> Iterator[str]:
    """From reader-days to the month's amount, one sentence a step."""
    card = row["rate_card"]
    to_date, before, amount = (
        Money(row[name], card["currency"]) for name in ("earned_to_date", "accrued_before", "amount")
    )
    if card["kind"] == FLAT:
        yield _("A fee of %(fee)s, earned by being published.") % {"fee": to_date}
    else:
        yield from _by_readers(row, card, to_date)
    if before.minor:
        values = {"to_date": to_date, "before": before, "amount": amount}
        yield _("%(to_date)s less the %(before)s of earlier statements is %(amount)s for this month.") % values
    else:
        yield _("All of it belongs to this month: %(amount)s.") % {"amount": amount}


def _by_readers(row: dict[str, Any], card: dict[str, Any], to_date: Money) -> Iterator[str]:
    rate = Money(card["per_thousand"], card["currency"])
    exact = rate.major * row["reader_days_to_date"] / READER_DAYS_PER_RATE
    values = {
        "days": f"{row['reader_days_to_date']:,}",
        "rate": rate,
        "thousand": f"{READER_DAYS_PER_RATE:,}",
        "exact": _written_out(exact, card["currency"]),
        "to_date": to_date,
    }
    yield _("Since it appeared: %(days)s reader-days × %(rate)s ÷ %(thousand)s = %(exact)s.") % values
    if exact > to_date.major:
        yield _("The most that this story earns is %(to_date)s, and it has reached that.") % values
    elif exact < to_date.major:
        yield _("Rounded up, in your favour: %(to_date)s to date.") % values


def _written_out(amount: Decimal, currency: str) -> str:
    """Every digit of the amount, with at least the decimals that its currency has, in the form of all other amounts."""
    digits = exponent(currency)
    exact = amount.normalize()
    decimals = max(-int(exact.as_tuple().exponent), digits)
    rounded, shown = Money(int(exact.scaleb(digits)), currency), f"{exact:,.{decimals}f}"
    sign, plain, after = str(rounded).partition(f"{rounded.major:,.{digits}f}")
    return f"{sign}{shown}{after}" if plain else f"{shown} {currency}"
