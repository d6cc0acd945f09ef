"""What every answer says to the browser, and what a public page never says: who is reading."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

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


def policy(**other: str) -> str:
    """The policy of every page; `other` names what one page needs differently ("frame_src" is "frame-src")."""
    sources = {**SOURCES, **{name.replace("_", "-"): value for name, value in other.items()}}
    return "; ".join(f"{name} {value}" for name, value in sources.items())


POLICY = policy()
PERMISSIONS = "camera=(), microphone=(), geolocation=(), browsing-topics=(), interest-cohort=()"
# Private pages are kept by no cache at all.
PRIVATE = "private, no-store"
# A public page is checked each time, by browsers and by caches between (a 304 is cheap): what is withdrawn is gone.
PUBLIC = "no-cache"


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
    """A page that is the same for everybody: it is made without cookies, sets none, and may be kept in the page store.

    Such a view asks the database, and nothing of the request but its path.
    """

    @wraps(view)
    def same_for_everybody(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.COOKIES.clear()
        with timezone.override(masthead_of(request).zone):
            response = view(request, *args, **kwargs)
        response.cookies.clear()
        response.setdefault("Cache-Control", PUBLIC)
        response.is_public_page = True  # type: ignore[attr-defined]
        return response

    same_for_everybody.is_public = True  # type: ignore[attr-defined]
    return same_for_everybody


def is_public(view: View) -> bool:
    """Whether the view was made by `public`."""
    return bool(getattr(view, "is_public", False))
