"""What the month has come to so far, what is owed, and what could still be owed: read from the rows, stored nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from hearthpress.common.clock import today
from hearthpress.common.money import Money
from hearthpress.ledger.models import Account
from hearthpress.masthead.models import Masthead
from hearthpress.pay import accounts
from hearthpress.pay.closing import Line, so_far
from hearthpress.pay.earnings import FLAT, accrual, earned_to_date
from hearthpress.pay.months import Month
from hearthpress.readership.counts import reader_days_many
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story


@dataclass(frozen=True)
class Counted:
    """One story as a closing would find it: its reader-days of the month, those since it appeared, and their pay."""

    line: Line
    reader_days: int
    reader_days_to_date: int

    @property
    def earned_to_date(self) -> Money:
        return Money(earned_to_date(self.line.card, self.reader_days_to_date), self.line.currency)

    @property
    def accrued_before(self) -> Money:
        return Money(self.line.accrued_before, self.line.currency)

    @property
    def amount(self) -> Money:
        """What the closing would add for this story."""
        return Money(accrual(self.line.card, self.reader_days_to_date, self.line.accrued_before), self.line.currency)

    @property
    def still_possible(self) -> Money:
        """What lies between its earnings to date and its cap: nothing for a flat fee, and where there is no cap."""
        earned = self.earned_to_date
        most = 0 if self.line.card["kind"] == FLAT else self.line.card["cap"]
        return Money(max(most - earned.minor, 0), earned.currency)

    @property
    def has_no_limit(self) -> bool:
        return self.line.card["kind"] != FLAT and not self.line.card["cap"]


@dataclass(frozen=True)
class Figures:
    """The books of one currency at this moment.

    `if_closed` is what a closing today would add, `still_possible` the most that live stories inside their window can
    earn beyond it, `running` how many those are and `uncapped` how many of them have no cap and so no such limit.
    """

    if_closed: Money
    owed: Money
    writers_owed: int
    in_transit: Money
    paid_this_month: Money
    still_possible: Money
    running: int = 0
    uncapped: int = 0

    @property
    def currency(self) -> str:
        return self.owed.currency

    @property
    def at_most(self) -> Money:
        """Everything that would have to be paid if each story that still runs reached its cap."""
        return self.owed + self.in_transit + self.if_closed + self.still_possible


def counted(lines: Iterable[Line], month: Month) -> list[Counted]:
    """The lines with their counts as they stand, in one query."""
    lines = list(lines)
    if not lines:
        return []
    keys = [line.story_key for line in lines]
    days = reader_days_many(keys, min(line.first for line in lines), max(line.until for line in lines))
    found = []
    for line in lines:
        theirs = {day: n for day, n in days.get(line.story_key, {}).items() if line.first <= day <= line.until}
        of_month = sum(n for day, n in theirs.items() if Month.of(day) == month)
        found.append(Counted(line, of_month, sum(theirs.values())))
    return found


def month_so_far(month: Month) -> list[Counted]:
    """Every story that a closing of this month would count, as things stand."""
    return counted(so_far(month), month)


def figures(stories: list[Counted], month: Month) -> list[Figures]:
    """The figures of each currency in the books, the magazine's own first. `stories` is `month_so_far(month)`."""
    found = _balances(month)
    earning = _still_earning(stories)
    for story in stories:
        currency = story.line.currency
        found[currency] = _with_story(found.get(currency) or _nothing(currency), story, story.line.story_key in earning)
    own = Masthead.current().currency
    return sorted(found.values(), key=lambda one: (one.currency != own, one.currency))


def _nothing(currency: str) -> Figures:
    zero = Money(0, currency)
    return Figures(zero, zero, 0, zero, zero, zero)


def _balances(month: Month) -> dict[str, Figures]:
    own = Masthead.current()
    found = {own.currency: _nothing(own.currency)}
    rows = list(Account.objects.with_totals())
    began = datetime.combine(month.first_day, time.min, own.zone)
    cash = Account.objects.filter(code__in={accounts.cash_code(row.currency) for row in rows}).with_totals(began)
    paid_earlier = {row.code: row.credited for row in cash}
    for row in rows:
        one = found.get(row.currency) or _nothing(row.currency)
        found[row.currency] = _with_account(one, row, paid_earlier.get(row.code, 0))
    return found


def _with_account(one: Figures, row: Any, paid_earlier: int) -> Figures:
    held = row.signed(row.debited, row.credited)
    if row.code.startswith(accounts.PAYABLE):
        return replace(one, owed=one.owed + held, writers_owed=one.writers_owed + (held.minor > 0))
    if row.code == accounts.transit_code(row.currency):
        return replace(one, in_transit=held)
    if row.code == accounts.cash_code(row.currency):
        return replace(one, paid_this_month=Money(row.credited - paid_earlier, row.currency))
    return one


def _with_story(one: Figures, story: Counted, earning: bool) -> Figures:
    one = replace(one, if_closed=one.if_closed + story.amount)
    if not earning:
        return one
    return replace(
        one,
        still_possible=one.still_possible + story.still_possible,
        running=one.running + (story.has_no_limit or story.still_possible.minor > 0),
        uncapped=one.uncapped + story.has_no_limit,
    )


def _still_earning(stories: Iterable[Counted]) -> set[str]:
    """The keys of those that are live and inside their window today.

    A line is counted up to its window's end, but not beyond the month: one that ended before today has no days left.
    """
    inside = [one.line.story_key for one in stories if one.line.until >= today(one.line.card["time_zone"])]
    return set(Story.objects.filter(key__in=inside, state=StoryState.LIVE).values_list("key", flat=True))
