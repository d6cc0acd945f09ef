"""A statement as plain text, for the command line and for a file."""

from collections.abc import Iterator

from hearthpress.common.errors import Sentence
from hearthpress.common.money import Money
from hearthpress.pay.doors import own_statements
from hearthpress.pay.models import Statement
from hearthpress.pay.months import Month
from hearthpress.pay.statement_page import statement_page
from hearthpress.people.models import Person

WORDS, AMOUNT = 58, 18  # columns


def statements_text(writer: Person, year_month: str) -> str:
    """What the writer was told for "YYYY-MM", one statement a currency. Raises NotAMonth, and Sentence for none."""
    sent = own_statements(writer).filter(month=str(Month.parse(year_month))).order_by("currency")
    if not sent:
        raise Sentence(f"there is no statement for {writer.email} in {year_month}")
    return "\n\n".join("\n".join(_lines(statement)) for statement in sent)


def _lines(statement: Statement) -> Iterator[str]:
    sheet = statement_page(statement)
    yield f"Statement for {statement.month}, {statement.currency}"
    yield _row("Owed before", sheet.opening)
    for line in sheet.lines:
        yield _row(line.title, line.amount)
        yield from (f"  {sentence}" for sentence in (line.pays, *line.steps))
    for fee in sheet.fees:
        yield _row(fee.title, fee.amount)
        yield f"  Accepted and not published: the fee that we agreed, {fee.at:%Y-%m-%d}"
    for movement in sheet.movements:
        what = "A payment that was not sent came back" if movement.came_back else "Set aside to be sent"
        yield _row(f"{what}, {movement.at:%Y-%m-%d}", movement.amount)
    yield _row("Owed now", sheet.closing)
    yield f"SHA-256 {statement.sha256}"


def _row(words: str, amount: Money) -> str:
    return f"{words[: WORDS - 1]:<{WORDS}}{amount!s:>{AMOUNT}}"
