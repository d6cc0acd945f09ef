"""Times of day as a clock on the wall shows them: twice a year one of them comes twice, and one never."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

SECOND = timedelta(seconds=1)


def moments(wall: datetime, zone: tzinfo) -> list[datetime]:
    """The moments (UTC, the earlier first) at which clocks in `zone` show `wall`, a time without a zone.

    One of them as a rule; two where clocks are turned back over it; none where they are turned on past it.
    """
    both = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in both if moment.astimezone(zone).replace(tzinfo=None) == wall)


def around_gap(wall: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """For a time that never comes: the two moments (UTC) that it may have meant, by the clock before and after."""
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    return before, after


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last second (UTC) of the day in `zone`."""
    midnight = datetime.combine(day + timedelta(days=1), time(), zone)
    return midnight.astimezone(UTC) - SECOND
