"""Bodies on their way in: bounded, and held by nobody while they are slow. Knows no Django."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
from threading import RLock
from time import monotonic

from hearthpress.edge.rsgi import HTTP, Scope

MAX_BODY = 16 * 1024 * 1024  # bytes: the largest picture that editing takes (15 MB), and the form around it
# Bytes without a session: whoever was signed out while writing gets back the text, and 1 MB of it may be 3 in a form.
MAX_BODY_OF_STRANGERS = 4 * 1024 * 1024
LET_PASS = 4 * MAX_BODY  # bytes of a refused body that are read and thrown away
LONGEST_LENGTH = 12  # digits of a Content-Length that is worth reading
IN_MEMORY = 256 * 1024  # bytes of a body; what is longer waits in a file
ALL_IN_MEMORY = 64 * 1024 * 1024  # bytes of all bodies; while more is here, short ones wait in files too
PATIENCE = 30.0  # seconds for the next piece of a body
WHOLE = 600.0  # seconds for all of it: 16 MB in that time are a fifth of a megabit a second
ALWAYS = 64 * 1024  # bytes for which there is room however much of others is here: signing in, a letter, a setting
MOST_HELD = 512 * 1024 * 1024  # bytes of all bodies that one process has at the same time

logger = logging.getLogger(__name__)


class TooLarge(Exception):
    """The body has more bytes than it may have."""


class TooSlow(Exception):
    """The body did not come."""


class TooMany(Exception):
    """So much of others is here that there is no room for it now."""


class Body(tempfile.SpooledTemporaryFile[bytes]):
    """One body of at most `most` bytes; what all of them together hold is counted. Whoever answers closes it."""

    held = 0
    _counting = RLock()  # they are closed in many threads

    def __init__(self, most: int) -> None:
        super().__init__(IN_MEMORY)
        self.most, self.length = most, 0

    def take(self, piece: bytes) -> None:
        """Raises TooLarge, TooMany."""
        self._count(len(piece))
        if self.length > self.most:
            raise TooLarge
        if Body.held > MOST_HELD and self.length > ALWAYS:
            raise TooMany
        try:
            if Body.held > ALL_IN_MEMORY:
                self.rollover()
            self.write(piece)
            self.flush()
        except OSError as error:  # the disk is full, or too many files are open
            raise TooMany from error

    def close(self) -> None:
        self._count(-self.length)
        with suppress(OSError):  # what could not be written is not wanted any more
            super().close()

    def _count(self, more: int) -> None:
        with self._counting:
            self.length += more
            Body.held += more


async def pieces(http: HTTP) -> AsyncIterator[bytes]:
    """The body as it comes: to be asked for once. Raises TooSlow."""
    coming = aiter(http)
    until = monotonic() + WHOLE
    while True:
        try:
            yield await asyncio.wait_for(anext(coming), min(PATIENCE, until - monotonic()))
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise TooSlow from error


async def body_of(scope: Scope, coming: AsyncIterator[bytes], most: int) -> Body:
    """The body of at most `most` bytes, whole, from its `pieces`. Raises TooLarge, TooSlow, TooMany."""
    declared = scope.headers.get("content-length") or ""
    if declared.isdecimal() and (len(declared) > LONGEST_LENGTH or int(declared) > most):
        raise TooLarge
    body = Body(most)
    if not declared and scope.headers.get("transfer-encoding") is None and scope.method in {"GET", "HEAD"}:
        return body
    try:
        async for piece in coming:
            body.take(piece)
    except BaseException:
        body.close()
        raise
    return body


async def let_pass(coming: AsyncIterator[bytes]) -> None:
    """Read on and keep nothing: browsers hear an answer only once they have sent all. Not without end."""
    passed = 0
    try:
        async for chunk in coming:
            passed += len(chunk)
            if passed > LET_PASS:
                break
    except TooSlow:
        logger.debug("Nothing more came.")


def refuse(http: HTTP, status: int, sentence: str, *more: tuple[str, str]) -> None:
    """Answer with one plain sentence, and with `more` headers."""
    words = sentence.encode()
    headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(words))),
        ("cache-control", "private, no-store"),
        ("x-content-type-options", "nosniff"),
        *more,
    ]
    http.response_bytes(status, headers, words)
