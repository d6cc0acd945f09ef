"""How often stories were read. Everything that is paid or shown asks here; days are dates of the agreement's zone."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Sum

from hearthpress.readership.models import ReaderDay, UnpaidCount, UnpaidView


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
    """The same for many stories in one query: {story key: {reason: views}}; what is zero is left out.

    Rows, and what was folded into counts: in one query, so that a view is in one of the two and never in both.
    """
    where = {"story_key__in": story_keys, "day__range": (first, last)}
    rows = UnpaidView.objects.filter(**where).values("story_key", "reason").annotate(many=Count("pk"))
    folded = UnpaidCount.objects.filter(**where).values("story_key", "reason").annotate(many=Sum("number"))
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows.order_by().union(folded.order_by(), all=True).order_by("story_key", "reason"):
        reasons = counted[row["story_key"]]
        reasons[row["reason"]] = reasons.get(row["reason"], 0) + row["many"]
    return dict(counted)
