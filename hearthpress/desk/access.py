"""The desk's two doors: one for editors, one for owners alone."""

from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from hearthpress.desk.history import bare_history
from hearthpress.desk.page import page
from hearthpress.people.access import View, staff_required
from hearthpress.people.enums import Role
from hearthpress.people.models import Person
from hearthpress.submissions.doors import TakenBack

for_owner = staff_required()


def for_editors(view: View) -> View:
    """Editors alone. Of a story that was taken back every page says that, and no page shows it."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TakenBack as gone:
            return _taken_back(request, gone)

    return staff_required(Role.EDITOR)(kept)


def who(request: HttpRequest) -> Person:
    """The person who came in through one of the doors."""
    return cast(Person, request.user)


def _taken_back(request: HttpRequest, gone: TakenBack) -> HttpResponse:
    """The story's own page stays, for what happened to it; its other pages are not there any more (404)."""
    own = request.resolver_match is not None and request.resolver_match.url_name == "submission"
    context = {"history": bare_history(gone.submission, who(request))}
    return page(request, "taken_back", "queue", context, status=200 if own else 404)
