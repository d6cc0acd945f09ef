"""The archive's months, each with the number of its stories: counted when one comes or goes, never when it is read."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from hearthpress.magazine.models import Month
from hearthpress.masthead.models import Masthead
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story

A_MONTH_AND_MORE = timedelta(days=32)


def first_and_next(first_day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The moments at which the month begins and at which the next one does (aware)."""
    following = (first_day + A_MONTH_AND_MORE).replace(day=1)
    return _midnight(first_day, zone), _midnight(following, zone)


def count_month_of(story: Story, **_details: Any) -> None:
    """Reaction: the month in which a story went live has one more story, or one fewer."""
    if story.first_live_at is not None:
        zone = Masthead.current().zone
        _count(story.first_live_at.astimezone(zone).date().replace(day=1), zone)


def recount_months() -> None:
    """Count them all: after an import, and when the magazine has moved to another time zone."""
    zone = Masthead.current().zone
    for first_day in [*_months_with_stories(zone), *Month.objects.values_list("first_day", flat=True)]:
        with transaction.atomic():
            _count(first_day, zone)


def _count(first_day: date, zone: ZoneInfo) -> None:
    """Two who publish at once count one after the other: the row is held until the transaction ends."""
    month, _ = Month.objects.select_for_update().get_or_create(first_day=first_day)
    begins, ends = first_and_next(first_day, zone)
    # What is live is approved; asking that of each would cost a look at three tables for every story of the month.
    stories = Story.objects.filter(state=StoryState.LIVE, first_live_at__gte=begins, first_live_at__lt=ends).count()
    if month.stories != stories:
        Month.objects.filter(pk=month.pk).update(stories=stories)


def _months_with_stories(zone: ZoneInfo) -> Iterator[date]:
    """Walks from month to month: one short look in an index for each."""
    live = (
        Story.objects.filter(state=StoryState.LIVE).order_by("-first_live_at").values_list("first_live_at", flat=True)
    )
    newest = live.first()
    while newest is not None:
        first_day = newest.astimezone(zone).date().replace(day=1)
        yield first_day
        newest = live.filter(first_live_at__lt=_midnight(first_day, zone)).first()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
