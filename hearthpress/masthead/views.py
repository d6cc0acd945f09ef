"""Pages for what went wrong that belong to no package."""

import sys
from collections.abc import Iterator

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

RETRY_AFTER = 20  # seconds
# Nobody needs these shown again, and a screen is a place where others look.
NOT_SHOWN = frozenset({"csrfmiddlewaretoken", "code", "password"})


def page_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent from a page that is too old or from elsewhere (403)."""
    return render(request, "403_csrf.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """What went wrong is ours (500); or the database does not answer, and the magazine is resting (503).

    Then whatever was typed is on the page, and one button sends it again.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return render(request, "500.html", status=500)
    fields = list(_typed(request))
    context = {
        "action": request.get_full_path(),
        "fields": [(name, value) for name, value in fields if name not in NOT_SHOWN and value.strip()],
        "hidden": [(name, value) for name, value in fields if name in NOT_SHOWN or not value.strip()],
        "had_files": bool(fields and request.FILES),
    }
    response = render(request, "masthead/resting.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Each field that was sent, by name. None where the form itself cannot be read."""
    try:
        sent = request.POST.lists()
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError, OSError):
        return
    for name, values in sent:
        for value in values:
            yield name, str(value)
