"""Bodies on their way in: bounded, and held by nobody while they are slow. Knows no Django."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator
from time import monotonic

from hearthpress.edge.rsgi import HTTP, Scope

MAX_BODY = 16 * 1024 * 1024  # bytes: the largest picture that editing takes (15 MB), and the form around it
LET_PASS = 4 * MAX_BODY  # bytes of a refused body that are read and thrown away
LONGEST_LENGTH = 12  # digits of a Content-Length that is worth reading
IN_MEMORY = 256 * 1024  # bytes of a body; what is longer waits in a file
PATIENCE = 30.0  # seconds for the next piece of a body
WHOLE = 600.0  # seconds for all of it: 16 MB in that time are a fifth of a megabit a second
MOST_HELD = 512 * 1024 * 1024  # bytes of all bodies that one process has at the same time

logger = logging.getLogger(__name__)


class TooLarge(Exception):
    """The body is above MAX_BODY bytes."""


class TooSlow(Exception):
    """The body did not come."""


class TooMany(Exception):
    """So much of others is here that there is no room for it now."""


class Body(tempfile.SpooledTemporaryFile[bytes]):
    """One body; what all of them together hold is counted. Whoever answers closes it."""

    held = 0

    def __init__(self) -> None:
        super().__init__(IN_MEMORY)
        self.length = 0

    def take(self, piece: bytes) -> None:
        """Raises TooLarge, TooMany."""
        self.length += len(piece)
        Body.held += len(piece)
        if self.length > MAX_BODY:
            raise TooLarge
        if Body.held > MOST_HELD:
            raise TooMany
        self.write(piece)

    def close(self) -> None:
        Body.held -= self.length
        self.length = 0
        super().close()


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


async def body_of(scope: Scope, coming: AsyncIterator[bytes]) -> Body:
    """The body, whole, from its `pieces`. Raises TooLarge, TooSlow, TooMany."""
    declared = scope.headers.get("content-length") or ""
    if declared.isdecimal() and (len(declared) > LONGEST_LENGTH or int(declared) > MAX_BODY):
        raise TooLarge
    body = Body()
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
