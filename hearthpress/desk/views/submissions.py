"""One submission: read it, say what you think, decide."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.decisions import decision_panel
from hearthpress.desk.forms.decisions import ReadingForm
from hearthpress.desk.history import history
from hearthpress.desk.page import page
from hearthpress.desk.reading_copy import reading_copy
from hearthpress.desk.turns import manuscript_of, turn_of
from hearthpress.people.models import Person
from hearthpress.submissions.actions import leave_reading
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.enums import UNDECIDED, SubmissionState
from hearthpress.submissions.models import Submission


@require_safe
@for_editors
def submission(request: HttpRequest, key: str) -> HttpResponse:
    return _submission_page(request, desk_submission(who(request), key))


@require_http_methods(["GET", "POST"])
@for_editors
def reading(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    form = ReadingForm(request.POST or None)
    if not form.is_valid():
        return _submission_page(request, found, form)
    if found.state not in UNDECIDED or not _leave_reading(found, who(request), form):
        form.add_error(None, _("This story has been decided or taken back meanwhile. What you typed is still here."))
        return _submission_page(request, found, form, status=409)
    messages.success(request, _("Your reading is kept."))
    return redirect("desk:submission", key)


def _submission_page(
    request: HttpRequest, found: Submission, form: ReadingForm | None = None, status: int = 200
) -> HttpResponse:
    editor = who(request)
    readings = list(found.readings.select_related("editor"))
    mine = next((reading for reading in readings if reading.editor_id == editor.pk), None)
    initial = {"vote": mine.vote, "notes": mine.notes} if mine else {}
    context: dict[str, Any] = {
        "submission": found,
        "text": reading_copy(found.document or {"content": []}, {}),
        "subjects": list(found.subjects.all()),
        "readings": readings,
        "mine": mine,
        "form": form or ReadingForm(initial=initial),
        "undecided": found.state in UNDECIDED,
        "decide": decision_panel(found, editor),
        "manuscript": manuscript_of(found),
        "turn": turn_of(found) if found.state == SubmissionState.ACCEPTED else None,
        "history": history(found, editor),
    }
    return page(request, "submission", "queue", context, status)


def _leave_reading(found: Submission, editor: Person, form: ReadingForm) -> bool:
    """Keep the reading. Two first readings at once both count: the one that comes second is kept at the second try."""
    for _try in range(2):
        try:
            leave_reading(found, editor, form.cleaned_data["vote"], form.cleaned_data["notes"])
        except (SomebodyElseWon, NotAllowed):
            found.refresh_from_db(fields=["state"])
        else:
            return True
        if found.state not in UNDECIDED:
            return False
    return False
