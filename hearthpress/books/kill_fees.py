"""A month's kill fees: those that its statements told, and those that the next closing will tell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hearthpress.common.money import Money
from hearthpress.pay.models import KillFee, MonthClose
from hearthpress.pay.months import Month


@dataclass(frozen=True)
class FeesOf:
    """The kill fees of one currency, with their total."""

    currency: str
    rows: list[KillFee]

    @property
    def amount(self) -> Money:
        return sum((row.money for row in self.rows), Money(0, self.currency))


def closed_kill_fees(month: Month) -> list[FeesOf]:
    """What the statements of a closed month told."""
    return _by_currency(_fees(str(month)))


def open_kill_fees(month: Month) -> list[FeesOf]:
    """What no statement has told yet, in the currencies in which the month is open."""
    closed = set(MonthClose.objects.filter(year_month__gte=str(month)).values_list("currency", flat=True))
    return _by_currency(row for row in _fees(None) if row.currency not in closed)


def _fees(month: str | None) -> Iterable[KillFee]:
    rows = KillFee.objects.with_month().filter(month=month).select_related("agreement__writer")
    found: Iterable[KillFee] = rows.defer("agreement__terms", "agreement__rate_card").order_by("pk")
    return found


def _by_currency(rows: Iterable[KillFee]) -> list[FeesOf]:
    found: dict[str, list[KillFee]] = defaultdict(list)
    for row in rows:
        found[row.currency].append(row)
    return [FeesOf(currency, found[currency]) for currency in sorted(found)]
