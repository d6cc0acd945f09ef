"""Which form of a page a browser takes, and whether it has it already. Knows no Django."""

import gzip
from collections.abc import Callable, Mapping
from typing import Final

import brotli
import zstandard

IDENTITY: Final = "identity"
# The best first: what stands further left is smaller on our pages (RFC 7932, RFC 8878, RFC 1952).
PREFERRED = ("br", "zstd", "gzip")
SUFFIXES: Mapping[str, str] = {IDENTITY: "", "br": ".br", "zstd": ".zst", "gzip": ".gz"}

COMPRESS: Mapping[str, Callable[[bytes, int], bytes]] = {
    "br": lambda body, level: brotli.compress(body, quality=level, mode=brotli.MODE_TEXT),
    "zstd": zstandard.compress,
    "gzip": lambda body, level: gzip.compress(body, level, mtime=0),
}
# A few milliseconds for a story, as somebody is waiting; and the smallest, for what is compressed once and for all.
QUICK = {"br": 5, "zstd": 9, "gzip": 6}
SMALLEST = {"br": 11, "zstd": 19, "gzip": 9}
# What is worth compressing; pictures and fonts are small already.
COMPRESSIBLE = ("text/", "application/json", "application/feed+json", "application/xml", "image/svg")
COMPRESSIBLE_ENDS = ("+xml", "+json", "javascript")
LEAST = 256  # bytes: below this the headers are most of the answer


def compressed(body: bytes, content_type: str, levels: Mapping[str, int] = QUICK) -> dict[str, bytes]:
    """The body by encoding: as it is, and compressed where that makes it smaller."""
    kind = content_type.partition(";")[0].strip()
    if len(body) < LEAST or not (kind.startswith(COMPRESSIBLE) or kind.endswith(COMPRESSIBLE_ENDS)):
        return {IDENTITY: body}
    made = {name: compress(body, levels[name]) for name, compress in COMPRESS.items()}
    return {IDENTITY: body, **{name: small for name, small in made.items() if len(small) < len(body)}}


def wanted(accept: str | None) -> tuple[str, ...]:
    """The encodings that an Accept-Encoding header takes, the one to send first (RFC 9110, 12.5.3).

    Always ends with "identity", which is what is sent when nothing else is there: nobody is refused a page.
    """
    weights = dict(_weight(part) for part in (accept or "").lower().split(","))
    every = weights.get("*", 0.0)
    least = weights.get(IDENTITY, 0.0)  # some would rather have it as it is
    taken = [name for name in PREFERRED if 0 < weights.get(name, every) >= least]
    taken.sort(key=lambda name: -weights.get(name, every))
    return (*taken, IDENTITY)


def has_already(if_none_match: str, etag: str) -> bool:
    """Whether an If-None-Match header names the page's tag; compared weakly (RFC 9110, 13.1.2)."""
    return if_none_match.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]


def _weight(part: str) -> tuple[str, float]:
    name, _, quality = part.replace(" ", "").partition(";q=")
    try:
        return name, float(quality) if quality else 1.0
    except ValueError:
        return name, 0.0
