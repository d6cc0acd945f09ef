"""What bench_views serves: the intake of views as it is, and beside it a constant 204 on the same server."""

import asyncio

import django

django.setup()

from hearthpress.edge.rsgi import HTTP, Scope  # noqa: E402
from hearthpress.readership.wiring import taking  # noqa: E402  Django has to be set up first

NOTHING = [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]


async def nothing(scope: Scope, http: HTTP) -> None:
    """A constant answer, after the body was read as the intake reads it."""
    await http()
    http.response_empty(204, NOTHING)


async def inside(scope: Scope, http: HTTP) -> None:
    """No request of the benchmark needs Django."""
    http.response_empty(500, NOTHING)


class Application:
    def __init__(self) -> None:
        self.taking = taking(inside)
        self.handlers = {**self.taking.handlers(), "/nothing": nothing}

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.taking.start(loop)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.taking.stop()

    async def __rsgi__(self, scope: Scope, http: HTTP) -> None:
        await self.handlers.get(scope.path, inside)(scope, http)


application = Application()
