"""The magazine on the request: fetched once, when something asks for it; and a plain page before the first run."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from hearthpress.masthead.models import Masthead, NotSetUp


def masthead_of(request: HttpRequest) -> Masthead:
    """The magazine, as the middleware put it on the request."""
    return cast("Masthead", request.masthead)  # type: ignore[attr-defined]


class MastheadMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.masthead = SimpleLazyObject(Masthead.current)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Before `hearthpress init` every page says so (503), instead of failing."""
        if isinstance(error, NotSetUp):
            return render(request, "masthead/not_set_up.html", status=503)
        return None
