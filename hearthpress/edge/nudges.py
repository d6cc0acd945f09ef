"""Hosts wake each other when there is something to purge. A lost message costs a quarter of a second."""

import threading
from collections.abc import Iterable

from hearthpress.edge.purges import Purged


class Nudges:
    """Within one process: what one host on SQLite needs."""

    keep_purges = False  # for hosts that cannot reach the database

    def __init__(self) -> None:
        self._event = threading.Event()

    def nudge(self) -> None:
        """Wake whoever waits."""
        self._event.set()

    def wait(self, seconds: float) -> None:
        """Until somebody nudges, and `seconds` at most."""
        self._event.wait(seconds)
        self._event.clear()

    def tell(self, lineage: str, purges: Iterable[Purged]) -> bool:  # noqa: ARG002  only Redis keeps any
        """Keep these for hosts that cannot reach the database. Whether they are kept."""
        return self.keep_purges

    def since(self, lineage: str, generation: int) -> list[Purged] | None:  # noqa: ARG002  only Redis has any
        """The purges after `generation` without a gap, or None when that cannot be known."""
        return None
