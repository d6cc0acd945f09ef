"""Asking the writer for a yes to the newest version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.addresses import address_problem
from hearthpress.desk.forms.asking import AskingForm
from hearthpress.desk.page import page
from hearthpress.desk.preview import picture_address
from hearthpress.desk.turns import story_of
from hearthpress.desk.views.manuscripts import newest
from hearthpress.editing.actions import NotReady, ask_for_approval
from hearthpress.editing.content import missing
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript
from hearthpress.editing.people import people_in, unanswered
from hearthpress.editing.since_approval import since_approval
from hearthpress.editing.suggesting import open_on
from hearthpress.editing.writers import said_by_each
from hearthpress.magazine.preview import FRAMING, card_of
from hearthpress.masthead.middleware import masthead_of
from hearthpress.stories.comparison import compare


@require_http_methods(["GET", "POST"])
@for_editors
def approval_request(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the writer for a yes to the version that this page shows the hash of."""
    found = desk_manuscript(who(request), key)
    problems = _problems(found)
    today = clock.today(masthead_of(request).time_zone)
    form = AskingForm(request.POST or None, today, newest(found).sha256)
    if form.is_valid() and not problems:
        if _ask(request, found, form):
            messages.success(request, _("The writer is asked. They read exactly this version."))
            return redirect("desk:manuscript", key)
        found = desk_manuscript(who(request), key)
        form.look_again(newest(found).sha256)
    return _page(request, found, form, problems)


def _page(request: HttpRequest, found: Manuscript, form: AskingForm, problems: list[str]) -> HttpResponse:
    revision, since = newest(found), since_approval(found)
    context = {
        "submission": found.submission,
        "manuscript": found,
        "revision": revision,
        "problems": problems,
        "form": form,
        "since": since,
        "each": said_by_each(found),
        "preview_url": reverse("desk:preview", args=[found.submission.key]),
        "card": card_of(revision.content, picture_address),
        "unanswered": unanswered(people_in(found, revision)),
        "since_comparison": compare(since.approval.revision, revision) if since else None,
        "comparison": compare(found.first_revision, revision),
        "overdue": found.hoped_for is not None and found.hoped_for < form.today,
    }
    response = page(request, "approval_request", "queue", context)
    response["Content-Security-Policy"] = FRAMING
    return response


def _problems(found: Manuscript) -> list[str]:
    content = newest(found).content
    taken = address_problem(content["slug"], story_of(found))
    return [*missing(content), *filter(None, [taken, open_on(found)])]


def _ask(request: HttpRequest, found: Manuscript, form: AskingForm) -> bool:
    asked = form.cleaned_data
    if asked["revision"] != newest(found).sha256:
        messages.warning(request, _changed_meanwhile())
        return False
    try:
        ask_for_approval(found, who(request), asked["due"], asked["words"])
    except (NotAllowed, SomebodyElseWon, NotReady):
        messages.warning(request, _asked_words(desk_manuscript(who(request), found.submission.key)))
        return False
    return True


def _asked_words(now: Manuscript) -> str:
    if now.state == ManuscriptState.ASKED:
        return _("The writer has been asked already.")
    if now.state == ManuscriptState.APPROVED:
        return _("The writer has approved this text already.")
    return _changed_meanwhile()


def _changed_meanwhile() -> str:
    return _("The text was changed meanwhile. This is how it stands now; please look again.")
