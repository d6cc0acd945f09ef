"""Letting decisions go out, one or many: first every letter is shown, then a second click lets them go."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.common.errors import Sentence
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.decisions import decision_panel, decision_shown, kind_in_words
from hearthpress.desk.forms.releases import ReleaseForm
from hearthpress.desk.outbox import AT_ONCE, in_outbox, outbox_of, prepared_decisions
from hearthpress.desk.page import page
from hearthpress.desk.releasing import letter_that_would_go, try_release, try_undo, why_not
from hearthpress.desk.row_numbers import row_number
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.models import Decision


@require_safe
@for_editors
def outbox(request: HttpRequest) -> HttpResponse:
    """What is prepared, what is going out, and what was told today."""
    return page(request, "outbox", "outbox", {"outbox": outbox_of(who(request))})


@require_http_methods(["GET", "POST"])
@for_editors
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Shows exactly the letter that will go; sending the form releases it."""
    editor = who(request)
    found = desk_submission(editor, key)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST":
        shown = decision_shown(found, request.POST.get("decision", ""))
        if form.is_valid():
            messages.add_message(request, *_said(try_release(shown, editor, form.moment)))
            return redirect("desk:submission", key)
    panel = decision_panel(found, editor)
    letter = panel.pending and not panel.obstacle and _letter(request, panel.pending, editor)
    if panel.pending is None or not letter:
        messages.warning(request, panel.obstacle or _("No decision is prepared for this story now."))
        return redirect("desk:submission", key)
    kind = kind_in_words(panel.pending.kind)
    context = {"submission": found, "panel": panel, "kind": kind, "letter": letter, "form": form}
    return page(request, "release", "queue", context)


@require_POST
@for_editors
def release_undone(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_submission(who(request), key)
    problem = try_undo(decision_shown(found, request.POST.get("decision", "")), who(request))
    _say_undone(request, [problem])
    return redirect("desk:submission", key)


@require_http_methods(["GET", "POST"])
@for_editors
def releases(request: HttpRequest) -> HttpResponse:
    """Several decisions at once, or all that wait (`all`)."""
    editor = who(request)
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        _release_all(request, editor, form)
        return redirect("desk:outbox")
    chosen = prepared_decisions(editor)
    if "all" not in request.GET:
        chosen = chosen.filter(pk__in=_numbers(request))
    decisions = list(chosen[:AT_ONCE])
    if not decisions:
        messages.info(request, _("Tick the decisions that you want to release, then look at their letters."))
        return redirect("desk:outbox")
    letters = [(decision, letter) for decision in decisions if (letter := _letter(request, decision, editor))]
    return page(request, "releases", "outbox", {"letters": letters, "form": form})


@require_POST
@for_editors
def releases_undone(request: HttpRequest) -> HttpResponse:
    editor = who(request)
    theirs = in_outbox(editor).filter(pk__in=_numbers(request))
    _say_undone(request, [_named(decision, try_undo(decision, editor)) for decision in theirs])
    return redirect("desk:outbox")


def _numbers(request: HttpRequest) -> list[int]:
    sent: Any = request.POST if request.method == "POST" else request.GET
    numbers = (row_number(text) for text in sent.getlist("decision"))
    return [number for number in numbers if number is not None][:AT_ONCE]


def _letter(request: HttpRequest, decision: Decision, editor: Person) -> Letter | None:
    try:
        return letter_that_would_go(decision, editor)
    except (Sentence, PermissionDenied):
        messages.warning(request, _named(decision, why_not(decision, editor)))
        return None


def _release_all(request: HttpRequest, editor: Person, form: ReleaseForm) -> None:
    theirs = in_outbox(editor).filter(pk__in=_numbers(request))
    problems = [_named(decision, try_release(decision, editor, form.moment)) for decision in theirs]
    for problem in filter(None, problems):
        messages.warning(request, problem)
    if released := problems.count(""):
        said = ngettext("%(count)d decision goes out.", "%(count)d decisions go out.", released)
        messages.success(request, said % {"count": released})


def _named(decision: Decision, problem: str) -> str:
    return f"“{decision.submission.title}”: {problem}" if problem else ""


def _say_undone(request: HttpRequest, problems: Iterable[str]) -> None:
    outcomes = list(problems)
    for problem in filter(None, outcomes):
        messages.warning(request, problem)
    if undone := outcomes.count(""):
        said = ngettext("Undone. Nobody has heard of it.", "%(count)d undone. Nobody has heard of them.", undone)
        messages.success(request, said % {"count": undone})


def _said(problem: str) -> tuple[int, str]:
    if problem:
        return messages.WARNING, problem
    return messages.SUCCESS, _("Released. It goes out at the time below; until then you can undo it.")
