"""All that a person has begun or sent, and where each piece stands."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hearthpress.common.states import SomebodyElseWon
from hearthpress.correspondence.unread import with_news_for_writer
from hearthpress.people.models import Person
from hearthpress.room import arrived
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.pieces import may_have_been_accepted_elsewhere, sent_together
from hearthpress.room.reading import shown
from hearthpress.room.standing import manuscript_of, may_take_back, standing, story_of
from hearthpress.room.timeline import timeline, to_come
from hearthpress.room.told import decisions_told, words_told
from hearthpress.submissions.actions import begin as begin_draft
from hearthpress.submissions.actions import throw_away
from hearthpress.submissions.doors import own_submission, own_submissions
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Call, Submission


@for_writers
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    own = own_submissions(who(request)).select_related("manuscript__story").defer("source", "document", "answers")
    pieces = [(submission, standing(submission)) for submission in with_news_for_writer(own, who(request))]
    # What waits for the writer stands first; the rest keeps its order.
    pieces.sort(key=lambda piece: not piece[1].waits_for_writer)
    return page(request, "home", {"pieces": pieces, "call_open": Call.objects.open().exists()})


@for_writers
@require_GET
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the draft that the person has for this call; the first time, a new one."""
    call = get_object_or_404(Call, slug=slug)
    begun = own_submissions(who(request)).filter(call=call, state=SubmissionState.DRAFT)
    if not call.is_open and not begun.exists():
        return page(request, "closed", {"call": call, "others": Call.objects.open().exists()})
    return redirect("room:draft", key=begin_draft(call, who(request)).key)


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
    news = with_news_for_writer(own_submissions(writer), writer)
    return news.filter(pk=submission.pk, has_news=True).exists()
