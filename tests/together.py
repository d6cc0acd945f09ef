"""Several people acting at the same moment, each on a connection of their own."""

from collections.abc import Callable
from contextvars import copy_context
from threading import Barrier, Thread
from typing import Any

from django.db import connections

PATIENCE = 60


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave back or raised, all of them begun together in threads."""
    outcomes: list[Any] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait(PATIENCE)
        try:
            outcomes[number] = act()
        except Exception as error:  # noqa: BLE001  it is what the test looks at
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=copy_context().run, args=(run, number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes
