"""What bench_views serves: the intake of views as it is, and beside it a constant 204 on the same server."""

import asyncio
from typing import Any

import django

django.setup()

from hearthpress.readership.wiring import taking  # noqa: E402  Django has to be set up first

NOTHING = [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]


async def nothing(scope: Any, protocol: Any) -> None:
    """A constant answer, after the body was read as the intake reads it."""
    await protocol()
    protocol.response_empty(204, NOTHING)


async def inside(scope: Any, protocol: Any) -> None:
    """No request of the benchmark needs Django."""
    protocol.response_empty(500, NOTHING)


class Application:
    def __init__(self) -> None:
        self.taking = taking(inside)
        self.handlers = {**self.taking.handlers(), "/nothing": nothing}

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:  # noqa: N807  the server's name for it
        self.taking.start(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:  # noqa: N807
        self.taking.stop()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:  # noqa: N807
        await self.handlers.get(scope.path, inside)(scope, protocol)


application = Application()
