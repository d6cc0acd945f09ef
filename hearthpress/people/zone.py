"""Dates are shown in the person's own time zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hearthpress.masthead.models import Masthead


class TimeZoneMiddleware:
    """For somebody who is signed in: their zone, or else the magazine's. Public pages choose the magazine's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        timezone.deactivate()
        if request.session.session_key and request.user.is_authenticated:
            name = request.user.time_zone or Masthead.current().time_zone
            try:
                timezone.activate(ZoneInfo(name))
            except (ZoneInfoNotFoundError, ValueError):
                timezone.activate(Masthead.current().zone)
        return self.get_response(request)
