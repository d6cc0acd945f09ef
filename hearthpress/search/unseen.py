"""What readers search is theirs: a page that knows nobody, is kept nowhere, and leaves no words in a log."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from traceback import extract_tb
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from hearthpress.edge.headers import PRIVATE
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import NotSetUp

View = Callable[..., HttpResponse]


class SearchFailed(Exception):
    """Something broke while a page was made. It says what and where, and nothing of what was searched."""


def unseen(view: View) -> View:
    """Made without cookies, sets none, is kept by no cache and no search engine, and is named to no other site."""

    @wraps(view)
    def seen_by_nobody(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.COOKIES.clear()
        try:
            with timezone.override(masthead_of(request).zone):
                response = view(request, *args, **kwargs)
        except (Http404, NotSetUp):
            raise
        except (OperationalError, InterfaceError) as error:  # the database is away: the page that says so needs to know
            raise OperationalError(_what_and_where(error)) from None
        except Exception as error:  # noqa: BLE001  whatever it is, its message may hold what was typed
            raise SearchFailed(_what_and_where(error)) from None
        response.cookies.clear()
        response["Cache-Control"] = PRIVATE
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    seen_by_nobody.knows_nobody = True  # type: ignore[attr-defined]
    return seen_by_nobody


def _what_and_where(error: Exception) -> str:
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)]
    return f"{type(error).__name__} at {' > '.join(places)}"
