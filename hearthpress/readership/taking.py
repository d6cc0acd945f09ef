"""The hot intake of views: answers POST /v and GET /v.gif on the server's own loop, and knows no Django.

By headers alone, before any of the body is read, it passes on what only Django can decide: a request with a session's
cookie (the writer's own view?), another method, a name that is not ours, plain HTTP where HTTPS is meant. All else is
judged here by the rules of `intake`, and acknowledged once the writer has committed it.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from hearthpress.common import clock
from hearthpress.common.addresses import address_of
from hearthpress.common.logs import Outage
from hearthpress.edge.origin import OURS, began_with_us
from hearthpress.edge.rsgi import HTTP, Handler, HeaderList, RequestHeaders, Scope
from hearthpress.readership.agents import judge_agent
from hearthpress.readership.intake import (
    BODY_TYPES,
    LONGEST_BODY,
    OUR_BODY_TYPE,
    PIXEL,
    PURPOSES,
    BadBeacon,
    Beacon,
    View,
    day_of,
    is_prefetch,
    judged,
    parse_image,
    parse_script,
    reader_key,
)
from hearthpress.readership.known_salts import KnownSalts
from hearthpress.readership.terms import Terms, TermsAway, TermsBook, Unknown
from hearthpress.readership.writer import NotKept, Writer

MOST_FIELDS = 20  # of an image's address
TEND_EVERY = 60.0  # seconds

# No cache keeps an answer, or the next reader's view would never arrive.
HEADERS: HeaderList = [("cache-control", "no-store"), ("x-content-type-options", "nosniff")]
IMAGE_HEADERS = [*HEADERS, ("content-type", "image/gif")]
LATER = [*HEADERS, ("retry-after", "5")]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """What the intake must know of the installation. `is_ours` tells whether a Host header names us.

    `https` is the header and the value by which a proxy of ours says that the reader came by HTTPS; None where plain
    HTTP is served.
    """

    is_ours: Callable[[str], bool]
    session_cookie: str
    trusted_proxies: int
    https: tuple[str, str] | None = None


class Taking:
    """The handlers, and what they share: terms, salts and the writer. One for each process.

    `inside` answers a request with Django; it is given requests whose body nobody has read.
    """

    def __init__(self, inside: Handler, house: House, terms: TermsBook, salts: KnownSalts, writer: Writer) -> None:
        self._inside, self._house = inside, house
        self.terms, self._salts, self._writer = terms, salts, writer
        self._salts_asked: dict[tuple[str, date], asyncio.Future[bytes]] = {}
        self._outage = Outage(log, "The salt of the day cannot be had; the readers' browsers are asked to send again.")

    def handlers(self) -> dict[str, Handler]:
        """The RSGI handler of each path."""
        return {"/v": self.report, "/v.gif": self.image}

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin, on the loop that will call the handlers."""
        self._loop = loop
        self._writer.start(loop)
        self._tend_later()

    def stop(self) -> None:
        """Commit what is at hand, and end."""
        self._tending.cancel()
        self._writer.stop()
        self.terms.close()

    async def report(self, scope: Scope, http: HTTP) -> None:
        """POST /v: 204 once the view is committed; 400, 403, 404, 413, 415 for what is no view; 503: not now."""
        headers = scope.headers
        host = scope.authority or headers.get("host") or ""
        if scope.method != "POST" or self._is_for_inside(headers, host):
            return await self._inside(scope, http)
        length = headers.get("content-length")
        status = _refusal(headers, host, length)
        if not status:
            body = await (http() if length is not None else _read_short(http))
            try:
                status = await self._keep(scope, headers, parse_script(body)) or 204
            except BadBeacon:
                status = 400 if len(body) <= LONGEST_BODY else 413
        http.response_empty(status, HEADERS if status < 500 else LATER)
        return None

    async def image(self, scope: Scope, http: HTTP) -> None:
        """GET /v.gif?s=KEY: a transparent point of 43 bytes. Old browsers do not say where they began: they may."""
        headers = scope.headers
        host = scope.authority or headers.get("host") or ""
        if scope.method != "GET" or self._is_for_inside(headers, host):
            return await self._inside(scope, http)
        if (headers.get("sec-fetch-site") or "none") not in OURS:
            status = 403
        else:
            try:
                status = await self._keep(scope, headers, parse_image(_story_of(scope.query_string)))
            except BadBeacon:
                status = 400
        if status:
            http.response_empty(status, HEADERS if status < 500 else LATER)
        else:
            http.response_bytes(200, IMAGE_HEADERS, PIXEL)
        return None

    def _is_for_inside(self, headers: RequestHeaders, host: str) -> bool:
        house = self._house
        if headers.get("cookie") is not None and any(
            house.session_cookie in line for line in headers.get_all("cookie")
        ):
            return True
        if house.https is not None and headers.get(house.https[0]) != house.https[1]:
            return True
        return not house.is_ours(host)

    async def _keep(self, scope: Scope, headers: RequestHeaders, beacon: Beacon) -> int:
        """0 once the view is committed, or the status of why not."""
        try:
            terms = self.terms.fresh(beacon.story_key)
            if isinstance(terms, Unknown):
                terms = await self.terms.find(beacon.story_key)
            if terms is None:
                return 404
            moment = clock.now()
            day = day_of(terms, moment)
            salt = self._salts.known(terms.time_zone, day) or await self._fetch_salt(terms, day)
            agent = headers.get("user-agent") or ""
            reader = reader_key(salt, self._address(scope, headers), agent)
            await self._writer.keep(judged(_view(headers, beacon, agent), terms, moment, day, reader))
        except (TermsAway, NotKept):
            return 503
        return 0

    async def _fetch_salt(self, terms: Terms, day: date) -> bytes:
        """The salt, from where processes share it: asked for once, however many wait. Raises NotKept without it."""
        place = terms.time_zone, day
        asked = self._salts_asked.get(place)
        if asked is None:
            asked = self._salts_asked[place] = self._loop.run_in_executor(None, self._salts.fetch, *place)
            asked.add_done_callback(lambda asked: self._salt_came(place, asked))
        await asyncio.wait({asked})
        if asked.exception() is not None:
            raise NotKept
        return asked.result()

    def _salt_came(self, place: tuple[str, date], asked: asyncio.Future[bytes]) -> None:
        del self._salts_asked[place]
        if error := asked.exception():
            self._outage.is_met(error)
        else:
            self._outage.is_over()

    def _address(self, scope: Scope, headers: RequestHeaders) -> str:
        proxies = self._house.trusted_proxies
        chain = ",".join(headers.get_all("x-forwarded-for")) if proxies else ""
        return address_of(scope.client, chain, proxies)

    def _tend_later(self) -> None:
        self._tending = self._loop.call_later(TEND_EVERY, self._loop.run_in_executor, None, self._tend)

    def _tend(self) -> None:
        """In a thread: where salts are shared may be slow, or away."""
        try:
            self._salts.tend()
        except Exception as error:  # noqa: BLE001  whatever it is, old salts are forgotten the next time too
            log.warning("The salts of the day could not be offered again. (%s)", error)
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._tend_later)


