"""Times as wall clocks show them, on the days when the clocks are changed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from hearthpress.common.local import around_gap, end_of_day, moments

pytestmark = pytest.mark.anywhere
NEW_YORK = ZoneInfo("America/New_York")


def utc(day: int, hour: int, minute: int, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def wall(*parts: int) -> datetime:
    """What a clock on the wall says."""
    return datetime(*parts)  # noqa: DTZ001  it has no zone, and that is the point


def test_time_is_one_moment_as_a_rule() -> None:
    assert moments(wall(2026, 11, 2, 1, 30), NEW_YORK) == [utc(2, 6, 30)]


def test_time_comes_twice_where_clocks_are_turned_back() -> None:
    assert moments(wall(2026, 11, 1, 1, 30), NEW_YORK) == [utc(1, 5, 30), utc(1, 6, 30)]


def test_time_never_comes_where_clocks_are_turned_on() -> None:
    never = wall(2027, 3, 14, 2, 30)

    assert moments(never, NEW_YORK) == []
    assert around_gap(never, NEW_YORK) == (utc(14, 6, 30, 3, 2027), utc(14, 7, 30, 3, 2027))


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 2, 4, 59, 59, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 11, 1), datetime(2026, 11, 1, 18, 14, 59, tzinfo=UTC)),
        # Midnight itself was skipped, and came twice.
        ("America/Sao_Paulo", date(2018, 11, 3), datetime(2018, 11, 4, 2, 59, 59, tzinfo=UTC)),
        ("America/Havana", date(2026, 10, 31), datetime(2026, 11, 1, 3, 59, 59, tzinfo=UTC)),
    ],
)
def test_day_ends_with_its_last_second(zone: str, day: date, end: datetime) -> None:
    assert end_of_day(day, ZoneInfo(zone)) == end
