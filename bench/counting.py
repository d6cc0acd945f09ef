"""Counts the requests that enter Django, over all processes: one byte each, at the end of a file in the home."""

import os
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FILE = "entered"


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    descriptor = os.open(settings.HOME / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def count(request: HttpRequest) -> HttpResponse:
        os.write(descriptor, b".")
        return get_response(request)

    return count
