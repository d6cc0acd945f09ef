"""Write, see how it was read, send."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents.files import MAX_BYTES
from hearthpress.documents.manuscript import Parsed, parse_manuscript
from hearthpress.documents.text import clean
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.forms.check import GuessForm
from hearthpress.room.forms.draft import DraftForm, missing
from hearthpress.room.reading import shown
from hearthpress.room.standing import day, has_lapsed
from hearthpress.submissions.actions import CallClosed, DraftChanged, read_document, save_draft, send
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import WITH_WRITER, DecisionState, SubmissionState
from hearthpress.submissions.models import Submission

# A text with more open questions than this is a collection; what is not asked about stays as it was typed.
MOST_GUESSES = 200


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The one form. Saving keeps whatever can be kept; "next" also asks for what is missing.

    Whoever was signed out meanwhile gets back what was typed, to copy.
    """
    if request.method == "POST" and not request.user.is_authenticated:
        return _given_back(request)
    return _draft(request, key)


@for_writers
def _draft(request: HttpRequest, key: str) -> HttpResponse:
    found = own_submission(who(request), key)
    if found.state not in WITH_WRITER:
        return _sent_already(request, found)
    if request.method == "GET":
        return _draft_page(request, DraftForm(found))
    form = DraftForm(found, request.POST, request.FILES)
    try:
        _save(form)
    except DraftChanged:
        return _overtaken(request, form)
    except SomebodyElseWon:
        return _sent_already(request, found)
    return _saved(request, form)


@for_writers
@require_POST
def draft_saved(request: HttpRequest, key: str) -> JsonResponse:
    """What the page's script posts while somebody types. 409 with a sentence when it cannot be kept."""
    found = own_submission(who(request), key)
    sent = JsonResponse({"problem": _("This story has been sent. It can no longer be changed here.")}, status=409)
    if found.state not in WITH_WRITER:
        return sent
    form = DraftForm(found, request.POST)
    try:
        _save(form)
    except DraftChanged:
        elsewhere = _("Not saved: this story was changed in another window since. The Save button shows you both.")
        return JsonResponse({"problem": elsewhere, "shown": True}, status=409)
    except SomebodyElseWon:
        return sent
    return JsonResponse(
        {
            "saved_at": time_format(timezone.localtime(found.saved_at), "TIME_FORMAT"),
            "seen": found.saved_at.isoformat(),
            "problems": {name: " ".join(map(str, errors)) for name, errors in form.errors.items()},
        }
    )


@for_writers
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """How we read the text, and the questions that only the writer can answer."""
    found = own_submission(who(request), key)
    if found.state not in WITH_WRITER:
        return _sent_already(request, found)
    wanting = missing(found, who(request))
    if wanting:
        messages.warning(request, " ".join(wanting.values()))
        return redirect("room:draft", key=key)
    parsed, forms, valid = _questions(request, found)
    if request.method == "GET" or not valid:
        return _check_page(request, found, parsed, forms)
    try:
        _require_same_text(request, found)
        save_draft(found, {"answers": _answers(forms)})
    except DraftChanged:
        return _check_again(request, found)
    except SomebodyElseWon:
        return _sent_already(request, found)
    return redirect("room:check", key=key)


@for_writers
@require_http_methods(["GET", "POST"])
def sending(request: HttpRequest, key: str) -> HttpResponse:
    """Send what the check page showed. A second press is told that the first one did it."""
    found = own_submission(who(request), key)
    if found.state not in WITH_WRITER:
        return _sent_already(request, found)
    if request.method == "GET" or missing(found, who(request)):
        return redirect("room:check", key=key)
    parsed, forms, valid = _questions(request, found)
    if not valid:
        return _check_page(request, found, parsed, forms)
    try:
        _require_same_text(request, found)
        send(found, _answers(forms))
    except CallClosed:
        return page(request, "closed", {"call": found.call, "submission": found}, status=409)
    except (SomebodyElseWon, NotAllowed):
        return _check_again(request, found)
    thanks = _("Thank you. “%(title)s” is with the editors. You hear from us by %(date)s.")
    messages.success(request, thanks % {"title": found, "date": day(found.reply_due)})
    return redirect("room:submission", key=key)


