"""The worker: carries out what rows ask for, until it is told to stop."""

import logging
import signal
import threading
import time

from django.db import InterfaceError, OperationalError, close_old_connections, connections

from hearthpress import parent
from hearthpress.edge.here import open_store, open_watch
from hearthpress.schedule import JOBS, Job

logger = logging.getLogger(__name__)

TICK = 0.5  # seconds
GRACE = 6  # seconds for jobs to end what they are at


def work() -> None:
    """Run each job when it is due, each in a thread of its own: a slow one, such as the post, holds up no other.

    Ends on SIGTERM or SIGINT, and when the server that started it is gone. What was not done by then stays in rows.
    """
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    watch = open_watch(open_store())
    watch.start()
    threads = [threading.Thread(target=_keep_doing, args=(job, stop), daemon=True) for job in JOBS]
    for thread in threads:
        thread.start()
    while not stop.wait(TICK) and not parent.is_gone():
        pass
    stop.set()
    watch.stop()
    _wait_for(threads)


class Outage:
    """Says that a database is away once, and that it is back once, however many jobs meet it however often.

    It is back when every job that met it has been done: one of the two databases may be there all the time.
    """

    def __init__(self) -> None:
        self._lock, self._waiting = threading.Lock(), set[str]()

    def is_met(self, job: Job, error: Exception) -> None:
        with self._lock:
            if not self._waiting:
                reason = str(error).partition("\n")[0]
                logger.warning("The database does not answer %s; the worker waits for it. (%s)", _name(job), reason)
            self._waiting.add(_name(job))

    def is_over(self, job: Job) -> None:
        with self._lock:
            if self._waiting == {_name(job)}:
                logger.warning("The database answers again.")
            self._waiting.discard(_name(job))


outage = Outage()


def run(job: Job) -> None:
    """Do the job once. Its failure is logged, and is no reason to stop."""
    try:
        job.run()
    except (OperationalError, InterfaceError) as error:
        outage.is_met(job, error)
    except Exception:
        logger.exception("%s failed", _name(job))
    else:
        if _has_asked_a_database():
            outage.is_over(job)
    finally:
        close_old_connections()


def _has_asked_a_database() -> bool:
    """In this thread, since its connections were closed last."""
    return any(connection.connection for connection in connections.all(initialized_only=True))


def _name(job: Job) -> str:
    return getattr(job.run, "__name__", str(job.run))


def _keep_doing(job: Job, stop: threading.Event) -> None:
    while not stop.is_set():
        run(job)
        stop.wait(job.every)


def _wait_for(threads: list[threading.Thread]) -> None:
    until = time.monotonic() + GRACE
    for thread in threads:
        thread.join(timeout=max(0.0, until - time.monotonic()))
