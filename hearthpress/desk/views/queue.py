"""The queue, and releasing many decisions at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.decisions import letter_that_would_go, try_release, why_not
from hearthpress.desk.lists import in_work, just_live, queue_page, ready_to_tell
from hearthpress.desk.page import page
from hearthpress.desk.row_numbers import row_number
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.models import Decision

AT_ONCE = 25  # the most decisions released by one click: each letter stands on the page to be read


@require_safe
@for_editors
def queue(request: HttpRequest) -> HttpResponse:
    editor = who(request)
    after = request.GET.get("after", "")
    context = {
        "queue": queue_page(editor, after),
        "begins": not after,
        "decisions": ready_to_tell(editor)[:AT_ONCE],
        "in_work": in_work(editor),
        "just_live": just_live(editor),
    }
    return page(request, "queue", "queue", context)


@require_http_methods(["GET", "POST"])
@for_editors
def releases(request: HttpRequest) -> HttpResponse:
    """Several decisions at once: first every letter is shown, then a second click sends them."""
    editor = who(request)
    ticked = request.POST if request.method == "POST" else request.GET
    numbers = [number for text in ticked.getlist("decision") if (number := row_number(text)) is not None]
    if request.method == "POST":
        _release_all(request, editor, numbers)
        return redirect("desk:queue")
    chosen = list(ready_to_tell(editor).filter(pk__in=numbers[:AT_ONCE]))
    if not chosen:
        messages.info(request, _("Tick the decisions that you want to release, then look at their letters."))
        return redirect("desk:queue")
    letters = [(decision, letter) for decision in chosen if (letter := _letter(request, decision, editor))]
    return page(request, "releases", "queue", {"letters": letters})


def _letter(request: HttpRequest, decision: Decision, editor: Person) -> Letter | None:
    try:
        return letter_that_would_go(decision, editor)
    except (SomebodyElseWon, NotAllowed):
        messages.warning(request, f"“{decision.submission.title}”: {why_not(decision, editor)}")
        return None


def _release_all(request: HttpRequest, editor: Person, numbers: list[int]) -> None:
    told = 0
    theirs = Decision.objects.filter(submission__in=desk_submissions(editor), pk__in=numbers[:AT_ONCE])
    for decision in theirs.select_related("submission__call__rate_card", "submission__writer"):
        problem = try_release(decision, editor)
        if problem:
            messages.warning(request, f"“{decision.submission.title}”: {problem}")
        told += not problem
    if told:
        said = ngettext("%(count)d writer has been told.", "%(count)d writers have been told.", told)
        messages.success(request, said % {"count": told})
