"""The demo's own pages: the letters in its post office, and the phones of its staff. They exist in the demo only."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearthpress.sample import letterbox
from hearthpress.sample.guide import parts, sights, steps
from hearthpress.sample.phones import phones, seconds_left

View = Callable[..., HttpResponse]
ON_A_PAGE = 100


def demo_only(view: View) -> View:
    """Outside the demo there is nothing here (404)."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return require_safe(door)


def letters_folder() -> Path:
    """Where the demo's post office keeps what it takes in."""
    return Path(settings.HOME) / "letters"


@demo_only
def demo(request: HttpRequest) -> HttpResponse:
    """Who can be signed in as, and what to click in order."""
    return render(request, "sample/demo.html", {"steps": steps(), "sights": sights(), "parts": parts()})


@demo_only
def letters(request: HttpRequest) -> HttpResponse:
    """The newest letters, all of them or those to one address."""
    to = request.GET.get("to", "")[:254]
    found = letterbox.letters(letters_folder(), to)[:ON_A_PAGE]
    return render(request, "sample/letters.html", {"letters": found, "to": to, "refused": letterbox.REFUSED})


@demo_only
def letter(request: HttpRequest, key: str) -> HttpResponse:
    """One letter, its text as it was sent."""
    found = letterbox.letter(letters_folder(), key)
    if found is None:
        raise Http404
    return render(request, "sample/letter.html", {"letter": found})


@demo_only
def authenticator(request: HttpRequest) -> HttpResponse:
    """What the phones of the sample's staff show now."""
    return render(request, "sample/authenticator.html", {"phones": phones(), "seconds_left": seconds_left()})
