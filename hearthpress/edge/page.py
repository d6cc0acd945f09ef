"""A public page as it is kept and sent. Knows no Django."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from hearthpress.edge.encodings import IDENTITY, QUICK, SMALLEST, SUFFIXES, compressed

# The only paths that pages are kept under: each names one file below a folder, whoever reads it. Two slashes, a part
# that begins with a point, a percent sign or anything else that could be read in two ways is asked of Django each time.
KEEPABLE = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}/){0,12}(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199})?")
LONGEST = 500  # characters of a path
FOREVER = "immutable"  # in the Cache-Control of static files, whose names change with their content (RFC 8246)
ENDS_OF_OURS = ("/index.html", *(suffix for suffix in SUFFIXES.values() if suffix))  # files of other pages

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Page:
    """What Django answered for a path: the same for everybody. `keys` name the rows and lists that it shows.

    `headers` are in lower case, without what depends on the encoding or on who asks. `good_until`: aware, or None when
    only a purge makes the page untrue. `kept` is False for what must not be kept, such as an error. `digest` (24 hex
    digits) and `encodings` follow from the body; they are given only for a page whose body was not read.
    """

    path: str
    status: int
    headers: Headers
    body: bytes
    keys: frozenset[str] = frozenset()
    good_until: datetime | None = None
    kept: bool = True
    digest: str = ""
    encodings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.digest:
            object.__setattr__(self, "digest", hashlib.blake2b(self.body, digest_size=12).hexdigest())
            object.__setattr__(self, "encodings", tuple(self.bodies))

    @cached_property
    def bodies(self) -> dict[str, bytes]:
        """The body by encoding."""
        headers = dict(self.headers)
        levels = SMALLEST if FOREVER in headers.get("cache-control", "") else QUICK
        return compressed(self.body, headers.get("content-type", ""), levels)

    @property
    def for_now(self) -> "Page":
        """The same page for one answer only: no purge would find it where a cache had kept it."""
        if not self.kept:
            return self
        others = [pair for pair in self.headers if pair[0] not in {"cache-control", "surrogate-key"}]
        return replace(self, headers=(*others, ("cache-control", "no-cache")), kept=False)


def is_keepable(path: str) -> bool:
    """Whether a page may be kept under this path."""
    if len(path) > LONGEST or path.endswith(ENDS_OF_OURS):
        return False
    return KEEPABLE.fullmatch(path) is not None


def file_of(path: str) -> str:
    """The file, below the store's folder, of the page with a keepable path."""
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]


def etag(digest: str, encoding: str) -> str:
    """A strong tag: each encoding of each content has its own (RFC 9110, 8.8.3)."""
    return f'"{digest}"' if encoding == IDENTITY else f'"{digest}-{encoding}"'
