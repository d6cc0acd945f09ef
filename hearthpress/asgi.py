"""The ASGI application that granian serves: Django behind a gate."""

import asyncio
import os
import warnings
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.utils.translation import gettext as _

from hearthpress import parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearthpress.settings")

# Static files are small, and are read whole; that is all that this warning is about.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

MAX_BODY = 16 * 1024 * 1024  # bytes: the largest picture that editing takes (15 MB), and the form around it
LET_PASS = 4 * MAX_BODY  # bytes of a refused body that are read and thrown away

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]


class Gate:
    """Refuses bodies above MAX_BODY bytes before they are kept, and lets `at_once` requests in at the same time.

    Django gives each request that is let in a thread and its own connection to the database: this bounds both. The
    server's own limit counts connections, also those that browsers keep open and idle, and so cannot be this low.
    """

    def __init__(self, application: Application, at_once: int) -> None:
        self.application = application
        self.turns = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        if _declared_length(scope) > MAX_BODY:
            await _refuse(receive, send)
            return
        body = Body(receive, self.turns)
        try:
            await self.application(scope, body.receive, send)
        finally:
            body.end_turn()
        if body.too_large:
            await _refuse(receive, send)


class Body:
    """A request's body on its way in. The request has its turn once the body is whole: slow senders hold up nobody."""

    def __init__(self, receive: Receive, turns: asyncio.Semaphore) -> None:
        self._receive, self._turns = receive, turns
        self._length = 0
        self._has_turn = self.too_large = False

    async def receive(self) -> Message:
        """The next message. A body that grows too large looks to the application as if its sender had left."""
        message = await self._receive()
        if message["type"] != "http.request":
            return message
        self._length += len(message.get("body", b""))
        if self._length > MAX_BODY:
            self.too_large = True
            return {"type": "http.disconnect"}
        if not message.get("more_body", False):
            await self._turns.acquire()
            self._has_turn = True
        return message

    def end_turn(self) -> None:
        if self._has_turn:
            self._turns.release()


def _declared_length(scope: Message) -> int:
    lengths = [int(value) for name, value in scope["headers"] if name == b"content-length" and value.isdigit()]
    return max(lengths, default=0)


async def _let_pass(receive: Receive) -> None:
    """Read on and keep nothing: browsers hear an answer only once they have sent all. Not without end."""
    passed, more = 0, True
    while more and passed < LET_PASS:
        message = await receive()
        passed += len(message.get("body", b""))
        more = message.get("more_body", False)


async def _refuse(receive: Receive, send: Send) -> None:
    await _let_pass(receive)
    words = _("This is too large: at most 16 MB can be sent at once.").encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"cache-control", b"private, no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": words})


parent.leave_when_gone()
application = Gate(get_asgi_application(), settings.REQUESTS_AT_ONCE)
