"""From a page to what is sent. Knows no Django."""

from dataclasses import dataclass

from hearthpress.edge.encodings import IDENTITY, has_already
from hearthpress.edge.page import Page, etag
from hearthpress.edge.ranges import BadRange, one_range
from hearthpress.edge.rsgi import HTTP, HeaderList, Scope

# What of a 200 does not stand in a 304 (RFC 9110, 15.4.5). The policies stay: browsers apply them to what they kept.
NOT_IN_304 = frozenset({"content-type", "content-length", "content-encoding", "accept-ranges", "last-modified"})
# https://www.rfc-editor.org/rfc/rfc9211
AWAY = ("cache-status", 'hearthpress; hit; detail="the database is away"')


@dataclass(frozen=True)
class Ready:
    """One page in one encoding, with its headers as they are sent."""

    status: int
    etag: str
    headers: HeaderList
    headers_304: HeaderList
    body: bytes

    @property
    def alone(self) -> "Ready":
        """The same, saying that the database cannot be asked. No cache keeps it: none could be told to forget it."""
        return Ready(self.status, self.etag, _uncached(self.headers), _uncached(self.headers_304), self.body)


def _uncached(headers: HeaderList) -> HeaderList:
    others = [pair for pair in headers if pair[0] not in {"cache-control", "surrogate-key"}]
    return [("cache-control", "no-cache"), *others, AWAY]


def ready(page: Page, encoding: str, body: bytes) -> Ready:
    """The page as it is sent in that encoding."""
    headers = [*page.headers, ("content-length", str(len(body)))]
    if encoding != IDENTITY:
        headers.append(("content-encoding", encoding))
    tag = ""
    if page.kept:
        tag = etag(page.digest, encoding)
        headers.append(("etag", tag))
    if page.encodings == (IDENTITY,) and page.kept and page.status == 200:
        headers.append(("accept-ranges", "bytes"))
    return Ready(page.status, tag, headers, [pair for pair in headers if pair[0] not in NOT_IN_304], body)


def send(scope: Scope, http: HTTP, answer: Ready) -> None:
    """To GET and HEAD: the page, 304 to whoever has it already, or the part asked for."""
    get = scope.headers.get
    known = get("if-none-match")
    if known is not None and answer.status == 200 and (known == answer.etag or has_already(known, answer.etag)):
        http.response_empty(304, answer.headers_304)
    elif scope.method == "HEAD":
        http.response_empty(answer.status, answer.headers)
    elif answer.headers[-1][0] == "accept-ranges" and get("range") is not None:
        _send_part(scope, http, answer)
    else:
        http.response_bytes(answer.status, answer.headers, answer.body)


def _send_part(scope: Scope, http: HTTP, answer: Ready) -> None:
    """206, or the whole when the part would be of another version than the one at hand (RFC 9110, 13.1.5)."""
    still = scope.headers.get("if-range")
    try:
        part = one_range(scope.headers.get("range") or "", len(answer.body)) if still in {None, answer.etag} else None
    except BadRange:
        http.response_empty(416, [("content-range", f"bytes */{len(answer.body)}"), ("content-length", "0")])
        return
    if part is None:
        http.response_bytes(answer.status, answer.headers, answer.body)
        return
    first, last = part
    headers = [pair for pair in answer.headers if pair[0] != "content-length"]
    told = [("content-range", f"bytes {first}-{last}/{len(answer.body)}"), ("content-length", str(last - first + 1))]
    http.response_bytes(206, [*headers, *told], answer.body[first : last + 1])
