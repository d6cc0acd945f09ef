"""The part of RSGI 1 that we use, granian's own interface: see docs/spec/RSGI.md in its repository."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

HeaderList = list[tuple[str, str]]


class RequestHeaders(Protocol):
    """Names are in lower case."""

    def get(self, name: str) -> str | None: ...
    def get_all(self, name: str) -> list[str]: ...
    def items(self) -> list[tuple[str, str]]: ...


class Scope(Protocol):
    """One request. `path` is percent-decoded; `client` is "address:port"; `authority` is there in HTTP/2."""

    method: str
    path: str
    query_string: str
    client: str
    scheme: str
    http_version: str
    authority: str | None

    @property
    def headers(self) -> RequestHeaders: ...


class Transport(Protocol):
    """An answer that is sent in pieces."""

    async def send_bytes(self, data: bytes) -> None: ...


class HTTP(Protocol):
    """The answer to one request, and its body on the way in."""

    async def __call__(self) -> bytes: ...
    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def response_empty(self, status: int, headers: HeaderList) -> None: ...
    def response_bytes(self, status: int, headers: HeaderList, body: bytes) -> None: ...
    def response_stream(self, status: int, headers: HeaderList) -> Transport: ...


Handler = Callable[[Scope, HTTP], Awaitable[None]]
