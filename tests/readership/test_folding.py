"""Unpaid views become counts: none is lost, none counted twice, and nothing else of the evidence can be deleted."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from hearthpress.common import clock
from hearthpress.common.immutable import EvidenceIsFinal
from hearthpress.readership import counts, folding
from hearthpress.readership.enums import Reason
from hearthpress.readership.folding import fold_unpaid_views
from hearthpress.readership.models import ReaderDay, UnpaidCount, UnpaidView
from tests.together import at_once

pytestmark = pytest.mark.django_db(databases=["views"])

NOW = datetime(2026, 11, 25, 17, tzinfo=UTC)
OLD = date(2026, 9, 24)  # 62 days before
KEY, OTHER = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def refuse(story_key: str, day: date, reason: Reason, times: int) -> None:
    UnpaidView.objects.bulk_create(
        UnpaidView(story_key=story_key, day=day, reader=bytes(16), reason=reason) for _ in range(times)
    )


def a_few_views() -> None:
    refuse(KEY, OLD, Reason.ROBOT, 3)
    refuse(KEY, OLD, Reason.REPEAT, 2)
    refuse(KEY, OLD - timedelta(days=1), Reason.ROBOT, 1)
    refuse(OTHER, OLD, Reason.ROBOT, 1)
    refuse(KEY, OLD + timedelta(days=1), Reason.ROBOT, 4)


def all_counts() -> dict[str, dict[str, int]]:
    return counts.unpaid_many([KEY, OTHER], date(2026, 1, 1), date(2026, 12, 31))


def test_what_nobody_can_ask_about_any_more_becomes_a_count() -> None:
    a_few_views()
    before = all_counts()

    with clock.at(NOW):
        folded = fold_unpaid_views()
        again = fold_unpaid_views()

    assert (folded, again) == (7, 0)
    assert set(UnpaidView.objects.values_list("day", flat=True)) == {OLD + timedelta(days=1)}
    assert UnpaidCount.objects.get(story_key=KEY, day=OLD, reason=Reason.ROBOT).number == 3
    assert all_counts() == before == {KEY: {"robot": 8, "repeat": 2}, OTHER: {"robot": 1}}


def test_one_that_comes_late_is_added_to_the_count() -> None:
    with clock.at(NOW):
        refuse(KEY, OLD, Reason.ROBOT, 2)
        fold_unpaid_views()
        refuse(KEY, OLD, Reason.ROBOT, 1)
        fold_unpaid_views()

    assert UnpaidCount.objects.get().number == 3


def test_the_time_is_a_setting(settings: object) -> None:
    settings.UNPAID_VIEWS_DAYS = 90
    a_few_views()

    with clock.at(NOW):
        assert fold_unpaid_views() == 0
    with clock.at(NOW + timedelta(days=30)):
        assert fold_unpaid_views() == 7


def test_reader_days_are_never_folded_and_no_view_can_be_deleted_otherwise() -> None:
    ReaderDay.objects.create(story_key=KEY, day=OLD - timedelta(days=900), reader=b"r" * 16)
    refuse(KEY, NOW.date(), Reason.ROBOT, 1)

    with clock.at(NOW):
        fold_unpaid_views()

    assert ReaderDay.objects.count() == 1
    assert not hasattr(ReaderDay.objects.all(), "move_away")
    for rows in (UnpaidView.objects.all(), UnpaidView.movable.all()):
        with pytest.raises(EvidenceIsFinal):
            rows.delete()


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_two_workers_fold_each_view_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "AT_ONCE", 7)
    refuse(KEY, OLD, Reason.ROBOT, 60)
    refuse(OTHER, OLD, Reason.SHORT, 40)

    with clock.at(NOW):
        folded = at_once(fold_unpaid_views, fold_unpaid_views, fold_unpaid_views)

    assert sum(folded) == 100
    assert Counter(dict(UnpaidCount.objects.values_list("story_key", "number"))) == {KEY: 60, OTHER: 40}
    assert not UnpaidView.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_what_fails_half_way_is_undone_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(KEY, OLD, Reason.ROBOT, 5)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folding.UnpaidView.movable._queryset_class, "move_away", killed)
    with clock.at(NOW), pytest.raises(KeyboardInterrupt):
        fold_unpaid_views()

    assert connections["views"].in_atomic_block is False
    assert not UnpaidCount.objects.exists()
    assert UnpaidView.objects.count() == 5


@pytest.mark.django_db(transaction=True, databases=["default", "views"])
def test_views_that_come_in_wait_for_no_search_and_not_for_each_count() -> None:
    for number in range(20):
        refuse(f"{number:012}", OLD, Reason.ROBOT, 1)

    with clock.at(NOW), CaptureQueriesContext(connections["views"]) as asked:
        fold_unpaid_views()

    said = [query["sql"].strip().partition(" ")[0] for query in asked.captured_queries]
    begun = said.index("BEGIN")
    assert said[:begun] == ["SELECT"]
    assert len(said[begun : said.index("COMMIT")]) == 4
