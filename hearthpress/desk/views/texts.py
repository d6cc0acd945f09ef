"""The text and its suggestions, as an editor works on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.page import page
from hearthpress.editing import screen
from hearthpress.editing.doors import desk_manuscript
from hearthpress.search.beside import related_choices


def _render(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return page(request, "text", "queue", context, status)


FRAME = screen.Frame("desk", _render)


@require_http_methods(["GET", "POST"])
@for_editors
def text(request: HttpRequest, key: str) -> HttpResponse:
    return screen.text_page(request, desk_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_editors
def kept(request: HttpRequest, key: str) -> HttpResponse:
    return screen.kept(request, desk_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_editors
def answer(request: HttpRequest, key: str) -> HttpResponse:
    return screen.answer(request, desk_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_editors
def remark(request: HttpRequest, key: str) -> HttpResponse:
    return screen.remark(request, desk_manuscript(who(request), key), who(request), FRAME)


@require_POST
@for_editors
def done(request: HttpRequest, key: str) -> HttpResponse:
    return screen.done(request, desk_manuscript(who(request), key), who(request), FRAME)


@require_safe
@for_editors
def related(request: HttpRequest, key: str) -> HttpResponse:
    """The stories that a line may lead to, as JSON: those that `q` finds, or the newest."""
    return related_choices(request, desk_manuscript(who(request), key))
