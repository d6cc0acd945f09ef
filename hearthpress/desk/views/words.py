"""The magazine's own words for letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.desk.access import for_editors
from hearthpress.desk.forms.words import LetterWordsForm
from hearthpress.desk.page import page
from hearthpress.desk.words import keep_words, letter_words, retire_words, sample_letter
from hearthpress.submissions.models import LetterTemplate


@require_safe
@for_editors
def words(request: HttpRequest) -> HttpResponse:
    return page(request, "words", "outbox", {"templates": letter_words()})


@require_http_methods(["GET", "POST"])
@for_editors
def words_of(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """One letter's words; new ones when no `number` is given. Asked for a preview it keeps nothing."""
    found = get_object_or_404(letter_words(), pk=number) if number else LetterTemplate()
    form = LetterWordsForm(request.POST or None, instance=found)
    letter = None
    if form.is_valid():
        if "preview" in request.POST:
            letter = sample_letter(found.kind, found.words, found.call)
        elif keep_words(form):
            messages.success(request, _("Saved."))
            return redirect("desk:words")
        else:
            form.look_again()
    kept = LetterTemplate.objects.filter(pk=number).first() if number is not None else None
    context = {"form": form, "kept": kept, "letter": letter}
    return page(request, "words_of", "outbox", context, status=409 if form.non_field_errors() else 200)


@require_POST
@for_editors
def retirement(request: HttpRequest, number: int) -> HttpResponse:
    retire_words(get_object_or_404(LetterTemplate, pk=number))
    messages.success(request, _("These words are offered no more. Letters that were begun with them stay as they are."))
    return redirect("desk:words")
