"""A month of the books, and when it is over. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from hearthpress.common.errors import Sentence

# The views of a month's last second are in the database well within this time.
GRACE = timedelta(hours=1)
YEAR_MONTH = re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])", re.ASCII)


class NotAMonth(Sentence, ValueError):
    """The text does not name a month."""


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. `str` gives "YYYY-MM", which sorts as time does."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def parse(cls, year_month: str) -> "Month":
        """The month that "YYYY-MM" names. Raises NotAMonth with a sentence that says what is expected."""
        found = YEAR_MONTH.fullmatch(year_month)
        if found is None:
            raise NotAMonth(_("Please give the month as YYYY-MM, such as 2026-09."))
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def over_at(self, zones: Iterable[str]) -> datetime:
        """The moment (UTC) from which the month may be closed: over in every one of these time zones, and GRACE."""
        midnights = (datetime.combine(self.next.first_day, time.min, ZoneInfo(zone)) for zone in zones)
        return max(midnight.astimezone(UTC) for midnight in midnights) + GRACE
