from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.pay.months import Month, NotAMonth


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-9", "2026-00", "2026-13", "26-09", "2026-09-01", " 2026-09", "2026-09\n", "٢٠٢٦-٠٩", "x"]
)
def test_what_is_no_month_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotAMonth, match="YYYY-MM"):
        Month.parse(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)))
def test_a_month_holds_its_days_and_no_others(day: date) -> None:
    month = Month.of(day)

    assert Month.parse(str(month)) == month
    assert month.first_day <= day <= month.last_day
    assert Month.of(month.last_day) == month < month.next == Month.of(month.next.first_day)
    assert (str(month) < str(month.next)) is True


def test_february_ends_as_the_year_says() -> None:
    assert [Month(year, 2).last_day.day for year in (2024, 2026, 2100)] == [29, 28, 28]


@pytest.mark.parametrize(
    ("zone", "over_at"),
    [
        ("UTC", datetime(2026, 11, 1, 1, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 1, 5, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 10, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_month_is_over_an_hour_after_midnight_in_the_zone(zone: str, over_at: datetime) -> None:
    assert Month(2026, 10).over_at([zone]) == over_at


def test_a_month_is_over_when_it_is_over_in_every_zone() -> None:
    assert Month(2026, 10).over_at(["Pacific/Auckland", "UTC", "Asia/Tokyo"]) == datetime(2026, 11, 1, 1, tzinfo=UTC)


def test_a_month_whose_next_one_has_no_midnight_is_over_when_its_clocks_are_changed() -> None:
    # In Asuncion the clocks went from midnight to 01:00 on 1 October 2017, at 04:00 UTC.
    assert Month(2017, 9).over_at(["America/Asuncion"]) == datetime(2017, 10, 1, 5, tzinfo=UTC)
