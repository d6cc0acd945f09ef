"""Requests and answers as granian hands them over (RSGI), for tests that need no server."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field

from hearthpress.edge.rsgi import HeaderList


class Headers:
    """Names in lower case; a name may come several times."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = [(name.lower(), value) for name, value in pairs]

    def get(self, name: str) -> str | None:
        return next((value for known, value in self.pairs if known == name), None)

    def get_all(self, name: str) -> list[str]:
        return [value for known, value in self.pairs if known == name]

    def items(self) -> list[tuple[str, str]]:
        return self.pairs


@dataclass
class Ask:
    """A request: `Ask("/", {"range": "bytes=0-1"})`."""

    path: str = "/"
    given: Mapping[str, str] = field(default_factory=dict)
    method: str = "GET"
    query_string: str = ""
    client: str = "203.0.113.9:4711"
    scheme: str = "http"
    http_version: str = "1.1"
    authority: str | None = None
    more: Iterable[tuple[str, str]] = ()

    @property
    def headers(self) -> Headers:
        return Headers([*{"host": "testserver", **self.given}.items(), *self.more])


class Transport:
    def __init__(self, answer: "Answer") -> None:
        self.answer = answer

    async def send_bytes(self, data: bytes) -> None:
        self.answer.pieces.append(bytes(data))


class Answer:
    """What came back; and what is on its way in, which may be without end."""

    def __init__(self, coming: AsyncIterator[bytes] | Iterable[bytes] = ()) -> None:
        self.status, self.head = 0, Headers([])
        self.pieces: list[bytes] = []
        self._coming = coming if hasattr(coming, "__anext__") else _all(coming)

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    def __aiter__(self) -> AsyncIterator[bytes]:
        coming, self._coming = self._coming, None
        assert coming is not None, "granian hands a body over once"
        return coming

    def response_empty(self, status: int, headers: HeaderList) -> None:
        self.response_bytes(status, headers, b"")

    def response_bytes(self, status: int, headers: HeaderList, body: bytes) -> None:
        assert self.status == 0, "answered twice"
        self.status, self.head, self.pieces = status, Headers(headers), [body]

    def response_stream(self, status: int, headers: HeaderList) -> Transport:
        self.response_bytes(status, headers, b"")
        self.pieces = []
        return Transport(self)

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    def __getitem__(self, name: str) -> str | None:
        return self.head.get(name)


async def _all(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
