"""Keeps the page store of this host as true as the database: a thread in each web process and in the worker.

Any one of them is enough: what it does is seen by all processes of the host, so that one may be killed at any moment.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from django.db import DatabaseError, connection, transaction
from django.db.utils import InterfaceError

from hearthpress.edge.nudges import Nudges
from hearthpress.edge.purges import CARRYING_OUT, catch_up, purge_all, standing_since
from hearthpress.edge.store import PageStore

LOOK_EVERY = 0.25  # seconds: design.md promises one second from commit to gone
TIDY_EVERY = 1.0
SILENT_AFTER = 0.5  # seconds that an answer of the database is waited for before Redis is asked
FIRST_LOOK = 3.0  # seconds that a new process waits for it
MOST_TOLD = 1000  # purges: whoever is further behind empties the store
AWAY_FOR = 300.0  # seconds that a host goes on by itself, without database and Redis: design.md, promise 3

logger = logging.getLogger(__name__)
_watches: list["Watch"] = []


class Watch:
    """`start` it once in a process. `nudges` wake it; without any it looks four times a second."""

    def __init__(self, store: PageStore, nudges: Nudges, away_for: float = AWAY_FOR) -> None:
        self.store, self.nudges, self.away_for = store, nudges, away_for
        self._stop, self._looked = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._second = threading.Thread(target=self._run_beside, name="second watch", daemon=True)
        self._asking_since: float | None = None
        self._tidied = 0.0
        self._trouble = ""  # as it was told in the log

    def start(self) -> None:
        """Returns when it has looked once: what was purged while no process was here is served by none."""
        _watches.append(self)
        self._thread.start()
        self._second.start()
        self._looked.wait(FIRST_LOOK)

    def stop(self) -> None:
        self._stop.set()
        self.nudges.nudge()
        for thread in (self._thread, self._second):
            thread.join(timeout=5)
        _watches.remove(self)

    def look(self) -> None:
        """Carry out what there is to purge, now. Raises django.db.DatabaseError."""
        catch_up(self.store)
        self._tell()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._try(self._look_or_go_on_alone)
            self._looked.set()
            self._try(self.store.expire)
            if not self._try(lambda: self.nudges.wait(LOOK_EVERY)):
                self._stop.wait(LOOK_EVERY)
        connection.close()

    def _try(self, step: Callable[[], object]) -> bool:
        """Whether it went well. Whatever it raises, the watch goes on: the next time may do better."""
        try:
            step()
        except Exception as error:  # noqa: BLE001
            self._log(f"The page store could not be kept true ({error}); tried again at once.", exc_info=True)
            return False
        return True

    def _run_beside(self) -> None:
        """A database that is gone says so; one that says nothing keeps the watch waiting, and Redis may know more.

        What was moved away is deleted here, too: a hundred thousand files take longer than a purge may.
        """
        while not self._stop.wait(LOOK_EVERY):
            since = self._asking_since
            if since is not None and monotonic() - since > SILENT_AFTER:
                self._try(self._go_on_alone)
            elif monotonic() - self._tidied > TIDY_EVERY:
                self._tidied = monotonic()
                self._try(self.store.sweep)

    def _look_or_go_on_alone(self) -> None:
        self._asking_since = monotonic()
        try:
            self.look()
            self._trouble = ""
        except (DatabaseError, InterfaceError) as error:
            connection.close()
            if not self._go_on_alone():
                self._log(f"The database does not answer ({type(error).__name__}): pages are served from the store.")
        finally:
            self._asking_since = None

    def _go_on_alone(self) -> bool:
        """Whether there is more to tell than that the database is away."""
        asked, shared = monotonic(), self.store.shared
        # By then Redis is not believed either: perhaps whoever commits does not reach it.
        if asked - shared.answered > self.away_for:
            if self.store.paths():  # nginx must not go on with them
                self.store.empty()
            self._log(f"No word from the database for {self.away_for:.0f} s: the magazine is resting.")
            return True
        told = self.nudges.since(self.store.follows("lineage"), shared.generation)
        if told is not None:
            with self.store.alone(CARRYING_OUT):
                purge_all(self.store, told)
            shared.confirmed = max(asked, shared.confirmed)
        return False

    def _log(self, trouble: str, *, exc_info: bool = False) -> None:
        """Once, not four times a second: the disk may be full."""
        if trouble != self._trouble:
            with suppress(OSError):
                logger.warning(trouble, exc_info=exc_info)
        self._trouble = trouble

    def _tell(self) -> None:
        """Tell those that only Redis reaches; again, when it did not answer or who should tell was killed."""
        shared = self.store.shared
        if shared.told == shared.generation or not self.nudges.keep_purges:
            return
        begin = max(0, min(shared.told, shared.generation) - 1, shared.generation - MOST_TOLD)
        standing = standing_since(begin)
        if self.nudges.tell(standing.lineage, standing.purges):
            shared.told = standing.value


def after_commit() -> None:
    """Purge on this host before the request that caused it is answered, and wake the other hosts."""
    for watch in _watches:
        try:
            watch.look()
        except (DatabaseError, InterfaceError, OSError, sqlite3.Error):
            logger.exception("The rows are written; the watch carries them out.")
        watch.nudges.nudge()


def when_committed() -> None:
    """Called where a purge row is written; one look is enough for all rows of a transaction."""
    if all(entry[1] is not after_commit for entry in connection.run_on_commit):
        transaction.on_commit(after_commit, robust=True)
