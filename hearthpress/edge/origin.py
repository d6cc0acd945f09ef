"""Public pages carry no cookie to guard their forms with: the browser's own word on where a request began is asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

# Fetch Metadata: https://www.w3.org/TR/fetch-metadata/
OURS = frozenset({"same-origin", "none"})


def began_with_us(site: str | None, origin: str | None, host: str) -> bool:
    """Whether one of our own pages at `host` began a request, by its headers Sec-Fetch-Site and Origin.

    A client that says neither is no browser: no.
    """
    if site is not None:
        return site in OURS
    return origin is not None and origin.partition("://")[2] == host


def came_from_us(request: "HttpRequest") -> bool:
    """The same, of a request as Django has it."""
    headers = request.headers
    return began_with_us(headers.get("Sec-Fetch-Site"), headers.get("Origin"), request.get_host())
