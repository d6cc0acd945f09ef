"""What counting a story needs to know of it, kept in memory for a second: the hot intake asks here, not the database.

A story that is withdrawn stops being counted within LIFETIME. While the database cannot be asked, what was known last
is used on for WITHOUT_DATABASE. Keys that are no live story's are remembered apart, so that somebody who makes up keys
puts no story out of memory and makes none wait.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from hearthpress.common.logs import Outage

LIFETIME = 1.0  # seconds for which an answer of the database holds
RENEW_AFTER = 0.5  # seconds after which it is asked again beside the work, so that nobody waits for it
WITHOUT_DATABASE = 300.0  # seconds for which it is used on while the database is away: the time of design.md, promise 3
REST = 1.0  # seconds between two tries to reach a database that is away
PATIENCE = 5.0  # seconds that a request waits for terms that nobody knows yet
MOST_KNOWN = 10_000  # stories
MOST_REFUSED = 1_000  # keys of no live story
MOST_ASKED = 256  # look-ups of unknown keys on their way at the same time: beyond it, somebody is making up keys
THREADS = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """What counting one story needs of its frozen rate card: whose it is, and when its day begins."""

    story_key: str
    writer_id: int
    time_zone: str
    without_script_paid: bool


Value = TypeVar("Value")


class TermsAway(Exception):
    """The database cannot say now, and nobody knows from before."""


class Unknown:
    """The answer of `TermsBook.fresh` when the database has to be asked first."""


UNKNOWN: Final = Unknown()


class TermsBook:
    """The terms of live stories, for one event loop. `look_up` asks the database, in a thread of this book's own.

    `look_up` gives None for a story that is not live, and may raise anything: then the database is away.
    """

    def __init__(self, look_up: Callable[[str], Terms | None], now: Callable[[], float] = time.monotonic) -> None:
        self._look_up, self._now = look_up, now
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="terms")
        self._known: dict[str, tuple[Terms, float]] = {}
        self._refused: dict[str, float] = {}
        self._asked: dict[str, asyncio.Future[Terms | None]] = {}
        self._resting_until = 0.0
        self._outage = Outage(log, "The database cannot be asked for a story's terms; what is known is used on.")

    def fresh(self, story_key: str) -> Terms | Unknown | None:
        """What may be used at once, without waiting: None is no live story, UNKNOWN means that `find` must be asked."""
        known = self._known.get(story_key)
        if known is None:
            return None if self._now() - self._refused.get(story_key, -LIFETIME) < LIFETIME else UNKNOWN
        terms, asked_at = known
        now = self._now()
        age = now - asked_at
        if age <= RENEW_AFTER:
            return terms
        resting = now < self._resting_until
        if not resting and story_key not in self._asked:
            self._ask(story_key)
        return terms if age <= (WITHOUT_DATABASE if resting else LIFETIME) else UNKNOWN

    async def find(self, story_key: str) -> Terms | None:
        """The terms, asked of the database when they are not fresh; None is no live story. Raises TermsAway."""
        if self._now() >= self._resting_until:
            asked = self._asked.get(story_key) or self._ask(story_key)
            # A database that hangs is away, too: soon for whoever can go on with what is known.
            await asyncio.wait({asked}, timeout=LIFETIME if story_key in self._known else PATIENCE)
            if not asked.done():
                self._rest(TimeoutError("it says nothing"))
            elif asked.exception() is None:
                return asked.result()
        return self._known_before(story_key)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, story_key: str) -> asyncio.Future[Terms | None]:
        if story_key not in self._known and len(self._asked) >= MOST_ASKED:
            raise TermsAway(story_key)
        asked = asyncio.get_running_loop().run_in_executor(self._threads, self._look_up, story_key)
        self._asked[story_key] = asked
        asked.add_done_callback(partial(self._answered, story_key, self._now()))
        return asked

    def _answered(self, story_key: str, at: float, asked: asyncio.Future[Terms | None]) -> None:
        """Note the answer under the moment at which it was asked: what changed after that is not in it."""
        del self._asked[story_key]
        if asked.cancelled():
            return
        if (error := asked.exception()) is not None:
            self._rest(error)
            return
        self._outage.is_over()
        if (terms := asked.result()) is None:
            self._known.pop(story_key, None)
            _remember(self._refused, story_key, at, MOST_REFUSED)
        else:
            _remember(self._known, story_key, (terms, at), MOST_KNOWN)

    def _rest(self, error: BaseException) -> None:
        self._outage.is_met(error)
        self._resting_until = self._now() + REST

    def _known_before(self, story_key: str) -> Terms | None:
        terms, at = self._known.get(story_key) or (None, self._refused.get(story_key, -WITHOUT_DATABASE))
        if self._now() - at > WITHOUT_DATABASE:
            raise TermsAway(story_key)
        return terms


def _remember(kept: dict[str, Value], key: str, value: Value, most: int) -> None:
    """As the newest; the oldest goes when there are too many."""
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > most:
        del kept[next(iter(kept))]
