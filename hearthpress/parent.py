"""What `hearthpress serve` started leaves when that is gone, even when it was killed and could tell nobody."""

import os
import signal
import threading
import time

VARIABLE = "HEARTHPRESS_PARENT"  # the number of the process that serves, set by itself for those that it starts
LOOK_EVERY = 0.5  # seconds
LEAVING = 5  # seconds to answer what is being answered


def be_parent() -> None:
    """Processes that are started from now on belong to this one."""
    os.environ[VARIABLE] = str(os.getpid())


def is_gone() -> bool:
    """Whether this process was started by one that is there no more. Never, for one that was started by itself."""
    parent = os.environ.get(VARIABLE)
    return parent is not None and int(parent) not in {os.getppid(), os.getpid()}


def leave_when_gone() -> None:
    """Watch from a thread, and end this process once its parent is gone. Does nothing under another server."""
    if VARIABLE in os.environ:
        threading.Thread(target=_watch, name="parent", daemon=True).start()


def _watch() -> None:
    while not is_gone():
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LEAVING)
    os._exit(1)