def _save(form: DraftForm) -> None:
    """Keep what can be kept. Raises DraftChanged when other words were saved meanwhile, SomebodyElseWon when sent."""
    form.is_valid()
    if form.was_overtaken:
        raise DraftChanged(form.submission.key)
    form.save()


def _saved(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Where to go after a save: back to what needs another look, on to the check, or to the form as it is kept."""
    goes_on = "next" in request.POST
    if goes_on:
        form.ask_for_missing()
    if form.errors:
        return _draft_page(request, form)
    if goes_on:
        return redirect("room:check", key=form.submission.key)
    messages.success(request, _("Saved."))
    return redirect("room:draft", key=form.submission.key)


def _draft_page(request: HttpRequest, form: DraftForm, **context: Any) -> HttpResponse:
    submission = form.submission
    asked = None
    if submission.state == SubmissionState.REVISING:
        asked = submission.decisions.filter(state=DecisionState.RELEASED).order_by("-pk").first()
    context = {"form": form, "submission": submission, "asked": asked, "most": MAX_BYTES, **context}
    return page(request, "draft", context)


def _given_back(request: HttpRequest) -> HttpResponse:
    """The words that somebody posted who is signed out: nothing is kept and nothing is lost."""
    labels = {name: DraftForm.base_fields[name].label for name in ("title", "source", "note")}
    typed = [(name, label, clean(request.POST.get(name, ""))) for name, label in labels.items()]
    return page(request, "given_back", {"typed": [row for row in typed if row[2].strip()]}, status=403)


def _overtaken(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Two windows: what was typed here stands in the form, the other words beside it, and the next save decides."""
    now = own_submission(who(request), form.submission.key)
    form.put("seen", now.saved_at.isoformat())
    return _draft_page(request, form, other=now)


def _questions(request: HttpRequest, submission: Submission) -> tuple[Parsed, list[GuessForm], bool]:
    """The text as read, the questions about it with the answers that were posted, and whether these can be kept."""
    data = request.POST if request.method == "POST" else None
    parsed = parse_manuscript(submission.source)
    asked = parsed.guesses[:MOST_GUESSES]
    forms = [GuessForm(guess, submission.answers.get(guess.key), data) for guess in asked]
    return parsed, forms, False not in [form.is_valid() for form in forms]


def _answers(forms: list[GuessForm]) -> dict[str, Any]:
    return {form.guess.key: form.answer for form in forms if form.answer}


def _require_same_text(request: HttpRequest, submission: Submission) -> None:
    """What is answered for or sent is what the page showed."""
    if request.POST.get("seen", "") not in ("", submission.saved_at.isoformat()):
        raise DraftChanged(submission.key)


def _check_page(request: HttpRequest, submission: Submission, parsed: Parsed, forms: list[GuessForm]) -> HttpResponse:
    context = {
        "submission": submission,
        "forms": forms,
        "text": shown(read_document(submission, parsed)),
        "seen": submission.saved_at.isoformat(),
    }
    return page(request, "check", context)


def _check_again(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Another window was faster: it has sent the story, or it has changed the text."""
    now = own_submission(who(request), submission.key)
    if now.state not in WITH_WRITER:
        return _sent_already(request, now)
    messages.warning(request, _("Your text was changed in another window since. This is how it reads now."))
    return redirect("room:check", key=now.key)


def _sent_already(request: HttpRequest, submission: Submission) -> HttpResponse:
    told = _("“%(title)s” has been sent. This is where it stands.")
    if submission.state == SubmissionState.WITHDRAWN:
        lapsed = has_lapsed(submission)
        told = _("“%(title)s” is yours again.") if lapsed else _("You took “%(title)s” back. It is yours.")
    messages.info(request, told % {"title": submission})
    return redirect("room:submission", key=submission.key)
