"""A statement as plain text, for the command line and for a file."""

import json
from collections.abc import Iterator
from typing import Any

from hearthpress.agreements.models import rate_in_words
from hearthpress.common.errors import Sentence
from hearthpress.common.money import Money
from hearthpress.pay.models import Statement
from hearthpress.pay.months import Month
from hearthpress.people.models import Person


def statements_text(writer: Person, year_month: str) -> str:
    """What the writer was told for "YYYY-MM", one statement a currency. Raises Sentence when there is none."""
    sent = Statement.objects.filter(writer=writer, month=str(Month.parse(year_month))).order_by("currency")
    if not sent:
        raise Sentence(f"there is no statement for {writer.email} in {year_month}")
    return "\n\n".join("\n".join(_lines(statement)) for statement in sent)


def _lines(statement: Statement) -> Iterator[str]:
    body: dict[str, Any] = json.loads(bytes(statement.body))

    def row(words: str, minor: int) -> str:
        return f"{words:<58}{Money(minor, statement.currency)!s:>18}"

    yield f"Statement for {statement.month}, {statement.currency}"
    yield row("Owed before", body["opening"])
    for story in body["stories"]:
        yield row(story["title"][:56], story["amount"])
        yield f"  {rate_in_words(story['rate_card'])}"
        to_date = f"{story['reader_days_to_date']} since {story['first']}"
        yield f"  {story['reader_days']} reader-days in the month, {to_date}"
        yield row("  earned to date", story["earned_to_date"])
        yield row("  accrued before", story["accrued_before"])
    for payment in body["payments"]:
        yield row(f"{payment['kind']} {payment['at'][:10]}", payment["amount"])
    yield row("Owed now", body["closing"])
    yield f"SHA-256 {statement.sha256}"
