"""Promises that are missed or nearly so, and apologising for them: the letters are shown before any is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.promises import ApologyForm, NewDateForm
from hearthpress.desk.page import page
from hearthpress.desk.promises import AT_ONCE, Apology, promises_for, show_letter, to_apologise_for, try_to_apologise
from hearthpress.desk.shown_letters import fingerprint


@require_safe
@for_editors
def promises(request: HttpRequest) -> HttpResponse:
    return page(request, "promises", "promises", {"promises": promises_for(who(request))})


@require_http_methods(["GET", "POST"])
@for_editors
def apologies(request: HttpRequest) -> HttpResponse:
    """For the stories that were ticked (`story`): their letters, and the button that sends exactly these."""
    form = ApologyForm(request.POST or None)
    chosen = _chosen(request)
    if not chosen:
        messages.info(request, _("Tick the stories whose writers you want to write to. Others need no apology now."))
        return redirect("desk:promises")
    _show_letters(request, form, chosen)
    shown = fingerprint(apology.letter for apology in chosen if apology.letter)
    complete = form.is_valid() and all(apology.letter for apology in chosen)
    if complete and "send" in request.POST and request.POST.get("shown") == shown:
        return _send(request, form, chosen)
    if complete and "send" in request.POST:
        messages.warning(request, _("Nothing is sent yet: the letters have changed. Please look at them once more."))
    context = {"form": form, "apologies": chosen, "shown": shown, "complete": complete or not form.is_bound}
    return page(request, "apologies", "promises", context)


def _chosen(request: HttpRequest) -> list[Apology]:
    """The stories that were ticked and still need an apology, each with its date as it was sent, or as suggested."""
    sent: Any = request.POST or request.GET
    rows = to_apologise_for(who(request)).filter(key__in=sent.getlist("story")[:AT_ONCE])
    found = [Apology(row, NewDateForm(row, request.POST or None)) for row in rows]
    if request.method == "GET":
        return found
    return [apology for apology in found if apology.form.is_as_shown]


def _show_letters(request: HttpRequest, form: ApologyForm, chosen: list[Apology]) -> None:
    words = form.cleaned_data.get("words", "") if form.is_valid() else ""
    for apology in chosen:
        if apology.form.day is not None and (form.is_valid() or not form.is_bound):
            show_letter(apology, who(request), words, apology.form.day)


def _send(request: HttpRequest, form: ApologyForm, chosen: list[Apology]) -> HttpResponse:
    words = form.cleaned_data["words"]
    problems = [try_to_apologise(apology, who(request), words, apology.form.cleaned_data["due"]) for apology in chosen]
    for problem in filter(None, problems):
        messages.warning(request, problem)
    if written := problems.count(""):
        said = ngettext("%(count)d writer has a new date.", "%(count)d writers have a new date.", written)
        messages.success(request, said % {"count": written})
    return redirect("desk:promises")
