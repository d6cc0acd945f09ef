"""Group commit: a thread of its own commits all the views that came in meanwhile in one transaction.

`keep` returns once the row's transaction is committed, and not before. What cannot be taken at once waits, in its
order; what waited for PATIENCE, or whose transaction failed, raises NotKept, and the reader's browser sends it again.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from queue import SimpleQueue
from time import monotonic, sleep

from hearthpress.common.logs import Outage
from hearthpress.readership.keeping import Row, Views

GATHER = 0.005  # seconds from one transaction to the next: many rows in one cost less, and no reader waits for it
MOST_IN_ONE = 500  # rows of one transaction
MOST_WAITING = 4096  # rows in line; whoever comes then waits outside, before anything is kept of the request
PATIENCE = 10.0  # seconds
REST = 1.0  # seconds after a failure; meanwhile views stand in line, and are kept by the next try
LOOK_EVERY = 1.0  # seconds

log = logging.getLogger(__name__)

Waiting = tuple[Row, asyncio.Future[None], float]


class NotKept(Exception):
    """The view is not acknowledged: it waited too long, or its transaction failed."""


class Writer:
    """One for each process and its event loop. `open_views` makes a connection, in the writer's own thread.

    All but `_run` happens on the loop's thread, so that nothing here needs a lock.
    """

    def __init__(self, open_views: Callable[[], Views], patience: float = PATIENCE) -> None:
        self._open_views, self._patience = open_views, patience
        self._waiting: deque[Waiting] = deque()
        self._outside: deque[tuple[asyncio.Future[None], float]] = deque()
        self._batches: SimpleQueue[list[Waiting] | None] = SimpleQueue()
        self._in_hand: list[Waiting] = []
        self._outage = Outage(log, "Views could not be kept; the readers' browsers are asked to send them again.")
        self._busy = False
        self._handed_over = 0.0
        self._thread = threading.Thread(target=self._run, name="views", daemon=True)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._thread.start()
        self._look = loop.call_later(LOOK_EVERY, self._give_up_old)

    def stop(self) -> None:
        """Commit what was handed over, and end."""
        self._look.cancel()
        self._batches.put(None)
        self._thread.join(self._patience)

    def keep(self, row: Row) -> Awaitable[None]:
        """What returns once the row is committed, and raises NotKept when it is not."""
        if self._outside or len(self._waiting) >= MOST_WAITING:
            return self._keep_later(row)
        return self._stand_in_line(row)

    async def _keep_later(self, row: Row) -> None:
        await self._wait_outside()
        await self._stand_in_line(row)

    def _stand_in_line(self, row: Row) -> asyncio.Future[None]:
        future = self._loop.create_future()
        self._waiting.append((row, future, monotonic()))
        if not self._busy:
            self._busy = True
            self._loop.call_later(GATHER, self._hand_over)
        return future

    def _wait_outside(self) -> asyncio.Future[None]:
        turn = self._loop.create_future()
        self._outside.append((turn, monotonic()))
        return turn

    def _hand_over(self) -> None:
        self._handed_over = self._loop.time()
        waiting = self._waiting
        self._in_hand = [waiting.popleft() for _ in range(min(len(waiting), MOST_IN_ONE))]
        self._batches.put(self._in_hand)

    def _run(self) -> None:
        views: Views | None = None
        while (batch := self._batches.get()) is not None:
            failed = False
            try:
                views = views or self._open_views()
                views.append([row for row, _future, _since in batch])
                self._outage.is_over()
            except Exception as error:  # noqa: BLE001  whatever it is, nobody is thanked for what is not kept
                self._outage.is_met(error)
                failed = True
                _close(views)
                views = None
            try:
                self._loop.call_soon_threadsafe(self._settle, batch, failed)
            except RuntimeError:  # the loop has ended, and with it whoever was waiting
                break
            if failed:
                sleep(REST)
        _close(views)

    def _settle(self, batch: list[Waiting], failed: bool) -> None:
        self._busy = bool(self._waiting)
        if self._busy:
            self._loop.call_at(self._handed_over + GATHER, self._hand_over)
        for _row, future, _since in batch:
            if not future.done():
                if failed:
                    future.set_exception(NotKept)
                else:
                    future.set_result(None)
        self._let_in()

    def _let_in(self) -> None:
        free = MOST_WAITING - len(self._waiting)
        while self._outside and free > 0:
            turn, _since = self._outside.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1

    def _give_up_old(self) -> None:
        """Whoever waited too long is told so. What stands in line is taken out of it, and so is not kept."""
        too_old = monotonic() - self._patience
        while self._waiting and self._waiting[0][2] < too_old:
            _give_up(self._waiting.popleft()[1])
        while self._outside and self._outside[0][1] < too_old:
            _give_up(self._outside.popleft()[0])
        for _row, future, since in self._in_hand:
            if since < too_old:
                _give_up(future)
        self._look = self._loop.call_later(LOOK_EVERY, self._give_up_old)


def _give_up(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_exception(NotKept)


def _close(views: Views | None) -> None:
    if views is not None:
        try:
            views.close()
        except Exception:
            log.exception("The connection of the views did not close well.")
