from datetime import date, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from hearthpress.readership import counts
from hearthpress.readership.enums import Reason
from hearthpress.readership.models import ReaderDay, UnpaidView

pytestmark = pytest.mark.django_db(databases=["views"])

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def read(story_key: str, day: date, readers: int) -> None:
    ReaderDay.objects.bulk_create(
        ReaderDay(story_key=story_key, day=day, reader=bytes([number]) * 16) for number in range(readers)
    )


def refuse(story_key: str, day: date, reason: Reason, times: int = 1) -> None:
    UnpaidView.objects.bulk_create(
        UnpaidView(story_key=story_key, day=day, reader=bytes(16), reason=reason) for _ in range(times)
    )


def test_reader_days_are_counted_by_date_both_ends_included() -> None:
    read("aaaaaaaaaaaa", FIRST - timedelta(days=1), 1)
    read("aaaaaaaaaaaa", FIRST, 2)
    read("aaaaaaaaaaaa", LAST, 3)
    read("aaaaaaaaaaaa", LAST + timedelta(days=1), 4)
    read("bbbbbbbbbbbb", FIRST, 5)

    assert counts.reader_days("aaaaaaaaaaaa", FIRST, LAST) == {FIRST: 2, LAST: 3}
    assert counts.reader_days("cccccccccccc", FIRST, LAST) == {}


def test_unpaid_views_are_counted_by_reason() -> None:
    refuse("aaaaaaaaaaaa", FIRST, Reason.ROBOT, 2)
    refuse("aaaaaaaaaaaa", LAST, Reason.ROBOT)
    refuse("aaaaaaaaaaaa", LAST, Reason.OWN)
    refuse("aaaaaaaaaaaa", LAST + timedelta(days=1), Reason.SHORT)

    assert counts.unpaid("aaaaaaaaaaaa", FIRST, LAST) == {"robot": 3, "own": 1}


@pytest.mark.parametrize("stories", [1, 3])
def test_many_stories_take_one_query(stories: int) -> None:
    keys = [letter * 12 for letter in "abc"[:stories]]
    for key in keys:
        read(key, FIRST, 2)
        refuse(key, FIRST, Reason.REPEAT)

    with CaptureQueriesContext(connections["views"]) as queries:
        days = counts.reader_days_many(keys, FIRST, LAST)
        unpaid = counts.unpaid_many(keys, FIRST, LAST)

    assert days == {key: {FIRST: 2} for key in keys}
    assert unpaid == {key: {"repeat": 1} for key in keys}
    assert len(queries) == 2


def test_each_reason_explains_itself_in_one_sentence() -> None:
    for reason in Reason:
        sentence = str(reason.explanation)
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0
        assert reason.label
