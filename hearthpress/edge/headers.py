"""What every answer says to the browser, and what a public page never says: who is reading."""

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from hearthpress.masthead.middleware import masthead_of

View = Callable[..., HttpResponse]

# Nothing from elsewhere, nothing inline: https://www.w3.org/TR/CSP3/
SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in SOURCES.items())
PERMISSIONS = "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()"
# Private pages are kept by no cache at all.
PRIVATE = "private, no-store"
# A public page is checked each time, by browsers and by caches between (a 304 is cheap): what is withdrawn is gone.
PUBLIC = "no-cache"
# What is worth compressing; pictures are small already.
COMPRESSIBLE = ("text/", "application/json", "application/feed+json", "application/atom+xml", "application/xml")
GZIP_LEVEL = 5


class PolicyMiddleware:
    """Adds the policies, and marks whatever is not said to be public as private."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cache-Control", PRIVATE)
        return response


def public(view: View) -> View:
    """A page that is the same for everybody: it is made without cookies, sets none, and answers 304 to a known ETag."""

    @wraps(view)
    def same_for_everybody(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.COOKIES.clear()
        with timezone.override(masthead_of(request).zone):
            response = view(request, *args, **kwargs)
        response.cookies.clear()
        response.setdefault("Cache-Control", PUBLIC)
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.status_code != 200 or response.streaming:
            return response
        # Weak, as the same page is sent in several encodings (RFC 9110, 8.8.1).
        etag = f'W/"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=_compressed(request, response)) or response

    same_for_everybody.is_public = True  # type: ignore[attr-defined]
    return same_for_everybody


def is_public(view: View) -> bool:
    """Whether the view was made by `public`."""
    return bool(getattr(view, "is_public", False))


def takes_gzip(request: HttpRequest) -> bool:
    """Whether Accept-Encoding names gzip, and not with a weight of nothing (RFC 9110, 12.5.3)."""
    for part in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or not weight
    return False


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """gzip for whoever takes it. Nothing secret is on a public page, so its length gives nothing away."""
    if takes_gzip(request) and response["Content-Type"].startswith(COMPRESSIBLE):
        response.content = gzip.compress(response.content, compresslevel=GZIP_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response
