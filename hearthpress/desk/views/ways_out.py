"""Ways out of a dead end: the letter is shown first, and a second click sends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hearthpress.agreements.actions import give_more_time
from hearthpress.common.errors import Sentence
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.ways_out import DAYS, GivingBackForm, MoreDaysForm, NothingToSayForm
from hearthpress.desk.page import page
from hearthpress.desk.shown_letters import fingerprint, letter_of
from hearthpress.desk.ways_out import ways_out
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions import could_not_publish, leave_open
from hearthpress.submissions.concealing import whole
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.models import Submission


@dataclass(frozen=True)
class _Way:
    """`begins` is what the form holds at first; None: there is no letter before somebody has typed."""

    form: type[forms.Form]
    begins: Mapping[str, Any] | None
    act: Callable[[Submission, Person, dict[str, Any]], Letter]
    done: Any


def _leave_open(submission: Submission, editor: Person, _given: dict[str, Any]) -> Letter:
    return leave_open(submission, editor)


def _give_back(submission: Submission, editor: Person, given: dict[str, Any]) -> Letter:
    return could_not_publish(submission, editor, given["words"])


def _give_time(submission: Submission, editor: Person, given: dict[str, Any]) -> Letter:
    assert submission.agreement is not None  # the page is there for what has one
    return give_more_time(submission.agreement, editor, given["days"])


WAYS = {
    "left_open": _Way(
        NothingToSayForm, {}, _leave_open, gettext_lazy("Left open. Its writer can still send the changes.")
    ),
    "giving_back": _Way(GivingBackForm, None, _give_back, gettext_lazy("The story is its writer’s again.")),
    "agreement_time": _Way(MoreDaysForm, {"days": DAYS}, _give_time, gettext_lazy("The writer has more time.")),
}


@require_http_methods(["GET", "POST"])
@for_editors
def left_open(request: HttpRequest, key: str) -> HttpResponse:
    """The changes did not come: nobody waits for them any more, and the door stays open."""
    return _way_out(request, key, "left_open")


@require_http_methods(["GET", "POST"])
@for_editors
def giving_back(request: HttpRequest, key: str) -> HttpResponse:
    """An accepted story that the magazine cannot publish is its writer's again, with the fee that was agreed."""
    return _way_out(request, key, "giving_back")


@require_http_methods(["GET", "POST"])
@for_editors
def agreement_time(request: HttpRequest, key: str) -> HttpResponse:
    """More days for an agreement that waits to be signed."""
    return _way_out(request, key, "agreement_time")


def _way_out(request: HttpRequest, key: str, name: str) -> HttpResponse:
    editor, way = who(request), WAYS[name]
    found = desk_submission(editor, key)
    if name not in {open_way.name for open_way in ways_out(found, editor)}:
        return _not_now(request, found)
    form = way.form(request.POST if request.method == "POST" else way.begins)
    letter = None
    if form.is_valid():
        try:
            letter = letter_of(lambda row: way.act(row, editor, form.cleaned_data), found)
            if request.POST.get("shown") == fingerprint([letter]):
                way.act(whole(found), editor, form.cleaned_data)
                messages.success(request, way.done)
                return redirect("desk:submission", key)
        except (Sentence, PermissionDenied):
            return _not_now(request, found)
    context = {"submission": found, "form": form, "letter": letter, "shown": fingerprint([letter] if letter else [])}
    return page(request, name, "queue", context)


def _not_now(request: HttpRequest, found: Submission) -> HttpResponse:
    """A page that was left open while something else happened, or an address that somebody typed."""
    messages.info(request, _("That cannot be done now. This is how the story stands."))
    return redirect("desk:submission", found.key)
