"""Keeps the page store of this host as true as the database: a thread in each web process and in the worker.

Any one of them is enough: what it does is seen by all processes of the host, so that one may be killed at any moment.
"""

import logging
import sqlite3
import threading
from time import monotonic

from django.db import DatabaseError, connection, transaction
from django.db.utils import InterfaceError

from hearthpress.edge.nudges import Nudges
from hearthpress.edge.purges import CARRYING_OUT, catch_up, standing_since
from hearthpress.edge.store import PageStore

LOOK_EVERY = 0.25  # seconds: design.md promises one second from commit to gone
TIDY_EVERY = 1.0
AWAY_FOR = 300.0  # seconds that a host goes on by itself, without database and Redis: design.md, promise 3

logger = logging.getLogger(__name__)
_watches: list["Watch"] = []


class Watch:
    """`start` it once in a process. `nudges` wake it; without any it looks four times a second."""

    def __init__(self, store: PageStore, nudges: Nudges, away_for: float = AWAY_FOR) -> None:
        self.store, self.nudges, self.away_for = store, nudges, away_for
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._tidied = 0.0
        self._alone = False

    def start(self) -> None:
        _watches.append(self)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self.nudges.nudge()
        self._thread.join(timeout=5)
        _watches.remove(self)

    def look(self) -> None:
        """Carry out what there is to purge, now. Raises django.db.DatabaseError."""
        before = self.store.shared.generation
        if catch_up(self.store):
            self._tell(before)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._look_or_go_on_alone()
            if monotonic() - self._tidied > TIDY_EVERY:
                self._tidy()
            self.nudges.wait(LOOK_EVERY)
        connection.close()

    def _look_or_go_on_alone(self) -> None:
        try:
            self.look()
            self._alone = False
        except (DatabaseError, InterfaceError) as error:
            if not self._alone:
                logger.warning("The database does not answer (%s): pages are served from the store.", error)
            self._alone = True
            connection.close()
            self._go_on_alone()
        except Exception:
            logger.exception("Pages could not be purged; tried again at once.")

    def _go_on_alone(self) -> None:
        asked, lineage = monotonic(), self.store.follows("lineage")
        told = self.nudges.since(lineage, self.store.shared.generation)
        if told is not None:
            with self.store.alone(CARRYING_OUT):
                for purged in told:
                    self.store.purge(purged.keys, purged.generation)
            self.store.shared.confirmed = max(asked, self.store.shared.confirmed)
        elif monotonic() - self.store.shared.confirmed > self.away_for and self.store.paths():
            logger.warning("Neither database nor Redis for %d s: the magazine is resting.", self.away_for)
            self.store.empty()

    def _tell(self, before: int) -> None:
        """Tell the other hosts, and those that only Redis reaches."""
        standing = standing_since(max(0, before - 1))
        self.nudges.tell(standing.lineage, standing.purges)

    def _tidy(self) -> None:
        self._tidied = monotonic()
        try:
            self.store.expire()
            self.store.sweep()
        except (OSError, sqlite3.Error):
            logger.exception("The page store could not be tidied.")


def after_commit() -> None:
    """Purge on this host before the request that caused it is answered, and wake the other hosts."""
    for watch in _watches:
        try:
            watch.look()
        except (DatabaseError, InterfaceError):
            logger.exception("The rows are written; the watch carries them out.")
        watch.nudges.nudge()


def when_committed() -> None:
    """Called where a purge row is written."""
    transaction.on_commit(after_commit, robust=True)
