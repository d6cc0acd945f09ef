"""A month's stories, closed or still open, and what closing it would do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, Sum

from hearthpress.books.figures import Counted, counted
from hearthpress.common.money import Money
from hearthpress.ledger.models import Transfer
from hearthpress.pay import accounts
from hearthpress.pay.closing import Line, plan, so_far
from hearthpress.pay.models import Accrual, MonthClose
from hearthpress.pay.months import Month
from hearthpress.people.models import Person


@dataclass(frozen=True)
class StoryMonth:
    """One row of a month: what a story earned in it, and how that is reached."""

    title: str
    writer: Person
    account: str
    reader_days: int
    earned_to_date: Money
    accrued_before: Money
    amount: Money


@dataclass(frozen=True)
class StoriesOf:
    """The rows of one currency, with their totals."""

    currency: str
    rows: list[StoryMonth]

    @property
    def reader_days(self) -> int:
        return sum(row.reader_days for row in self.rows)

    @property
    def amount(self) -> Money:
        return sum((row.amount for row in self.rows), Money(0, self.currency))

    @property
    def writers(self) -> int:
        return len({row.writer.pk for row in self.rows})


@dataclass(frozen=True)
class Preview:
    """What closing a month would do: the stories of each currency, and how many statements would be sent."""

    stories: list[StoriesOf]
    statements: int


def closed_stories(month: Month) -> list[StoriesOf]:
    """What was accrued when the month was closed."""
    rows = Accrual.objects.filter(month=str(month)).select_related("agreement__writer")
    before = _accrued_before(month)
    rows = rows.defer("evidence", "agreement__terms", "agreement__rate_card").order_by("agreement__writer__name", "pk")
    return _by_currency(_of_accrual(row, before.get(row.agreement_id, 0)) for row in rows)


def open_stories(month: Month) -> list[StoriesOf]:
    """What closing the month would accrue in the currencies that are open, as things stand."""
    closed = set(MonthClose.objects.filter(year_month__gte=str(month)).values_list("currency", flat=True))
    return _of_lines([one for one in so_far(month) if one.currency not in closed], month)


def preview(month: Month) -> Preview:
    """Raises CannotClose and SomebodyElseWon as the closing itself would."""
    seen = plan(month)
    writers = {line.writer_id for line in seen.lines}
    for currency in seen.currencies:
        writers |= _writers_with_money(currency)
    return Preview(_of_lines(seen.lines, month), len(writers))


def _accrued_before(month: Month) -> dict[int, int]:
    of_month = Accrual.objects.filter(month=str(month)).order_by().values("agreement")
    earlier = Accrual.objects.filter(month__lt=str(month), agreement__in=of_month).order_by().values("agreement_id")
    return dict(earlier.annotate(total=Sum("amount")).values_list("agreement_id", "total"))


def _of_accrual(row: Accrual, accrued_before: int) -> StoryMonth:
    return StoryMonth(
        title=row.agreement.title,
        writer=row.agreement.writer,
        account=accounts.payable_code(row.agreement.writer_id, row.currency),
        reader_days=row.reader_days,
        earned_to_date=Money(row.earned_to_date, row.currency),
        accrued_before=Money(accrued_before, row.currency),
        amount=Money(row.amount, row.currency),
    )


def _of_lines(lines: Iterable[Line], month: Month) -> list[StoriesOf]:
    found = counted(lines, month)
    writers = Person.objects.in_bulk({one.line.writer_id for one in found})
    rows = [_of_counted(one, writers[one.line.writer_id]) for one in found]
    return _by_currency(sorted(rows, key=lambda row: str(row.writer)))


def _of_counted(one: Counted, writer: Person) -> StoryMonth:
    return StoryMonth(
        title=one.line.title,
        writer=writer,
        account=accounts.payable_code(writer.pk, one.line.currency),
        reader_days=one.reader_days,
        earned_to_date=one.earned_to_date,
        accrued_before=one.accrued_before,
        amount=one.amount,
    )


def _by_currency(rows: Iterable[StoryMonth]) -> list[StoriesOf]:
    found: dict[str, list[StoryMonth]] = defaultdict(list)
    for row in rows:
        found[row.amount.currency].append(row)
    return [StoriesOf(currency, found[currency]) for currency in sorted(found)]


def _writers_with_money(currency: str) -> set[int]:
    """To whom something is owed, or for whom money has moved since the last closing: they get a statement too."""
    since = MonthClose.objects.filter(currency=currency).aggregate(newest=Max("upto"))["newest"] or 0
    rows = {row.pk: row for row in accounts.payables(currency).with_totals()}
    owed = {pk for pk, row in rows.items() if row.debited != row.credited}
    moved = Transfer.objects.filter(Q(debit__in=rows) | Q(credit__in=rows), pk__gt=since)
    touched = {pk for sides in moved.values_list("debit", "credit") for pk in sides if pk in rows}
    return {accounts.writer_of(rows[pk].code) for pk in owed | touched}
