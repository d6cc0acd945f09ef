"""Deciding about one submission: prepared quietly, and taken back as quietly."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.decisions import (
    TIME_FOR_CHANGES,
    calls_to_pass_to,
    decision_kinds,
    decision_panel,
    decision_shown,
    kind_in_words,
    obstacle,
    pending_decision,
    touches_loss,
)
from hearthpress.desk.forms.decisions import DecisionForm
from hearthpress.desk.page import page
from hearthpress.desk.releasing import why_not
from hearthpress.desk.row_numbers import row_number
from hearthpress.desk.starting_words import (
    beginning,
    fill_in,
    fitting_templates,
    starting_words,
    with_quote,
    with_words,
)
from hearthpress.people.models import Person
from hearthpress.submissions.actions import PersonalLineNeeded, drop_decision, prepare_decision
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.enums import DecisionState
from hearthpress.submissions.models import Decision, Submission


@require_http_methods(["GET", "POST"])
@for_editors
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """Prepare a decision of the `kind` asked for. The writer hears nothing of it until it is released."""
    editor = who(request)
    found = desk_submission(editor, key)
    kind = (request.POST or request.GET).get("kind", "")
    if kind not in decision_kinds(found):
        return redirect("desk:submission", key)
    may = not obstacle(found, editor)
    form = _form(request, found, kind, may=may)
    if form.is_valid() and _prepare(found, editor, form):
        messages.success(request, _("The decision is prepared. The writer hears nothing until it is released."))
        return redirect("desk:submission", key)
    context = {
        "submission": found,
        "form": form,
        "kind": kind_in_words(kind),
        "panel": decision_panel(found, editor),
        "notes": _notes(found) if may else [],
    }
    return page(request, "decision", "queue", context, status=409 if form.non_field_errors() else 200)


@require_POST
@for_editors
def decision_dropped(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    shown = decision_shown(found, request.POST.get("decision", ""))
    try:
        drop_decision(shown, who(request))
    except (SomebodyElseWon, NotAllowed, PermissionDenied):
        messages.warning(request, why_not(shown, who(request)))
    else:
        messages.success(request, _("The decision is taken back. Nobody has heard of it."))
    return redirect("desk:submission", key)


def _form(request: HttpRequest, found: Submission, kind: str, *, may: bool) -> DecisionForm:
    """As it was sent; or with words added, for the buttons that ask for that; or as it begins.

    Who may not decide about it gets back what they typed, and nothing that tells them more.
    """
    make = partial(
        DecisionForm,
        kind=kind,
        templates=fitting_templates(kind, [found]),
        calls=calls_to_pass_to(found),
        of_loss=touches_loss(found),
    )
    typed = request.POST.dict()
    if not may:
        return make(initial=typed)
    if request.method == "GET":
        return make(initial=_beginning(found, kind))
    if "use" in typed:
        return make(initial={**typed, "words": _with_template(request, found, kind)})
    if "quote" in typed:
        return make(initial={**typed, "words": _with_note(request, found)})
    return make(request.POST)


def _beginning(found: Submission, kind: str) -> dict[str, Any]:
    before = pending_decision(found)
    same = before if before is not None and before.kind == kind else None
    words = same.words if same else fill_in(beginning(kind, fitting_templates(kind, [found]), [found]), found)
    by = (same.revise_by if same else None) or (None if same else clock.now() + TIME_FOR_CHANGES)
    return {
        "kind": kind,
        "words": words,
        "personal": before.personal if before else "",
        "revise_by": timezone.localtime(by).date() if by else None,
        "to_call": same.to_call_id if same else None,
        "replaces": before.pk if before else None,
    }


def _with_template(request: HttpRequest, found: Submission, kind: str) -> str:
    """The words of the template that was chosen, in the place of words that nobody has touched, else below them."""
    typed = request.POST.get("words", "")
    templates = list(fitting_templates(kind, [found]))
    number = row_number(request.POST.get("template", ""))
    chosen = next((template for template in templates if template.pk == number), None)
    if chosen is None:
        messages.info(request, _("Please choose the words first."))
        return typed
    untouched = [fill_in(template.words, found) for template in templates]
    return with_words(typed, fill_in(chosen.words, found), [*untouched, starting_words(kind, [found])])


def _with_note(request: HttpRequest, found: Submission) -> str:
    typed = request.POST.get("words", "")
    note = _notes(found).filter(pk=row_number(request.POST["quote"]) or 0).first()
    if note is None:
        return typed
    messages.info(request, _("The note stands at the end of your words now. Make it yours before it goes."))
    return with_quote(typed, note.notes)


def _notes(found: Submission) -> Any:
    return found.readings.exclude(notes="").select_related("editor")


def _prepare(found: Submission, editor: Person, form: DecisionForm) -> bool:
    """Prepare the decision, unless another was prepared since the page was drawn: then say so, and keep the words."""
    before = pending_decision(found)
    if (before.pk if before else None) != form.cleaned_data["replaces"]:
        form.look_again(before)
        return False
    try:
        prepare_decision(
            found,
            editor,
            form.cleaned_data["kind"],
            fill_in(form.cleaned_data["words"], found),
            form.details(fill_in(form.cleaned_data["personal"], found)),
        )
    except (Sentence, IntegrityError, PermissionDenied) as error:
        form.add_error(None, _why_not_prepared(error, before))
        return False
    return True


def _why_not_prepared(error: Exception, before: Decision | None) -> str:
    if isinstance(error, PermissionDenied):
        return _("You cannot decide about this story now. What you typed is still here.")
    if isinstance(error, PersonalLineNeeded):
        return _("This story touches a loss. Please write a line for its writer alone.")
    if before is not None and before.state == DecisionState.RELEASING:
        return _("A decision is going out already. Undo its release first; what you typed is still here.")
    return _("Somebody decided this story before you. What you typed is still here.")
