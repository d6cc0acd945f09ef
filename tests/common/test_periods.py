"""Days, weeks and months where the clocks change, and a query's way of telling them apart."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.common.periods import last_months, last_weeks, midnight, month_after

NEW_YORK = ZoneInfo("America/New_York")
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_day_begins_at_its_own_midnight_on_both_sides_of_a_clock_change() -> None:
    before, after = midnight(date(2026, 11, 1), NEW_YORK), midnight(date(2026, 11, 2), NEW_YORK)

    assert before.astimezone(UTC) == datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert after.astimezone(UTC) == datetime(2026, 11, 2, 5, tzinfo=UTC)


@given(DAYS, st.integers(1, 60))
def test_weeks_are_mondays_without_a_gap_up_to_today(today: date, number: int) -> None:
    mondays = last_weeks(today, number)

    assert len(mondays) == number
    assert mondays[-1] <= today < mondays[-1] + timedelta(days=7)
    assert {monday.weekday() for monday in mondays} == {0}
    assert mondays == sorted(set(mondays))


@given(DAYS, st.integers(1, 60))
def test_months_follow_each_other_up_to_today(today: date, number: int) -> None:
    months = last_months(today, number)

    assert len(months) == number
    assert months[-1] == today.replace(day=1)
    assert [month_after(month) for month in months[:-1]] == months[1:]


@pytest.mark.parametrize(("first", "after"), [((2026, 1), (2026, 2)), ((2026, 12), (2027, 1)), ((2028, 2), (2028, 3))])
def test_the_month_after(first: tuple[int, int], after: tuple[int, int]) -> None:
    assert month_after(date(*first, 1)) == date(*after, 1)
