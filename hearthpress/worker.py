"""The worker: carries out what rows ask for, until it is told to stop."""

import logging
import signal
import threading
import time

from django.db import close_old_connections

from hearthpress.schedule import JOBS, Job

logger = logging.getLogger(__name__)

TICK = 0.5


def work() -> None:
    """Run each job when it is due. One job's failure is logged and does not stop the others."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    due = {id(job): 0.0 for job in JOBS}
    while not stop.wait(TICK):
        for job in JOBS:
            if due[id(job)] <= time.monotonic() and not stop.is_set():
                run(job)
                due[id(job)] = time.monotonic() + job.every
        close_old_connections()


def run(job: Job) -> None:
    try:
        job.run()
    except Exception:
        logger.exception("%s failed", getattr(job.run, "__name__", job.run))
