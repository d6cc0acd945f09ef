"""What a writer may do about a piece at any time: take it back, or take more time for its changes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.forms.withdrawal import WithdrawalForm
from hearthpress.room.pieces import consequences, sent_together
from hearthpress.room.standing import day, may_take_back
from hearthpress.submissions.actions import ask_for_more_time, withdraw
from hearthpress.submissions.actions.revising import MORE
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import SubmissionState, WithdrawalReason
from hearthpress.submissions.models import Submission

TRIES = 3


@for_writers
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, key: str) -> HttpResponse:
    """Take a story back: one page that says what that means, one button. `?why=elsewhere`: it was accepted elsewhere.

    Of several pieces that were sent together, those that are ticked, or all of them.
    """
    found = own_submission(who(request), key)
    pieces = [piece for piece in sent_together(who(request), found) if may_take_back(piece)]
    if not pieces or (request.method == "GET" and found not in pieces):
        return redirect("room:submission", key=key)
    sent = request.POST if request.method == "POST" else None
    form = WithdrawalForm(pieces, sent, initial={"pieces": [key], "why": request.GET.get("why", "")})
    if form.is_valid():
        for piece in form.chosen:
            _take_back(request, piece, form.cleaned_data["why"])
        return redirect("room:submission", key=key)
    context = {"submission": found, "form": form, "pieces": pieces, "consequences": consequences(pieces)}
    is_elsewhere = form["why"].value() == WithdrawalReason.ELSEWHERE
    return page(request, "withdrawal", {**context, "is_elsewhere": is_elsewhere})


@for_writers
@require_http_methods(["GET", "POST"])
def more_time(request: HttpRequest, key: str) -> HttpResponse:
    """Fourteen more days for the changes: one page that says so, one button. A second press adds none."""
    found = own_submission(who(request), key)
    if found.state != SubmissionState.REVISING or found.revise_by is None:
        return redirect("room:submission", key=key)
    if request.method == "GET":
        return page(request, "more_time", {"submission": found, "days": MORE.days})
    if request.POST.get("by") == found.revise_by.isoformat():
        try:
            ask_for_more_time(found)
        except (SomebodyElseWon, NotAllowed):
            found = own_submission(who(request), key)
    if found.state == SubmissionState.REVISING:
        messages.success(request, _("You have time until %(date)s.") % {"date": day(found.revise_by)})
    return redirect("room:submission", key=key)


def _take_back(request: HttpRequest, piece: Submission, why: str) -> None:
    """An editor may act in the same moment: the writer's word holds, whatever the new state is."""
    for _try in range(TRIES):
        if not may_take_back(piece):
            return
        try:
            withdraw(piece, who(request), why)
        except (SomebodyElseWon, NotAllowed):
            piece = own_submission(who(request), piece.key)
        else:
            messages.success(request, _("“%(title)s” is yours again.") % {"title": piece})
            return
    messages.warning(
        request,
        _("Somebody did something with “%(title)s” in the same moment. Please press once more.") % {"title": piece},
    )
