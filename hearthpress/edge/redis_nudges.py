"""Nudges through Redis, between hosts.

The numbered purges are also kept in a Redis stream, for a host that can reach Redis and not the database.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import Any

import redis

from hearthpress.edge.nudges import Nudges
from hearthpress.edge.purges import Purged

STREAM_LENGTH = 10_000
TIMEOUT = 0.4  # seconds: who waits for it looks for purges again within a second all the same
REST = 5.0  # seconds in which Redis is not asked again after it did not answer

logger = logging.getLogger(__name__)


class RedisNudges(Nudges):
    """Between hosts. Redis being away is told in the log once, and changes nothing: the rows are the truth."""

    keep_purges = True

    def __init__(self, url: str, installation: str) -> None:
        super().__init__()
        self._client: redis.Redis = redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)
        name = hashlib.blake2b(installation.encode(), digest_size=8, person=b"nudges").hexdigest()
        self._name = f"hearthpress:{name}:purges"
        self._heard: Any = None
        self._is_away = False
        self._asked_again = 0.0  # when it will be: time.monotonic

    def nudge(self) -> None:
        super().nudge()
        self._try(lambda: self._client.publish(self._name, b""))

    def wait(self, seconds: float) -> None:
        if not self._try(lambda: self._listen(seconds)):
            self._heard = None
            super().wait(seconds)

    def tell(self, lineage: str, purges: Iterable[Purged]) -> bool:
        return all(self._try(partial(self._add, lineage, purged)) for purged in purges)

    def since(self, lineage: str, generation: int) -> list[Purged] | None:
        found: list[Purged] | None = None

        def read() -> None:
            nonlocal found
            rows: Any = self._client.xrange(self._stream(lineage), min=f"{generation}-1")
            numbered = [
                Purged(int(number.split(b"-")[0]), tuple(row[b"keys"].decode().split())) for number, row in rows
            ]
            # The one that we know must be there too: else the stream was lost, or begins after a gap.
            known = [purged.generation for purged in numbered]
            if known and known == list(range(generation, generation + len(known))):
                found = numbered[1:]

        self._try(read)
        return found

    def _listen(self, seconds: float) -> None:
        if self._heard is None:
            self._heard = self._client.pubsub(  # type: ignore[no-untyped-call]
                ignore_subscribe_messages=True
            )
            self._heard.subscribe(self._name)
        self._heard.get_message(timeout=seconds)

    def _add(self, lineage: str, purged: Purged) -> None:
        number, keys = f"{purged.generation}-1", {"keys": " ".join(purged.keys)}
        try:
            self._client.xadd(self._stream(lineage), keys, id=number, maxlen=STREAM_LENGTH)  # type: ignore[arg-type]
        except redis.ResponseError as error:
            if "equal or smaller" not in str(error):  # such as: out of memory, or read only
                raise
            logger.debug("Another host has told of purge %s.", purged.generation)

    def _stream(self, lineage: str) -> str:
        return f"{self._name}:{lineage}"

    def _try(self, action: Callable[[], object]) -> bool:
        if monotonic() < self._asked_again:
            return False
        try:
            action()
        except redis.RedisError as error:
            if not self._is_away:
                logger.warning("Redis does not answer (%s): hosts look for purges in the database alone.", error)
            self._is_away, self._asked_again = True, monotonic() + REST
            return False
        self._is_away = False
        return True
