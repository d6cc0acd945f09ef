"""The sample's own dates, all told from today, in the magazine's time zone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hearthpress.common import clock

BEGINNING = 150  # days ago


class Calendar:
    """One "today" for the whole loading, so that it does not slip should midnight pass meanwhile."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.now = clock.now()
        self.today = self.now.astimezone(self.zone).date()

    def days_ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """That time of day, `days` days ago; never later than now."""
        moment = datetime.combine(self.today - timedelta(days=days), time(hour, minute), self.zone)
        return min(moment, self.now)

    def in_days(self, days: int, hour: int = 9) -> datetime:
        """That hour, `days` days from now."""
        return datetime.combine(self.today + timedelta(days=days), time(hour), self.zone)
