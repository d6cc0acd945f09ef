"""One submission: read it, say what you think, decide."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.decisions import (
    decision_shown,
    kind_in_words,
    letter_that_would_go,
    prepared_decision,
    try_release,
    why_not,
)
from hearthpress.desk.forms.decisions import DecisionForm, ReadingForm
from hearthpress.desk.history import history
from hearthpress.desk.page import page
from hearthpress.desk.reading_copy import reading_copy
from hearthpress.desk.starting_words import starting_words
from hearthpress.desk.turns import manuscript_of, turn_of
from hearthpress.people.models import Person
from hearthpress.submissions.actions import drop_decision, leave_reading, prepare_decision
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.enums import UNDECIDED, DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Decision, Submission


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


@require_http_methods(["GET", "POST"])
@for_editors
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """Prepare a decision of the `kind` asked for. The writer hears nothing of it until it is released."""
    editor = who(request)
    found = desk_submission(editor, key)
    kind = (request.POST or request.GET).get("kind", "")
    if kind not in DecisionKind.values:
        return redirect("desk:submission", key)
    before = prepared_decision(found)
    form = DecisionForm(request.POST or None, initial=_beginning(kind, before))
    if form.is_valid() and _prepare(found, editor, form):
        messages.success(request, _("The decision is prepared. The writer hears nothing until it is released."))
        return redirect("desk:submission", key)
    context = {
        "submission": found,
        "form": form,
        "kind": kind_in_words(kind),
        "before": prepared_decision(found),
        "undecided": found.state in UNDECIDED,
    }
    return page(request, "decision", "queue", context, status=409 if form.non_field_errors() else 200)


@require_POST
@for_editors
def decision_dropped(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    shown = decision_shown(found, request.POST.get("decision", ""))
    try:
        drop_decision(shown, who(request))
    except (SomebodyElseWon, NotAllowed):
        messages.warning(request, why_not(shown, who(request)))
    else:
        messages.success(request, _("The decision is taken back. Nobody has heard of it."))
    return redirect("desk:submission", key)


@require_http_methods(["GET", "POST"])
@for_editors
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Shows exactly the letter that will go; sending the form releases it."""
    editor = who(request)
    found = desk_submission(editor, key)
    if request.method == "POST":
        problem = try_release(decision_shown(found, request.POST.get("decision", "")), editor)
        messages.add_message(request, *_said(problem))
        return redirect("desk:submission", key)
    prepared = prepared_decision(found)
    if prepared is None:
        messages.warning(request, _("No decision is prepared for this story now."))
        return redirect("desk:submission", key)
    try:
        letter = letter_that_would_go(prepared, editor)
    except (SomebodyElseWon, NotAllowed):
        messages.warning(request, why_not(prepared, editor))
        return redirect("desk:submission", key)
    return page(
        request,
        "release",
        "queue",
        {
            "submission": found,
            "decision": prepared,
            "kind": kind_in_words(prepared.kind),
            "letter": letter,
        },
    )


def _said(problem: str) -> tuple[int, str]:
    return (messages.WARNING, problem) if problem else (messages.SUCCESS, _("Released. The writer has been told."))


def _submission_page(
    request: HttpRequest, found: Submission, form: ReadingForm | None = None, status: int = 200
) -> HttpResponse:
    editor = who(request)
    readings = list(found.readings.select_related("editor"))
    mine = next((reading for reading in readings if reading.editor_id == editor.pk), None)
    initial = {"vote": mine.vote, "notes": mine.notes} if mine else {}
    released = found.decisions.filter(state=DecisionState.RELEASED).select_related("prepared_by").order_by("pk")
    context: dict[str, Any] = {
        "submission": found,
        "text": reading_copy(found.document or {"content": []}, {}),
        "subjects": list(found.subjects.all()),
        "readings": readings,
        "mine": mine,
        "form": form or ReadingForm(initial=initial),
        "undecided": found.state in UNDECIDED,
        "prepared": prepared_decision(found),
        "kinds": DecisionKind,
        "released": released,
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


def _beginning(kind: str, before: Decision | None) -> dict[str, Any]:
    words = before.words if before is not None and before.kind == kind else starting_words(kind)
    return {"kind": kind, "words": words, "replaces": before.pk if before else None}


def _prepare(found: Submission, editor: Person, form: DecisionForm) -> bool:
    """Prepare the decision, unless another was prepared since the page was drawn: then say so, and keep the words."""
    before = prepared_decision(found)
    if (before.pk if before else None) != form.cleaned_data["replaces"]:
        form.look_again(before)
        return False
    try:
        prepare_decision(found, editor, form.cleaned_data["kind"], form.cleaned_data["words"])
    except (SomebodyElseWon, NotAllowed, IntegrityError):
        form.add_error(None, _("Somebody decided this story before you. What you typed is still here."))
        return False
    return True
