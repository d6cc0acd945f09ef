"""All that a person has begun or sent, where each piece stands, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hearthpress.agreements.enums import AgreementState
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.reading import shown
from hearthpress.room.standing import day, manuscript_of, standing, story_of
from hearthpress.room.timeline import timeline
from hearthpress.stories.enums import StoryState
from hearthpress.submissions.actions import begin as begin_draft
from hearthpress.submissions.actions import throw_away, withdraw
from hearthpress.submissions.doors import own_submission, own_submissions
from hearthpress.submissions.enums import DecisionState, SubmissionState
from hearthpress.submissions.models import Call, DecisionEvent, Submission


@for_writers
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    own = own_submissions(who(request)).select_related("manuscript__story").defer("source", "document", "answers")
    pieces = [(submission, standing(submission)) for submission in own]
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
    context = {
        "submission": found,
        "standing": standing(found),
        "facts": timeline(found),
        "decisions": _told(found),
        "story": story_of(found),
        "manuscript": manuscript_of(found),
        "text": shown(found.document) if found.document else "",
        "may_withdraw": found.may_become(SubmissionState.WITHDRAWN),
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
    messages.success(request, _("The draft is gone."))
    return redirect("room:home")


@for_writers
@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, key: str) -> HttpResponse:
    """Take a story back: one page that says what that means, one button."""
    found = own_submission(who(request), key)
    if request.method == "POST":
        _take_back(request, found)
        return redirect("room:submission", key=key)
    if not found.may_become(SubmissionState.WITHDRAWN):
        return redirect("room:submission", key=key)
    return page(request, "withdrawal", {"submission": found, "consequences": _consequences(found)})


def _take_back(request: HttpRequest, found: Submission) -> None:
    """An editor may act in the same moment: the writer's word holds, whatever the new state is."""
    try:
        withdraw(found, who(request))
    except (SomebodyElseWon, NotAllowed):
        found = own_submission(who(request), found.key)
        if not found.may_become(SubmissionState.WITHDRAWN):
            return
        withdraw(found, who(request))
    messages.success(request, _("“%(title)s” is yours again.") % {"title": found})


def _consequences(found: Submission) -> list[str]:
    story, agreement = story_of(found), found.agreement
    sentences = [_("Nobody here works on it any more, and it leaves the editors’ pages.")]
    if story is not None and story.state == StoryState.LIVE:
        sentences = [
            _("It disappears at once from our pages, lists, feeds and searches. Readers who come find a kind note."),
            _("Copies that others made, such as a search engine’s, are out of our hands and can take a while to go."),
        ]
    if agreement is not None and agreement.state == AgreementState.SIGNED:
        sentences.append(_("The agreement ends today. What the story has earned until now stays yours and is paid."))
    elif agreement is not None:
        sentences.append(_("The agreement is not made."))
    return [
        *sentences,
        _("You owe us no reason. This cannot be undone, but you may send the story to us again one day."),
    ]


def _told(found: Submission) -> list[dict[str, Any]]:
    """What the editors decided and wrote, once it was released; never by whom."""
    events = DecisionEvent.objects.filter(subject__submission=found, new=DecisionState.RELEASED)
    return [
        {"kind": event.subject.kind, "words": event.subject.words, "date": day(event.at)}
        for event in events.select_related("subject").order_by("-at", "-id")
    ]
