"""Days, weeks and months as moments: where each begins in a time zone, whatever its clocks do in between."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, Value, When

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment (aware) at which the day begins there."""
    return datetime.combine(day, time.min, zone)


def last_weeks(today: date, number: int) -> list[date]:
    """The Mondays (ISO 8601) of so many weeks, the last of them the week that `today` lies in."""
    monday = today - timedelta(days=today.weekday())
    return [monday - A_WEEK * back for back in reversed(range(number))]


def last_months(today: date, number: int) -> list[date]:
    """The first days of so many months, the last of them the month that `today` lies in."""
    found = [today.replace(day=1)]
    while len(found) < number:
        found.append((found[-1] - A_DAY).replace(day=1))
    return found[::-1]


def month_after(first_day: date) -> date:
    """The first day of the month after the one that begins on `first_day`."""
    return (first_day + timedelta(days=32)).replace(day=1)


def period_of(column: str, edges: Sequence[datetime]) -> Case:
    """For a query: in which of the periods between these rising moments the column lies, from 0; null for outside."""
    spans = [
        When(**{f"{column}__gte": begins, f"{column}__lt": ends}, then=Value(number))
        for number, (begins, ends) in enumerate(pairwise(edges))
    ]
    return Case(*spans, output_field=IntegerField(null=True))
