"""All that a person has begun or sent, and where each piece stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hearthpress.common.states import SomebodyElseWon
from hearthpress.correspondence.unread import with_news_for_writer
from hearthpress.editing.doors import co_written
from hearthpress.people.models import Person
from hearthpress.room import arrived
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.calls import call_for, circle_calls, closed, whole, why_not_now
from hearthpress.room.pieces import may_have_been_accepted_elsewhere, sent_together
from hearthpress.room.reading import shown
from hearthpress.room.standing import manuscript_of, may_take_back, standing, story_of
from hearthpress.room.timeline import timeline, to_come
from hearthpress.room.told import decisions_told, words_told
from hearthpress.submissions.actions import begin as begin_draft
from hearthpress.submissions.actions import throw_away
from hearthpress.submissions.doors import own_submission, own_submissions
from hearthpress.submissions.enums import Needed, SubmissionState
from hearthpress.submissions.models import Call, Submission
from hearthpress.submissions.questions import unanswered


@for_writers
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    own = (
        own_submissions(who(request))
        .select_related("manuscript__story", "manuscript__request")
        .prefetch_related("manuscript__request__approvals")
        .defer("source", "document", "answers")
    )
    pieces = [(submission, standing(submission)) for submission in with_news_for_writer(own, who(request))]
    # What waits for the writer stands first; the rest keeps its order.
    pieces.sort(key=lambda piece: not piece[1].waits_for_writer)
    context = {
        "pieces": pieces,
        "co_written": co_written(who(request)),
        "call_open": Call.objects.open().filter(circle_only=False).exists(),
        "circle_calls": circle_calls(who(request)),
    }
    return page(request, "home", context)


@for_writers
@require_GET
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """What a call says that is for the circle alone; others stand on a page for everybody."""
    found = call_for(who(request), slug)
    if not found.circle_only:
        return redirect(found)
    return whole(request, found) if found.is_open else closed(request, found)


@for_writers
@require_GET
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the draft that the person has for this call; the first time, a new one."""
    found = call_for(who(request), slug)
    begun = own_submissions(who(request)).filter(call=found, state=SubmissionState.DRAFT)
    if not begun.exists() and (told := why_not_now(request, found)):
        return told
    return redirect("room:draft", key=begin_draft(found, who(request)).key)


@for_writers
@require_GET
def submission(request: HttpRequest, key: str) -> HttpResponse:
    """The status page of one piece."""
    found = own_submission(who(request), key)
    if found.state == SubmissionState.DRAFT:
        return redirect("room:draft", key=key)
    decisions = decisions_told(found)
    context = {
        "submission": found,
        "standing": standing(found),
        "facts": timeline(found, decisions),
        "to_come": to_come(found),
        "to_answer": unanswered(found, Needed.ACCEPTANCE),
        "words": words_told(found, decisions),
        "others": [(piece, standing(piece)) for piece in sent_together(who(request), found) if piece != found],
        "has_news": _has_news(who(request), found),
        "story": story_of(found),
        "manuscript": manuscript_of(found),
        "text": shown(found.document) if found.document else "",
        "may_take_back": may_take_back(found),
        "may_be_elsewhere": may_have_been_accepted_elsewhere(found),
    }
    return page(request, "submission", context)


@for_writers
@require_http_methods(["GET", "POST"])
def thrown_away(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away: one page that says so, one button."""
    found = own_submission(who(request), key)
    if found.state != SubmissionState.DRAFT:
        return redirect("room:submission", key=key)
    if request.method == "GET":
        return page(request, "thrown_away", {"submission": found})
    try:
        throw_away(found)
    except SomebodyElseWon:
        messages.warning(request, _("It was changed in another window in the same moment, so it is still here."))
        return redirect("room:submission", key=key)
    arrived.has_seen(request, found)
    messages.success(request, _("The draft is gone."))
    return redirect("room:home")


def _has_news(writer: Person, submission: Submission) -> bool:
    row = with_news_for_writer(own_submissions(writer), writer).filter(pk=submission.pk).first()
    return bool(getattr(row, "has_news", False))
