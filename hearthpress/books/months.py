"""The months of the books: which are closed, which wait to be closed, and the one that runs."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import Count, Min, Sum
from django.utils.translation import gettext_lazy as _

from hearthpress.common import clock
from hearthpress.common.money import Money
from hearthpress.masthead.models import Masthead
from hearthpress.pay.closing import first_kill_fees
from hearthpress.pay.earnings import window
from hearthpress.pay.models import Accrual, KillFee, MonthClose, Statement
from hearthpress.pay.months import Month
from hearthpress.stories.models import Story


class MonthState(models.TextChoices):
    RUNNING = "running", _("Running")
    READY = "ready", _("Ready to close")
    WAITS = "waits", _("Waits for an earlier month")
    CLOSED = "closed", _("Closed")


@dataclass(frozen=True)
class BookMonth:
    """A month, its closings (one a currency), what was earned in each, and how many statements were sent."""

    month: Month
    state: MonthState
    over_at: datetime
    closes: list[MonthClose] = field(default_factory=list)
    earned: list[Money] = field(default_factory=list)
    statements: int = 0


@dataclass(frozen=True)
class _Begun:
    """What decides the state of every month: where each currency's books begin, and the time zones that count."""

    first: dict[str, Month]
    zones: frozenset[str]


def current_month() -> Month:
    """The month that runs where the magazine is."""
    return Month.of(clock.today(Masthead.current().time_zone))


def months() -> list[BookMonth]:
    """From the month that runs back to the first with a story or a kill fee, in a fixed number of queries."""
    begun, closes = _begun(), _closes()
    earned, statements = _earned(), _statements()
    due = _due(begun, closes)
    first = min([*begun.first.values(), *closes, current_month()])
    found = [
        BookMonth(
            month=month,
            state=_state(month, month.over_at(begun.zones), due),
            over_at=month.over_at(begun.zones),
            closes=closes.get(month, []),
            earned=earned.get(str(month), []),
            statements=statements.get(str(month), 0),
        )
        for month in _span(first, current_month())
    ]
    return found[::-1]


def _begun() -> _Begun:
    own = Masthead.current()
    rows = Story.objects.filter(first_live_at__isnull=False).values_list(
        "agreement__rate_card__currency", "agreement__rate_card__time_zone", "agreement__rate_card__window_days"
    )
    first = first_kill_fees()
    zones = {own.time_zone}
    for currency, zone, days, at in rows.annotate(first=Min("first_live_at")).order_by():
        zones.add(zone)
        month = Month.of(window({"time_zone": zone, "window_days": days}, at)[0])
        first[currency] = min(first.get(currency, month), month)
    return _Begun(first, frozenset(zones))


def _closes() -> dict[Month, list[MonthClose]]:
    found: dict[Month, list[MonthClose]] = defaultdict(list)
    for close in MonthClose.objects.select_related("closed_by"):
        found[Month.parse(close.year_month)].append(close)
    return found


def _earned() -> dict[str, list[Money]]:
    """What each closed month's statements said: what stories earned, and kill fees."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for told in (Accrual.objects.all(), KillFee.objects.with_month().exclude(month=None)):
        sums = told.order_by().values("month", "currency").annotate(total=Sum("amount"))
        for month, currency, total in sums.values_list("month", "currency", "total"):
            totals[month, currency] += total
    found: dict[str, list[Money]] = defaultdict(list)
    for (month, currency), total in sorted(totals.items()):
        found[month].append(Money(total, currency))
    return found


def _statements() -> dict[str, int]:
    return dict(
        Statement.objects.order_by().values("month").annotate(number=Count("pk")).values_list("month", "number")
    )


def _due(begun: _Begun, closes: dict[Month, list[MonthClose]]) -> list[Month]:
    """For each currency the month that is to be closed next."""
    due = dict(begun.first)
    for month in sorted(closes):
        due.update({close.currency: month.next for close in closes[month]})
    return list(due.values())


def _state(month: Month, over_at: datetime, due: list[Month]) -> MonthState:
    if clock.now() < over_at:
        return MonthState.RUNNING
    if not any(one <= month for one in due):
        return MonthState.CLOSED
    return MonthState.READY if min(due) >= month else MonthState.WAITS


def _span(first: Month, last: Month) -> Iterator[Month]:
    month = first
    while month <= last:
        yield month
        month = month.next
