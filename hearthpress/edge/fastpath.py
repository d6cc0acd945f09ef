"""Answers reads of public pages from the page store, without entering Django. Knows no Django.

What costs time is done once for each page and encoding: a request compares a few strings and hands over what is ready.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Protocol

from hearthpress.edge.answers import Ready, ready, send
from hearthpress.edge.encodings import wanted
from hearthpress.edge.page import Page, is_keepable
from hearthpress.edge.rsgi import HTTP, Handler, Scope
from hearthpress.edge.store import PageStore

MEMORY = 16 * 1024 * 1024  # bytes of bodies that each process holds ready
HOSTS = 64  # different Host headers known to be ours (a port is a part of them)
LONGEST_ACCEPT = 200  # characters of an Accept-Encoding header; browsers send 25
ACCEPTS = 256  # different ones whose meaning is remembered
AWAY_AFTER = 2.0  # seconds without a word from the database until answers say so
COMPLAIN_EVERY = 60.0  # seconds
MOST_FLIGHTS = 256  # different pages being made or waiting for it: a hundred a second are made, and more is no reader
TRIES = 3  # renderings of a page that is purged while it is rendered

logger = logging.getLogger(__name__)

Encodings = tuple[str, ...]


class Behind(Protocol):
    """Django, as the fast path sees it."""

    def is_public(self, path: str) -> bool:
        """Whether the page at this path is the same for everybody."""

    def render(self, path: str) -> Page:
        """Make the page, from nothing of the request but its path. Never raises."""

    async def pass_on(self, scope: Scope, http: HTTP) -> None:
        """Answer any other request."""

    def refuse_busy(self, http: HTTP) -> None:
        """Say that so many ask for so much that it is better to come again in a moment (503)."""


@dataclass(frozen=True)
class Site:
    """`is_host`: whether a Host header is ours. `secure_only`: plain requests go to Django, which redirects them.

    `away_for`: seconds that stored pages are served while nobody knows whether they are still true.
    """

    is_host: Callable[[str], bool]
    secure_only: bool
    away_for: float


class FastPath:
    """The outermost layer. `handlers` answer their exact paths themselves (views do)."""

    def __init__(
        self, store: PageStore, behind: Behind, executor: Executor, site: Site, handlers: Mapping[str, Handler]
    ) -> None:
        self.store, self.behind, self.executor, self.site, self.handlers = store, behind, executor, site, handlers
        self._hosts: set[str | None] = set()
        self._memory: dict[str, dict[Encodings, Ready]] = {}
        self._held = 0
        self._seen = store.shared.changes
        self._complained = -COMPLAIN_EVERY
        self._flights: dict[str, asyncio.Future[Page]] = {}

    async def __call__(self, scope: Scope, http: HTTP) -> None:
        path = scope.path
        if path in self.handlers:
            await self.handlers[path](scope, http)
        elif scope.method not in {"GET", "HEAD"} or not self._is_ours(scope):
            await self.behind.pass_on(scope, http)
        elif not self._from_memory(scope, http, path):
            await self._from_further(scope, http, path)

    def _is_ours(self, scope: Scope) -> bool:
        host = scope.headers.get("host") or scope.authority
        if host not in self._hosts:
            if not self.site.is_host(host or ""):
                return False
            if len(self._hosts) < HOSTS:
                self._hosts.add(host)
        return not self.site.secure_only or scope.headers.get("x-forwarded-proto") == "https"

    def _from_memory(self, scope: Scope, http: HTTP, path: str) -> bool:
        shared = self.store.shared
        if shared.changes != self._seen:
            self._forget()
        held = self._memory.get(path)
        answer = held.get(_wanted(scope)) if held else None
        if answer is None:
            return False
        away = monotonic() - shared.confirmed
        if away > self.site.away_for:
            return False
        send(scope, http, answer if away < AWAY_AFTER else answer.alone)
        return True

    async def _from_further(self, scope: Scope, http: HTTP, path: str) -> None:
        if not is_keepable(path) or not self.behind.is_public(path):
            await self.behind.pass_on(scope, http)
            return
        if self._load(scope, path) and self._from_memory(scope, http, path):
            return
        if path not in self._flights and len(self._flights) >= MOST_FLIGHTS:
            self.behind.refuse_busy(http)
            return
        page = await self._rendered(path)
        # Purged while it was on its way here, or no room for it? It is sent to those who asked, and kept by none.
        if not (self._load(scope, path) and self._from_memory(scope, http, path)):
            encoding = _best(page, scope)
            send(scope, http, ready(page.for_now, encoding, page.bodies[encoding]))

    def _load(self, scope: Scope, path: str) -> bool:
        """From the files into memory, in the one encoding that is asked for."""
        seen = self.store.shared.changes
        if seen != self._seen:
            self._forget()
        encodings = _wanted(scope)
        try:
            found = self.store.get(path, encodings)
        except (OSError, sqlite3.Error) as error:
            self._complain("The page store cannot be read.", error)
            return False
        if found is None:
            return False
        page, encoding, body = found
        if self._held > MEMORY:
            self._forget()
        held = self._memory.setdefault(path, {})
        same = next((answer for answer in held.values() if answer.body == body), None)
        held[encodings] = same or ready(page, encoding, body)
        self._held += 0 if same else len(body)
        return True

    def _forget(self) -> None:
        self._memory.clear()
        self._held, self._seen = 0, self.store.shared.changes

    async def _rendered(self, path: str) -> Page:
        """Rendered once, however many ask for it at the same time."""
        flight = self._flights.get(path)
        if flight is None:
            loop = asyncio.get_running_loop()
            flight = self._flights[path] = loop.run_in_executor(self.executor, self._render, path)
            flight.add_done_callback(lambda _: self._flights.pop(path, None))
        # One who leaves must not take the page away from the others.
        return await asyncio.shield(flight)

    def _render(self, path: str) -> Page:
        """In a thread. Of all processes of this host one renders, and the others find what it kept."""
        try:
            with self.store.alone(path):
                found = self.store.whole(path) if self._is_confirmed() else None
                return found or self._render_true(path)
        except (OSError, sqlite3.Error) as error:
            self._complain("The page store cannot be used: pages are rendered for each who asks.", error)
            return self.behind.render(path)

    def _is_confirmed(self) -> bool:
        return monotonic() - self.store.shared.confirmed <= self.site.away_for

    def _render_true(self, path: str) -> Page:
        page = None
        for _ in range(TRIES):
            ticket = self.store.ticket()
            page = self.behind.render(path)
            if not page.kept or self._is_settled(page, ticket):
                return page
        assert page is not None
        return page

    def _is_settled(self, page: Page, ticket: int) -> bool:
        """Whether it is true, as far as we know; kept, where there is room."""
        try:
            return self.store.put(page, ticket)
        except (OSError, sqlite3.Error) as error:
            self._complain("The page store cannot be written: pages are rendered for each who asks.", error)
            return True

    def _complain(self, trouble: str, error: Exception) -> None:
        """Not for each request: the disk may be full."""
        if monotonic() - self._complained > COMPLAIN_EVERY:
            self._complained = monotonic()
            logger.warning("%s (%s)", trouble, error)


def _wanted(scope: Scope) -> Encodings:
    """What the Accept-Encoding header takes; one that is longer than any browser's counts as none."""
    accept = scope.headers.get("accept-encoding")
    return _understood(accept if accept is None or len(accept) <= LONGEST_ACCEPT else None)


_understood = lru_cache(ACCEPTS)(wanted)


def _best(page: Page, scope: Scope) -> str:
    return next(name for name in _wanted(scope) if name in page.bodies)
