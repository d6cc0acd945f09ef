"""Two months of readers for the sample's stories: a first-day peak, a weekly rhythm, one story that took off.

Written in bulk at their dates, as `readership.actions.take_in` would have written them one by one; believable, and the
same every time for the same day.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from django.db import transaction

from hearthpress.readership.agents import judge_agent
from hearthpress.readership.enums import Reason
from hearthpress.readership.intake import NOBODY, READER_BYTES
from hearthpress.readership.models import ReaderDay, UnpaidView
from hearthpress.readership.router import ALIAS
from hearthpress.sample.calendar import Calendar
from hearthpress.stories.models import Story

READER_DAYS_A_WEIGHT = 48
# The heaviest story was passed round by a great many people some days after it appeared: reader-days of each day since.
TOOK_OFF_AFTER = 9
TOOK_OFF = (900, 4700, 3500, 2100, 1300, 800, 520, 340, 230, 160, 120, 90, 70, 50)
# Monday first. People read on Sunday evening, and have other things to do on Saturday.
WEEK = (1.06, 1.04, 1.0, 0.97, 0.9, 0.92, 1.14)
# Readers by the hour of the day, from midnight.
HOURS = (3, 2, 1, 1, 1, 2, 5, 8, 9, 7, 6, 6, 8, 7, 5, 5, 5, 6, 7, 9, 12, 13, 10, 6)
# Views that are not paid, as a share of those that are. Own views do not grow with the readers.
UNPAID = {
    Reason.ROBOT: 0.11,
    Reason.SHORT: 0.085,
    Reason.REPEAT: 0.06,
    Reason.PREFETCH: 0.03,
    Reason.NO_SCRIPT: 0.018,
    Reason.WEBDRIVER: 0.004,
}
ROBOTS = {
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": 8,
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)": 5,
    "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)": 2,
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)": 2,
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)": 2,
}
# Visits a day of the writer and the magazine's people.
OWN = (0, 0, 0, 1, 1, 2)
BATCH = 5000

Row = TypeVar("Row", ReaderDay, UnpaidView)


@dataclass(frozen=True)
class Day:
    """One day of one story: its views lie between `start` and `end`, which is not later than now."""

    story_key: str
    date: date
    start: datetime
    end: datetime
    midnight: datetime

    def moments(self, chance: Random, number: int) -> Iterator[datetime]:
        """About `number` times of the day, more of them when people read; those outside start and end are left out."""
        for hour in chance.choices(range(24), HOURS, k=number):
            moment = self.midnight + timedelta(hours=hour, seconds=chance.random() * 3600)
            if self.start <= moment < self.end:
                yield moment

    def paid(self, chance: Random, number: int) -> list[ReaderDay]:
        return [self._of(ReaderDay, at, chance.randbytes(READER_BYTES)) for at in self.moments(chance, number)]

    def unpaid(self, chance: Random, paid: list[ReaderDay]) -> Iterator[UnpaidView]:
        for reason, share in UNPAID.items():
            for at in self.moments(chance, _about(chance, len(paid) * share)):
                rule = _rule(chance) if reason == Reason.ROBOT else ""
                again = reason == Reason.REPEAT
                reader = bytes(chance.choice(paid).reader) if again else chance.randbytes(READER_BYTES)
                yield self._of(UnpaidView, at, reader, reason=reason, rule=rule)
        for at in self.moments(chance, chance.choice(OWN)):
            yield self._of(UnpaidView, at, NOBODY, reason=Reason.OWN)

    def _of(self, kind: type[Row], at: datetime, reader: bytes, **more: str) -> Row:
        return kind(story_key=self.story_key, day=self.date, utc_at=at, reader=reader, **more)


@dataclass(frozen=True)
class Readers:
    """All readers of one story. `first_live_at` is when the story appeared."""

    story: Story
    first_live_at: datetime
    weight: int
    took_off: bool
    calendar: Calendar

    def days(self) -> Iterator[Day]:
        """Each day since the story appeared."""
        day = self.first_live_at.astimezone(self.calendar.zone).date()
        while day <= self.calendar.today:
            midnight, next_midnight = self._midnight(day), self._midnight(day + timedelta(days=1))
            start, end = max(midnight, self.first_live_at), min(next_midnight, self.calendar.now)
            yield Day(self.story.key, day, start, end, midnight)
            day += timedelta(days=1)

    def expected(self, day: date, number: int) -> float:
        """How many readers come on this day, the story's day `number` (0 is the first)."""
        readers = self.weight * READER_DAYS_A_WEIGHT * _share(number) * WEEK[day.weekday()]
        later = number - TOOK_OFF_AFTER
        return readers + (TOOK_OFF[later] if self.took_off and 0 <= later < len(TOOK_OFF) else 0)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.calendar.zone).astimezone(UTC)


def load_readers(weights: dict[Story, int], calendar: Calendar) -> int:
    """Write the views of every story. How many reader-days there are."""
    heaviest = max(weights.values())
    with transaction.atomic(using=ALIAS):
        return sum(
            _load(Readers(story, appeared(story), weight, weight == heaviest, calendar))
            for story, weight in weights.items()
        )


def appeared(story: Story) -> datetime:
    """When the story appeared: every story of the sample has."""
    assert story.first_live_at is not None
    return story.first_live_at


def _load(readers: Readers) -> int:
    # Each story has a chance of its own, so that stories do not disturb each other.
    chance = Random(readers.story.slug)  # noqa: S311  believable, not secret
    paid: list[ReaderDay] = []
    unpaid: list[UnpaidView] = []
    for number, day in enumerate(readers.days()):
        came = round(readers.expected(day.date, number) * chance.uniform(0.85, 1.15))
        of_day = day.paid(chance, came)
        paid += of_day
        unpaid += day.unpaid(chance, of_day)
    ReaderDay.objects.bulk_create(paid, batch_size=BATCH)
    UnpaidView.objects.bulk_create(unpaid, batch_size=BATCH)
    return len(paid)


def _rule(chance: Random) -> str:
    return judge_agent(chance.choices(list(ROBOTS), list(ROBOTS.values()))[0]).rule


def _share(number: int) -> float:
    """What part of a story's readers come on its day `number`: most at once, and a few for a long time."""
    return 0.36 * math.exp(-number / 1.7) + 0.016 * math.exp(-number / 18)


def _about(chance: Random, expected: float) -> int:
    """A whole number near `expected`, such that many of them add up to it."""
    return math.floor(expected + chance.random())
