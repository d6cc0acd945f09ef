"""Bodies on their way in: bounded, and held by nobody while they are slow. Knows no Django."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator
from typing import IO

from hearthpress.edge.rsgi import HTTP, Scope

MAX_BODY = 16 * 1024 * 1024  # bytes: the largest picture that editing takes (15 MB), and the form around it
LET_PASS = 4 * MAX_BODY  # bytes of a refused body that are read and thrown away
IN_MEMORY = 256 * 1024  # bytes of a body; what is longer waits in a file
PATIENCE = 30.0  # seconds for the next piece of a body

logger = logging.getLogger(__name__)


class TooLarge(Exception):
    """The body is above MAX_BODY bytes."""


class TooSlow(Exception):
    """The body did not come."""


async def pieces(http: HTTP) -> AsyncIterator[bytes]:
    """The body as it comes: to be asked for once. Raises TooSlow."""
    coming = aiter(http)
    while True:
        try:
            yield await asyncio.wait_for(anext(coming), PATIENCE)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise TooSlow from error


async def body_of(scope: Scope, coming: AsyncIterator[bytes]) -> IO[bytes]:
    """The body, whole, from its `pieces`. Raises TooLarge, TooSlow."""
    declared = scope.headers.get("content-length") or ""
    if declared.isdigit() and int(declared) > MAX_BODY:
        raise TooLarge
    body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  closed by whoever answers
    if not declared and scope.headers.get("transfer-encoding") is None and scope.method in {"GET", "HEAD"}:
        return body
    try:
        length = 0
        async for chunk in coming:
            length += len(chunk)
            if length > MAX_BODY:
                raise TooLarge
            body.write(chunk)
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


def refuse(http: HTTP, status: int, sentence: str) -> None:
    """Answer with one plain sentence."""
    words = sentence.encode()
    headers = [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(words))),
        ("cache-control", "private, no-store"),
        ("x-content-type-options", "nosniff"),
    ]
    http.response_bytes(status, headers, words)
