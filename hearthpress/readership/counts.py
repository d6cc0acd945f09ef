"""How often stories were read. Everything that is paid or shown asks here; days are dates of the agreement's zone."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count

from hearthpress.readership.models import ReaderDay, UnpaidView


def reader_days(story_key: str, first: date, last: date) -> dict[date, int]:
    """Reader-days of one story by date, from `first` to `last`, both included. Days without any are left out."""
    return reader_days_many([story_key], first, last).get(story_key, {})


def reader_days_many(story_keys: Collection[str], first: date, last: date) -> dict[str, dict[date, int]]:
    """The same for many stories in one query: {story key: {date: reader-days}}; stories without any are left out."""
    rows = ReaderDay.objects.filter(story_key__in=story_keys, day__range=(first, last))
    counted: dict[str, dict[date, int]] = defaultdict(dict)
    for row in rows.values("story_key", "day").annotate(number=Count("pk")).order_by("story_key", "day"):
        counted[row["story_key"]][row["day"]] = row["number"]
    return dict(counted)


def unpaid(story_key: str, first: date, last: date) -> dict[str, int]:
    """Views of one story that are not paid, by `enums.Reason`, from `first` to `last`, both included."""
    return unpaid_many([story_key], first, last).get(story_key, {})


def unpaid_many(story_keys: Collection[str], first: date, last: date) -> dict[str, dict[str, int]]:
    """The same for many stories in one query: {story key: {reason: views}}; what is zero is left out."""
    rows = UnpaidView.objects.filter(story_key__in=story_keys, day__range=(first, last))
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows.values("story_key", "reason").annotate(number=Count("pk")).order_by("story_key", "reason"):
        counted[row["story_key"]][row["reason"]] = row["number"]
    return dict(counted)
