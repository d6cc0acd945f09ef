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
from hearthpress.submissions.enums import SubmissionState, WithdrawalReason

for_owner = staff_required()

# As the page knows them. The writer's own reason is theirs, but that others have accepted it ends a question.
_REASONS: dict[str, str] = {
    WithdrawalReason.NOT_PUBLISHED: "given back",
    WithdrawalReason.NO_AGREEMENT: "no agreement",
    WithdrawalReason.ELSEWHERE: "elsewhere",
}


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
    whys = gone.submission.events.filter(new=SubmissionState.WITHDRAWN).values_list("why", flat=True)
    why = _REASONS.get(whys.last() or "", "")
    context = {"why": why, "history": bare_history(gone.submission, who(request))}
    return page(request, "taken_back", "queue", context, status=200 if own else 404)