def _refusal(headers: RequestHeaders, host: str, length: str | None) -> int:
    """Why the body need not be read: a status, or 0 when it has to be."""
    if not began_with_us(headers.get("sec-fetch-site"), headers.get("origin"), host):
        return 403
    kind = headers.get("content-type") or ""
    if kind != OUR_BODY_TYPE and kind.partition(";")[0].strip().lower() not in BODY_TYPES:
        return 415
    if length is not None and not (length.isdecimal() and int(length) <= LONGEST_BODY):
        return 413
    return 0


async def _read_short(http: HTTP) -> bytes:
    """A body whose length was not said before (RFC 9112, 7.1): no more of it than tells that it is too long."""
    body = b""
    async for chunk in http:
        body += chunk
        if len(body) > LONGEST_BODY:
            break
    return body


def _story_of(query: str) -> str:
    """The last `s` of an image's address. Raises BadBeacon when there are too many fields to look through."""
    try:
        return parse_qs(query, max_num_fields=MOST_FIELDS).get("s", [""])[-1]
    except ValueError as error:
        raise BadBeacon("too many fields") from error


def _view(headers: RequestHeaders, beacon: Beacon, agent: str) -> View:
    """Not an own view: whoever may be signed in was passed on."""
    kind, rule = judge_agent(agent)
    return View(beacon, own=False, prefetch=_is_ahead(headers), rule=rule if kind == "robot" else "")


def _is_ahead(headers: RequestHeaders) -> bool:
    for name in PURPOSES:
        purpose = headers.get(name)
        if purpose is not None and is_prefetch(purpose):
            return True
    return False
