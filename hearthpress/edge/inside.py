"""Django behind the fast path: its sync handler, in one bounded pool of threads, one request in each."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.edge.bodies import (
    MAX_BODY,
    MAX_BODY_OF_STRANGERS,
    Body,
    TooLarge,
    TooMany,
    TooSlow,
    body_of,
    let_pass,
    pieces,
    refuse,
)
from hearthpress.edge.headers import PRIVATE, is_public
from hearthpress.edge.keys import EVERY_PAGE, keys_of_page
from hearthpress.edge.page import FOREVER, Page
from hearthpress.edge.rsgi import HTTP, HeaderList, Scope, Transport

# What a page must not carry, or what the fast path writes itself.
LEFT_OUT = frozenset({"set-cookie", "content-length", "etag", "vary", "date", "cache-control", "content-encoding"})

READS = frozenset({"GET", "HEAD"})
MOST_WAITING = 256  # requests in Django or waiting for one of its threads, which answer some hundred a second
LATER = ("retry-after", "5")  # seconds

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Any]


class Inside:
    """`handler` is Django's WSGIHandler; it returns the HttpResponse itself."""

    def __init__(self, handler: WSGI, executor: Executor, *, cdn_seconds: int = 0) -> None:
        self.handler, self.executor = handler, executor
        # A CDN that we can purge may keep pages; everybody else asks each time (a 304 is cheap).
        self.cache_control = f"max-age=0, must-revalidate, s-maxage={cdn_seconds}" if cdn_seconds else "no-cache"
        self.tells_keys = cdn_seconds > 0
        self.is_public = lru_cache(4096)(_is_public)
        self._waiting = 0

    def render(self, path: str) -> Page:
        """The page at a public path, made from nothing but the path."""
        response = self.handler(_clean_environ(path), _ignore)
        try:
            return self._page(path, response, _whole_body(response))
        finally:
            response.close()

    async def pass_on(self, scope: Scope, http: HTTP) -> None:
        """Let Django answer. The request waits for a thread only once its body is here: slow senders hold up nobody."""
        if scope.method not in READS and self.is_public(scope.path):
            refuse(http, 405, _("This page can only be read."), ("allow", "GET, HEAD"))
            return
        body = await self._body(scope, http)
        if body is None:
            return
        if self._waiting >= MOST_WAITING:
            body.close()
            self.refuse_busy(http)
            return
        loop = asyncio.get_running_loop()
        self._waiting += 1
        try:
            await loop.run_in_executor(self.executor, self._answer, _environ(scope, body), Sender(http, loop))
        finally:
            self._waiting -= 1

    def refuse_busy(self, http: HTTP) -> None:
        """Where more wait than could be answered in some seconds, whoever comes is better told so at once."""
        refuse(http, 503, _("Very many people are here at this moment. Please try again in a few seconds."), LATER)

    async def _body(self, scope: Scope, http: HTTP) -> Body | None:
        """All of it; None once the sender was told why not."""
        coming = pieces(http)
        try:
            return await body_of(scope, coming, MAX_BODY if _has_session(scope) else MAX_BODY_OF_STRANGERS)
        except TooLarge:
            await let_pass(coming)
            refuse(http, 413, _("This is too large: at most 16 MB can be sent at once, and 4 MB without signing in."))
        except TooMany:
            await let_pass(coming)
            self.refuse_busy(http)
        except TooSlow:
            refuse(http, 408, _("What you sent did not arrive. Please try again."))
        return None

    def _answer(self, environ: dict[str, Any], sender: "Sender") -> None:
        """In a thread, from the first line of the view to the last byte: a file's rows are read where it was begun."""
        with closing(environ["wsgi.input"]):
            response = self.handler(environ, _ignore)
            try:
                sender.send(response, is_head=environ["REQUEST_METHOD"] == "HEAD")
            finally:
                response.close()

    def _page(self, path: str, response: HttpResponseBase, content: bytes) -> Page:
        forever = FOREVER in response.get("Cache-Control", "")
        kept = response.status_code in {200, 410} and (forever or getattr(response, "is_public_page", False))
        keys = frozenset({EVERY_PAGE, *keys_of_page(response)})
        headers = [(name.lower(), value) for name, value in response.items() if name.lower() not in LEFT_OUT]
        as_said = response.get("Cache-Control", PRIVATE)
        headers += [("cache-control", as_said if forever or not kept else self.cache_control)]
        headers += [("vary", "accept-encoding")]
        if self.tells_keys and kept:
            headers += [("surrogate-key", " ".join(sorted(keys)))]
        return Page(path, response.status_code, tuple(headers), content, keys, _good_until(response), kept)


