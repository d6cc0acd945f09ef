"""The salts that this process knows, and when the day that one belongs to is over; it knows no Django."""

import secrets
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hearthpress.common import clock

# A clock that is set back by an hour begins the day before once more: its readers must meet the salt that they had, or
# they would be counted twice. Two hours, because a clock that is wrong by its zone's summer time is put right in one.
GRACE = timedelta(hours=2)
SALT_BYTES = 32


def is_over(zone: str, day: date) -> bool:
    """Whether the day has ended in its zone more than GRACE ago: nothing more of it can arrive."""
    return clock.now() >= _end(zone, day) + GRACE


def seconds_left(zone: str, day: date) -> int:
    """Until the day `is_over`; at least a minute, for requests that began before."""
    return max(60, int((_end(zone, day) + GRACE - clock.now()).total_seconds()))


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


class SaltAway(Exception):
    """The day's salt cannot be had now, and without it nobody can tell readers apart."""


class KnownSalts:
    """In this process's memory alone.

    `ask` gets the salt of a zone's day from where the installation's processes share them; the salt that this process
    has, or None, is shared from then on when none was.
    """

    def __init__(self, ask: Callable[[str, date, bytes | None], bytes]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._salts: dict[tuple[str, date], bytes] = {}

    def known(self, zone: str, day: date) -> bytes | None:
        """The salt, when it can be had without waiting."""
        return self._salts.get((zone, day))

    def fetch(self, zone: str, day: date) -> bytes:
        """The salt, asked for when it is not known yet. Raises what `ask` raises."""
        with self._lock:
            salt = self._salts.get((zone, day))
            if salt is None:
                salt = self._salts[zone, day] = self._ask(zone, day, None)
            return salt

    def tend(self) -> None:
        """Forget the salts of days that are over, and offer the others again. May wait. Raises what `ask` raises.

        Where they are shared they can be lost (a Redis that begins anew), and a process that began after that would
        count the day's readers once more. Should another have been shared meanwhile, it is taken: all have one again.
        """
        self.forget_old()
        with self._lock:
            for (zone, day), salt in list(self._salts.items()):
                self._salts[zone, day] = self._ask(zone, day, salt)

    def forget_old(self) -> None:
        """Forget the salts of days that are over. Never waits: whoever is asking for another may hold the lock long."""
        for place in [known for known in list(self._salts) if is_over(*known)]:
            self._salts.pop(place, None)

    def clear(self) -> None:
        with self._lock:
            self._salts.clear()


def _end(zone: str, day: date) -> datetime:
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))
