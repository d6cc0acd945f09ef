"""The marker: a cookie that says no more than that somebody is signed in on this device.

Public pages are the same for everybody, so their script asks it whether there is anything private to fetch. A reader
who never signs in has no such cookie, and their browser asks for nothing.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hearthpress.edge.headers import is_public

MARKER = "hearthpress_signed_in"
SIGNED_IN = "1"


class MarkerMiddleware:
    """Sets the marker with the sign-in, and clears it with the sign-out or when the session has ended by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_marker = MARKER in request.COOKIES
        response = self.get_response(request)
        if getattr(request, "may_be_known", False):
            _correct(request, response, has_marker)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> None:
        """Public pages, and those that are to know nobody (`search.unseen`), set no cookie and ask for no session."""
        request.may_be_known = not (is_public(view) or getattr(view, "knows_nobody", False))  # type: ignore[attr-defined]


def _correct(request: HttpRequest, response: HttpResponse, has_marker: bool) -> None:
    # Without a session nobody is signed in, and the database is not asked.
    signed_in = bool(request.session.session_key) and request.user.is_authenticated
    if signed_in and not has_marker:
        response.set_cookie(
            MARKER,
            SIGNED_IN,
            max_age=request.session.get_expiry_age(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=False,  # it is there for our script to read, and gives nothing away
            samesite="Lax",
        )
    elif has_marker and not signed_in:
        response.delete_cookie(MARKER, samesite="Lax")
