"""What a call asks once a piece is accepted; and another piece in the packet before it is sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.forms.questions import AcceptanceForm
from hearthpress.submissions.actions import add_piece, keep_answers
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import Needed, SubmissionState
from hearthpress.submissions.models import Submission
from hearthpress.submissions.questions import please_answer, unanswered


@for_writers
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, key: str) -> HttpResponse:
    """The questions that come with a yes. What can be kept is kept, even where one is still open."""
    found = own_submission(who(request), key)
    if found.state != SubmissionState.ACCEPTED:
        return redirect("room:submission", key=key)
    form = AcceptanceForm(found, request.POST or None, request.FILES or None)
    if not form.asked:
        raise Http404
    if form.is_bound:
        _keep(form)
        if not form.errors:
            _say(request, found)
            return redirect("room:submission", key=key)
    return page(request, "questions", {"submission": found, "form": form})


def piece_added(request: HttpRequest, found: Submission) -> HttpResponse:
    """Another draft that is sent with this one."""
    try:
        piece = add_piece(found)
    except (NotAllowed, SomebodyElseWon):
        messages.info(request, _("That is as many pieces as this call takes together."))
        return redirect("room:draft", key=found.key)
    return redirect("room:draft", key=piece.key)


def _keep(form: AcceptanceForm) -> None:
    form.is_valid()
    keep_answers(form.submission, form.texts())
    try:
        form.keep_answer_files()
    except SomebodyElseWon:
        form.add_error(None, _("The story is not with us any more, so no file was kept."))


def _say(request: HttpRequest, found: Submission) -> None:
    still_open = unanswered(found, Needed.ACCEPTANCE)
    if still_open:
        messages.warning(request, _("Saved.") + " " + please_answer(still_open))
    else:
        messages.success(request, _("Thank you. Your answers are with the editors."))
