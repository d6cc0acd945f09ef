"""Public pages carry no cookie to guard their forms with: the browser's own word on where a request began is asked."""

from urllib.parse import urlsplit

from django.http import HttpRequest

# Fetch Metadata: https://www.w3.org/TR/fetch-metadata/
OURS = frozenset({"same-origin", "none"})


def came_from_us(request: HttpRequest) -> bool:
    """Whether the request was begun by one of our own pages. A client that says neither header is no browser: no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc == request.get_host()
