"""The sample's books: every month that is over is closed on the first of the next, and paid out a few days later."""

from datetime import datetime, timedelta

from hearthpress.common import clock
from hearthpress.masthead.models import Masthead
from hearthpress.pay.actions import close_month, make_batches, mark_paid, set_destination
from hearthpress.pay.months import GRACE, Month
from hearthpress.sample.calendar import BEGINNING, Calendar
from hearthpress.sample.cast import Cast

# They have not said where to be paid: what they earn is carried over.
UNCLAIMED = frozenset({"imogen.platt@example.net", "denise.wachter@example.org"})
BATCH_AFTER, PAID_AFTER = timedelta(days=2), timedelta(days=4)


def load_destinations(cast: Cast, calendar: Calendar) -> None:
    """Most writers are paid at the address that they write from."""
    with clock.at(calendar.days_ago(BEGINNING - 2)):
        for address, writer in cast.writers.items():
            if address not in UNCLAIMED:
                set_destination(writer.person, address)


def load_books(cast: Cast, calendar: Calendar, first_day: datetime) -> list[str]:
    """Close the months since `first_day` that are over, and pay all of them but the newest. The months' names."""
    months = _over(calendar, first_day)
    for month in months:
        _close(cast, calendar, month, paid=month != months[-1])
    return [str(month) for month in months]


def _over(calendar: Calendar, first_day: datetime) -> list[Month]:
    month, months = Month.of(first_day.astimezone(calendar.zone).date()), []
    while _over_at(calendar, month) <= calendar.now:
        months.append(month)
        month = month.next
    return months


def _over_at(calendar: Calendar, month: Month) -> datetime:
    return month.over_at([calendar.zone.key])


def _close(cast: Cast, calendar: Calendar, month: Month, *, paid: bool) -> None:
    bookkeeper, currency = cast.bookkeeper, Masthead.current().currency
    over = _over_at(calendar, month)
    with clock.at(min(over + 8 * GRACE, calendar.now)):
        close_month(str(month), bookkeeper)
    with clock.at(min(over + BATCH_AFTER, calendar.now)):
        batches = make_batches(bookkeeper, currency)
    if paid:
        with clock.at(min(over + PAID_AFTER, calendar.now)):
            for batch in batches:
                mark_paid(batch, bookkeeper)
