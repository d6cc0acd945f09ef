"""Preparing one decision for many stories."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hearthpress.common import clock
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.bulk import calls_for_all, kinds_for_all, pieces_of, prepare_all, ticked_stories, typed_with_note
from hearthpress.desk.decisions import TIME_FOR_CHANGES, letters_in_words
from hearthpress.desk.forms.bulk import PieceForm
from hearthpress.desk.forms.decisions import WordsForm
from hearthpress.desk.page import page
from hearthpress.desk.queue.saved_views import queue_place
from hearthpress.desk.row_numbers import row_number
from hearthpress.desk.starting_words import beginning, fitting_templates, starting_words, with_words
from hearthpress.submissions.models import Submission


@require_http_methods(["GET", "POST"])
@for_editors
def decisions_new(request: HttpRequest) -> HttpResponse:
    """For the stories that were ticked (`story`): first the kind is chosen, then the words.

    `back` is the queue's place.
    """
    editor = who(request)
    sent: Any = request.POST or request.GET
    back = queue_place(sent.get("back", ""))
    stories, left_out = ticked_stories(editor, sent.getlist("story"))
    if not stories:
        _say_nothing_to_decide(request, [f"“{row.title}”: {row.why}" for row in left_out])
        return redirect(f"{reverse('desk:queue')}{f'?{back}' if back else ''}")
    kind = sent.get("kind", "")
    if kind not in kinds_for_all(stories):
        context = {"stories": stories, "left_out": left_out, "kinds": kinds_for_all(stories), "back": back}
        return page(request, "bulk_kind", "queue", context)
    shared = _shared(request, stories, kind)
    pieces = _pieces(request, stories)
    if shared.is_valid():
        _prepare(request, shared, pieces)
        if all(piece.is_done for piece in pieces):
            return redirect("desk:outbox")
    rest = [piece for piece in pieces if not piece.prepared]
    context = {
        "form": shared,
        "pieces": rest,
        "left_out": left_out,
        "heading": letters_in_words(kind, len(rest)),
        "back": back,
    }
    return page(
        request, "bulk", "queue", context, status=409 if any(piece.non_field_errors() for piece in rest) else 200
    )


def _shared(request: HttpRequest, stories: list[Submission], kind: str) -> WordsForm:
    """As it was sent; or with other words, for the button that asks for that; or as it begins."""
    templates = fitting_templates(kind, stories)
    make = partial(WordsForm, kind=kind, templates=templates, calls=calls_for_all(stories))
    if request.method == "GET":
        by = timezone.localtime(clock.now() + TIME_FOR_CHANGES).date()
        return make(initial={"kind": kind, "words": beginning(kind, templates, stories), "revise_by": by})
    if "use" in request.POST:
        number = row_number(request.POST.get("template", ""))
        chosen = next((template.words for template in templates if template.pk == number), "")
        untouched = [*(template.words for template in templates), starting_words(kind, stories)]
        typed = request.POST.get("words", "")
        words = with_words(typed, chosen, untouched) if chosen else typed
        return make(initial={**request.POST.dict(), "words": words})
    return make(initial=request.POST.dict()) if "quote" in request.POST else make(request.POST)


def _pieces(request: HttpRequest, stories: list[Submission]) -> list[PieceForm]:
    """As they were sent; or shown again, for the buttons that bring other words."""
    if "quote" in request.POST:
        messages.info(
            request, _("The note stands at the end of the words for that story. Make it yours before it goes.")
        )
        return pieces_of(stories, typed_with_note(stories, request.POST.dict()), shown_again=True)
    return pieces_of(stories, request.POST or None, shown_again="use" in request.POST)


def _prepare(request: HttpRequest, shared: WordsForm, pieces: list[Any]) -> None:
    prepared = prepare_all(who(request), shared, pieces)
    if prepared:
        said = ngettext("%(count)d decision is prepared.", "%(count)d decisions are prepared.", prepared)
        messages.success(request, said % {"count": prepared})
    else:
        messages.info(request, _("Nothing was prepared."))


def _say_nothing_to_decide(request: HttpRequest, reasons: list[str]) -> None:
    for reason in reasons or [_("Tick the stories that you want to decide about.")]:
        messages.info(request, reason)
