"""The worker: carries out what rows ask for, until it is told to stop."""

import logging
import signal
import threading
import time

from django.db import close_old_connections

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


def run(job: Job) -> None:
    """Do the job once. Its failure is logged, and is no reason to stop."""
    try:
        job.run()
    except Exception:
        logger.exception("%s failed", getattr(job.run, "__name__", job.run))
    finally:
        close_old_connections()


def _keep_doing(job: Job, stop: threading.Event) -> None:
    while not stop.is_set():
        run(job)
        stop.wait(job.every)


def _wait_for(threads: list[threading.Thread]) -> None:
    until = time.monotonic() + GRACE
    for thread in threads:
        thread.join(timeout=max(0.0, until - time.monotonic()))