@dataclass(frozen=True)
class Sender:
    """Sends from a thread what belongs to the event loop."""

    http: HTTP
    loop: asyncio.AbstractEventLoop

    def send(self, response: HttpResponseBase, *, is_head: bool) -> None:
        status, headers = response.status_code, _headers(response)
        if is_head or status in {204, 304}:
            self._in_loop(self._empty(status, headers))
        elif response.streaming and not response.has_header("Content-Length"):
            transport = self._in_loop(self._begin(status, headers))
            for chunk in response:
                self._in_loop(transport.send_bytes(chunk))
        else:
            content = _whole_body(response)
            self._in_loop(self._whole(status, [*headers, ("content-length", str(len(content)))], content))

    def _in_loop(self, sending: Awaitable[Any]) -> Any:
        async def whole() -> Any:
            return await sending

        return asyncio.run_coroutine_threadsafe(whole(), self.loop).result()

    async def _empty(self, status: int, headers: HeaderList) -> None:
        self.http.response_empty(status, headers)

    async def _begin(self, status: int, headers: HeaderList) -> Transport:
        return self.http.response_stream(status, headers)

    async def _whole(self, status: int, headers: HeaderList, content: bytes) -> None:
        self.http.response_bytes(status, headers, content)


def _has_session(scope: Scope) -> bool:
    """Whether somebody says to be signed in. Django finds out whether it is true, once all is here."""
    return any(f"{settings.SESSION_COOKIE_NAME}=" in cookies for cookies in scope.headers.get_all("cookie"))


def _is_public(path: str) -> bool:
    if path.startswith(settings.STATIC_URL):
        return True
    try:
        return is_public(resolve(path).func)
    except Resolver404:
        return False


def _good_until(response: HttpResponseBase) -> datetime | None:
    """When time alone makes the page untrue: a view says so by the attribute `good_until`."""
    until: datetime | None = getattr(response, "good_until", None)
    return max(until, clock.now()) if until else None


def _whole_body(response: HttpResponseBase) -> bytes:
    return response.content if isinstance(response, HttpResponse) else b"".join(response)


def _headers(response: HttpResponseBase) -> HeaderList:
    """All but the length, which whoever sends knows."""
    pairs = [(name.lower(), value) for name, value in response.items() if name.lower() != "content-length"]
    return [*pairs, *(("set-cookie", morsel.OutputString()) for morsel in response.cookies.values())]


def _clean_environ(path: str) -> dict[str, Any]:
    """A request for the path by nobody: at our own address, without cookies, query or headers of whoever asked."""
    public = urlsplit(settings.PUBLIC_ADDRESS)
    environ = _basic_environ("GET", path, "", public.scheme)
    environ |= {"HTTP_HOST": public.netloc, "SERVER_NAME": public.hostname or "", "REMOTE_ADDR": "127.0.0.1"}
    environ |= {"HTTP_X_FORWARDED_PROTO": public.scheme, "wsgi.input": io.BytesIO()}
    return environ


def _environ(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    environ = _basic_environ(scope.method, scope.path, scope.query_string, scope.scheme)
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in _joined(scope)}
    if "HTTP_HOST" not in environ and scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        environ[name] = environ.pop(f"HTTP_{name}", "")
    length = body.seek(0, io.SEEK_END)
    body.seek(0)
    # The length that came; what was declared may be another, or none.
    environ |= {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
    environ["REMOTE_ADDR"] = scope.client.rpartition(":")[0].strip("[]")
    return environ


def _basic_environ(method: str, path: str, query: str, scheme: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_wsgi(path),
        "QUERY_STRING": _as_wsgi(query),
        "SERVER_NAME": settings.HOST,
        "SERVER_PORT": str(settings.PORT),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _joined(scope: Scope) -> Iterator[tuple[str, str]]:
    """Each header once (RFC 9110, 5.3). Names with an underscore would pass for those with a hyphen: left out."""
    found: dict[str, list[str]] = {}
    for name, value in scope.headers.items():
        if "_" not in name:
            found.setdefault(name, []).append(value)
    for name, values in found.items():
        yield name, _as_wsgi(("; " if name == "cookie" else ",").join(values))


def _as_wsgi(text: str) -> str:
    """PEP 3333: what was sent is bytes that stand in a string as Latin-1."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def _ignore(*_: Any) -> None:
    """WSGI's start_response: Django's handler returns all that it would be told."""
