"""What an editor says of one submission: a reading, that others should judge it, that it cannot wait, that they are
here."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.reading import AssignmentForm, ConflictForm, ReadingForm, SubjectsForm, UrgencyForm
from hearthpress.desk.story_page import editors_here, named_subjects, presence_in_words
from hearthpress.desk.views.submissions import submission_page
from hearthpress.people.models import Person
from hearthpress.submissions.actions import (
    assign,
    declare_conflict,
    leave_reading,
    mark_urgent,
    name_subjects,
    note_presence,
    take_back_conflict,
    unmark_urgent,
)
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.enums import UNDECIDED, DecisionState
from hearthpress.submissions.models import Decision, Submission


@require_http_methods(["GET", "POST"])
@for_editors
def reading(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    form = ReadingForm(request.POST or None, scored=found.call.scored)
    if not form.is_valid():
        return submission_page(request, found, form=form)
    try:
        is_kept = _leave_reading(found, who(request), form)
    except PermissionDenied:
        form.add_error(None, _("You have said that others should judge this story. What you typed is still here."))
        return submission_page(request, found, 409, form=form)
    if not is_kept:
        form.add_error(None, _("This story has been decided or taken back meanwhile. What you typed is still here."))
        return submission_page(request, found, 409, form=form)
    messages.success(request, _("Your reading is kept."))
    return redirect("desk:submission", key)


@require_http_methods(["GET", "POST"])
@for_editors
def conflict(request: HttpRequest, key: str) -> HttpResponse:
    """Leave this story to others."""
    found = desk_submission(who(request), key)
    form = ConflictForm(request.POST or None, prefix="conflict")
    if not form.is_valid():
        return submission_page(request, found, conflict_form=form)
    declare_conflict(found, who(request), form.cleaned_data["why"])
    messages.success(request, _("Others judge this story now. If it was yours to look after, it is nobody’s."))
    return redirect("desk:submission", key)


@require_POST
@for_editors
def conflict_removal(request: HttpRequest, key: str) -> HttpResponse:
    take_back_conflict(desk_submission(who(request), key), who(request))
    messages.success(request, _("You can judge this story again."))
    return redirect("desk:submission", key)


@require_http_methods(["GET", "POST"])
@for_editors
def urgency(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    form = UrgencyForm(request.POST or None, prefix="urgency")
    if not form.is_valid():
        return submission_page(request, found, urgency_form=form)
    try:
        mark_urgent(found, who(request), form.cleaned_data["why"])
    except PermissionDenied:
        messages.warning(request, _("You have said that others should judge this story."))
    else:
        messages.success(request, _("It is marked as urgent, in the queue too."))
    return redirect("desk:submission", key)


@require_POST
@for_editors
def urgency_removal(request: HttpRequest, key: str) -> HttpResponse:
    try:
        unmark_urgent(desk_submission(who(request), key), who(request))
    except PermissionDenied:
        messages.warning(request, _("You have said that others should judge this story."))
    else:
        messages.success(request, _("It is not marked as urgent any more."))
    return redirect("desk:submission", key)


@require_http_methods(["GET", "POST"])
@for_editors
def assignment(request: HttpRequest, key: str) -> HttpResponse:
    """Give it to an editor, or to nobody."""
    found = desk_submission(who(request), key)
    form = AssignmentForm(request.POST or None, editors=editors_here(), prefix="assignment")
    if not form.is_valid():
        return submission_page(request, found, assignment_form=form)
    editor = form.cleaned_data["editor"]
    try:
        _assign(found, who(request), form)
    except PermissionDenied:
        form.add_error("editor", _("This editor cannot look after this story. Please choose somebody else."))
        return submission_page(request, found, 409, assignment_form=form)
    except SomebodyElseWon:
        messages.warning(request, _("Nothing was changed: somebody has given this story to another editor meanwhile."))
    else:
        said = _("%(name)s looks after it now.") % {"name": editor} if editor else _("Nobody looks after it now.")
        messages.success(request, said)
    return redirect("desk:submission", key)


@require_http_methods(["GET", "POST"])
@for_editors
def subjects_touched(request: HttpRequest, key: str) -> HttpResponse:
    """Name what it touches, in the place of what was named before."""
    found = desk_submission(who(request), key)
    form = SubjectsForm(request.POST or None, prefix="touches")
    if not form.is_valid():
        return submission_page(request, found, subjects_form=form)
    try:
        _name_subjects(found, who(request), form)
    except PermissionDenied:
        messages.warning(request, _("You have said that others should judge this story."))
    except SomebodyElseWon:
        messages.warning(request, _why_not_named(found))
    else:
        messages.success(request, _("What it touches is kept."))
    return redirect("desk:submission", key)


@require_POST
@for_editors
def presence(request: HttpRequest, key: str) -> HttpResponse:
    """The page is still open. Who else has it open, in words."""
    editor = who(request)
    others = note_presence(desk_submission(editor, key), editor)
    return JsonResponse({"words": presence_in_words(others)})


def _leave_reading(found: Submission, editor: Person, form: ReadingForm) -> bool:
    """Keep the reading. Two first readings at once both count: the one that comes second is kept at the second try."""
    for _try in range(2):
        if found.state not in UNDECIDED:
            return False
        given = form.cleaned_data
        try:
            leave_reading(found, editor, given["vote"], given["notes"], given.get("score"))
        except (SomebodyElseWon, NotAllowed):
            found.refresh_from_db(fields=["state"])
        else:
            return True
    return False


def _assign(found: Submission, by: Person, form: AssignmentForm) -> None:
    """Raises PermissionDenied, SomebodyElseWon: it was given away since the page was drawn."""
    if form.cleaned_data["was"] != str(found.assigned_to_id or ""):
        raise SomebodyElseWon("given to somebody else")
    assign(found, form.cleaned_data["editor"], by)


def _name_subjects(found: Submission, by: Person, form: SubjectsForm) -> None:
    """Raises PermissionDenied, SomebodyElseWon: others were named since the page was drawn, it was decided, or a
    decision is going out."""
    if form.cleaned_data["was"] != named_subjects(found)["was"]:
        raise SomebodyElseWon("named by somebody else")
    name_subjects(found, by, form.cleaned_data["subjects"])


def _why_not_named(found: Submission) -> str:
    found.refresh_from_db(fields=["state"])
    if found.state not in UNDECIDED:
        return _("Nothing was changed: this story has been decided meanwhile.")
    if Decision.objects.filter(submission=found, state=DecisionState.RELEASING).exists():
        return _("Nothing was changed: a decision is going out. Undo its release, then name what it touches.")
    return _("Nothing was changed: somebody has named other subjects meanwhile. Please look again at what it touches.")
