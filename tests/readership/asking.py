"""Requests as the server hands them over (RSGI), and the intake on the test's own databases."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from hearthpress.readership import wiring
from hearthpress.readership.settling import settle_arrivals
from hearthpress.readership.taking import Taking
from tests.readership.conftest import PHONE

OURS = {
    "host": "testserver",
    "user-agent": PHONE,
    "sec-fetch-site": "same-origin",
    "content-type": "text/plain;charset=UTF-8",
}


def settled(kept: Any) -> Any:
    """The rows of a model as they are once the worker has settled what arrived."""
    settle_arrivals()
    return kept.objects


class Headers:
    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs

    def get(self, name: str) -> str | None:
        return next(iter(self.get_all(name)), None)

    def get_all(self, name: str) -> list[str]:
        return [value for known, value in self.pairs if known == name]

    def items(self) -> list[tuple[str, str]]:
        return list(self.pairs)


@dataclass
class Scope:
    headers: Headers
    method: str = "POST"
    path: str = "/v"
    query_string: str = ""
    client: str = "203.0.113.1:4711"
    scheme: str = "http"
    http_version: str = "1.1"
    authority: str | None = None


@dataclass
class Http:
    """The body on its way in, in pieces, and the answer."""

    pieces: list[bytes]
    read: int = 0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    async def __call__(self) -> bytes:
        self.read += len(self.pieces)
        return b"".join(self.pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.read += 1
            yield piece

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = status, dict(headers), body


def beacon(story_key: str, seconds: float = 11, **said: Any) -> bytes:
    return json.dumps({"s": story_key, "t": seconds, "w": False, **said}, separators=(",", ":")).encode()


def post(body: bytes, *more: tuple[str, str], pieces: list[bytes] | None = None, **changed: Any) -> tuple[Scope, Http]:
    """POST /v as our script sends it; a header given as None is left out, `pieces` come without a length."""
    length = {} if pieces else {"content-length": str(len(body))}
    headers = {**OURS, **length, **changed.pop("headers", {})}
    pairs = [(name, value) for name, value in headers.items() if value is not None]
    return Scope(Headers(*pairs, *more), **changed), Http(pieces or [body])


def get(story_key: str, *more: tuple[str, str], **changed: Any) -> tuple[Scope, Http]:
    pairs = [("host", "testserver"), ("user-agent", PHONE), *more]
    asked = {"method": "GET", "path": "/v.gif", "query_string": f"s={story_key}", **changed}
    return Scope(Headers(*pairs), **asked), Http([])


def answer(*requests: tuple[Scope, Http]) -> list[Http]:
    """What the intake answers to these requests, all sent at once; 299 is what was passed on to Django."""
    return asyncio.run(_answer(list(requests)))


def in_turn(*steps: tuple[Scope, Http] | Callable[[Taking], object]) -> list[Http]:
    """The same one after the other, with what happens in between."""

    async def walk() -> list[Http]:
        taking = wiring.taking(inside)
        taking.start(asyncio.get_running_loop())
        answered = []
        for step in steps:
            if callable(step):
                await asyncio.to_thread(_between, step, taking)
            else:
                await taking.handlers()[step[0].path](*step)
                answered.append(step[1])
        await asyncio.get_running_loop().run_in_executor(None, taking.stop)
        return answered

    return asyncio.run(walk())


async def _answer(requests: list[tuple[Scope, Http]]) -> list[Http]:
    taking = wiring.taking(inside)
    taking.start(asyncio.get_running_loop())
    await asyncio.gather(*(taking.handlers()[scope.path](scope, http) for scope, http in requests))
    await asyncio.get_running_loop().run_in_executor(None, taking.stop)
    return [http for _scope, http in requests]


def _between(step: Callable[[Taking], object], taking: Taking) -> None:
    try:
        step(taking)
    finally:
        connections.close_all()


async def inside(_scope: Scope, http: Http) -> None:
    assert http.read == 0, "a body that was read cannot be passed on"
    http.response_empty(299, [])
