"""The text and its suggestions, as its writer works on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.editing import screen
from hearthpress.editing.doors import own_manuscript
from hearthpress.room.access import for_writers, page, who
from hearthpress.search.beside import related_choices


def _render(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return page(request, "text", context, status)


FRAME = screen.Frame("room", _render)


@require_http_methods(["GET", "POST"])
@for_writers
def text(request: HttpRequest, key: str) -> HttpResponse:
    return screen.text_page(request, own_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_writers
def kept(request: HttpRequest, key: str) -> HttpResponse:
    return screen.kept(request, own_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_writers
def answer(request: HttpRequest, key: str) -> HttpResponse:
    return screen.answer(request, own_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_writers
def remark(request: HttpRequest, key: str) -> HttpResponse:
    return screen.remark(request, own_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_writers
def done(request: HttpRequest, key: str) -> HttpResponse:
    return screen.done(request, own_manuscript(who(request), key), who(request), FRAME)


@require_safe
@for_writers
def related(request: HttpRequest, key: str) -> HttpResponse:
    """The stories that a line may lead to, as JSON: those that `q` finds, or the newest."""
    return related_choices(request, own_manuscript(who(request), key))
