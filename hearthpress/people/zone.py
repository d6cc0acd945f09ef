"""Dates are shown in the person's own time zone."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hearthpress.edge.headers import is_public
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person


class TimeZoneMiddleware:
    """For somebody who is signed in: their zone, or else the magazine's. Public pages choose the magazine's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        timezone.deactivate()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: Any) -> None:
        """Who is looking is not even asked for a public page, nor for one that is to know nobody (`search.unseen`)."""
        if is_public(view) or getattr(view, "knows_nobody", False):
            return
        if not request.session.session_key or not request.user.is_authenticated:
            return
        timezone.activate(zone_of(request.user, masthead_of(request)))


def zone_of(person: Person, masthead: Masthead) -> ZoneInfo:
    """Where the person is at home: the magazine's zone when they have chosen none, or one that is not known here."""
    return _zone(person.time_zone) or masthead.zone


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
