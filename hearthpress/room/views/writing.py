"""Write, see how it was read, send."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents.files import MAX_BYTES
from hearthpress.documents.manuscript import Parsed, parse_manuscript
from hearthpress.room import arrived
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.calls import closed, times
from hearthpress.room.forms.check import GuessForm
from hearthpress.room.forms.draft import DraftForm
from hearthpress.room.forms.questions import PREFIX
from hearthpress.room.missing import missing, words_now
from hearthpress.room.packet import first_of, packet_of
from hearthpress.room.reading import shown
from hearthpress.room.standing import day
from hearthpress.room.too_late import given_back, sent_already
from hearthpress.room.views.asked import piece_added
from hearthpress.room.with_it import with_it
from hearthpress.submissions.actions import (
    CallClosed,
    DraftChanged,
    NotTaken,
    pieces_with,
    read_document,
    save_draft,
    send,
)
from hearthpress.submissions.actions.attaching import please_describe, undescribed
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import WITH_WRITER, DecisionState, SubmissionState
from hearthpress.submissions.limits import lengths_in_words
from hearthpress.submissions.models import Submission

# A text with more open questions than this is a collection; what is not asked about stays as it was typed.
MOST_GUESSES = 200
# Where the buttons of the draft lead, by their names.
WAYS = {"next": "room:check", "photos": "room:photos", "file": "room:file"}
# The box to tick beside what was told about a file.
SEEN = "arrival_seen"
# What somebody has typed who turns out to be signed out.
GIVEN_BACK = ("title", "source", "note")


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The one form. Saving keeps whatever can be kept; "next" also asks for what is missing.

    Whoever was signed out meanwhile gets back what was typed, to copy.
    """
    if request.method == "POST" and not request.user.is_authenticated:
        return given_back(request, _labels_of_typed(request))
    return _draft(request, key)


@for_writers
def _draft(request: HttpRequest, key: str) -> HttpResponse:
    found = own_submission(who(request), key)
    if found.state not in WITH_WRITER:
        return sent_already(request, found)
    if request.method == "GET":
        return _draft_page(request, DraftForm(found))
    form = DraftForm(found, request.POST, request.FILES)
    try:
        _save(form)
    except DraftChanged:
        return _overtaken(request, form)
    except SomebodyElseWon:
        return sent_already(request, found)
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
    _tell_of_file(request, form)
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
        return sent_already(request, found)
    if asked_first := _asked_first(request, found):
        return asked_first
    parsed, forms, valid = _questions(request, found)
    if request.method == "GET" or not valid:
        return _check_page(request, found, parsed, forms)
    try:
        _require_same_text(request, found)
        save_draft(found, {"answers": _answers(forms)})
    except DraftChanged:
        return _check_again(request, found)
    except SomebodyElseWon:
        return sent_already(request, found)
    return redirect("room:check", key=key)


@for_writers
@require_http_methods(["GET", "POST"])
def sending(request: HttpRequest, key: str) -> HttpResponse:
    """Send what the check page showed. A second press is told that the first one did it."""
    found = own_submission(who(request), key)
    if found.state not in WITH_WRITER:
        return sent_already(request, found)
    first = first_of(found) or found
    if request.method == "GET" or first != found or _asked_first(request, found):
        return redirect("room:check", key=first.key)
    parsed, forms, valid = _questions(request, found)
    if not valid:
        return _check_page(request, found, parsed, forms)
    return _send(request, found, _answers(forms))


def _save(form: DraftForm) -> None:
    """Keep what can be kept. Raises DraftChanged when other words were saved meanwhile, SomebodyElseWon when sent."""
    form.is_valid()
    form.keep_file()
    if form.was_overtaken:
        raise DraftChanged(form.submission.key)
    form.save()


def _saved(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Where to go after a save: back to what needs another look, or to where the button leads."""
    key, way = form.submission.key, next((place for name, place in WAYS.items() if name in request.POST), "room:draft")
    _tell_of_file(request, form)
    if "piece" in request.POST and not form.errors:
        return piece_added(request, form.submission)
    if form.waits_for_place and not form.errors:
        return redirect("room:file", key=key)
    if way == "room:check":
        form.ask_for_missing()
    if form.errors:
        return _draft_page(request, form)
    if way == "room:draft":
        messages.success(request, _("Saved."))
    return redirect(way, key=key)


def _tell_of_file(request: HttpRequest, form: DraftForm) -> None:
    if SEEN in request.POST:
        arrived.has_seen(request, form.submission)
    if form.brought is not None and not form.waits_for_place:
        arrived.tell(request, form.submission, form.brought.arrived.losses)
        said = _("The words of “%(name)s” are in the box. Please look whether they are as you meant them.")
        messages.success(request, said % {"name": form.brought.name})


def _draft_page(request: HttpRequest, form: DraftForm, **context: Any) -> HttpResponse:
    submission = form.submission
    asked = None
    if submission.state in (SubmissionState.REVISING, SubmissionState.LAPSED):
        asked = submission.decisions.filter(state=DecisionState.RELEASED).order_by("-pk").first()
    context = {
        "form": form,
        "submission": submission,
        "asked": asked,
        "most": MAX_BYTES,
        "arrived": arrived.told(request, submission),
        "with_it": with_it(submission),
        "packet": packet_of(submission),
        "lengths": lengths_in_words(submission.call),
        "words_now": words_now(submission),
        "closes": times(submission.call)["closes"],
        **context,
    }
    return page(request, "draft", context)


def _overtaken(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Two windows: what was typed here stands in the form, the other words beside it, and the next save decides."""
    now = own_submission(who(request), form.submission.key)
    form.put("seen", now.saved_at.isoformat())
    return _draft_page(request, form, other=now)


def _labels_of_typed(request: HttpRequest) -> list[tuple[str, str | Promise]]:
    """The fields whose words are worth keeping, with what each is called."""
    own: list[tuple[str, str | Promise]] = [(name, DraftForm.base_fields[name].label or "") for name in GIVEN_BACK]
    return [*own, *((name, _("Your answer")) for name in request.POST if name.startswith(PREFIX))]


def _asked_first(request: HttpRequest, found: Submission) -> HttpResponse | None:
    """The page on which something must be said before the text can be sent; None when nothing is missing."""
    for piece in (found, *pieces_with(found)):
        if wanting := missing(piece, who(request)):
            messages.warning(request, " ".join([*_of(piece, found), *wanting.values()]))
            return redirect("room:draft", key=piece.key)
        if undescribed(piece).exists():
            messages.warning(request, please_describe())
            return redirect("room:photos", key=piece.key)
    return None


def _of(piece: Submission, found: Submission) -> list[str]:
    """Which of several pieces something is wanting in."""
    return [_("“%(title)s”:") % {"title": piece}] if piece != found else []


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


def _send(request: HttpRequest, found: Submission, answers: dict[str, Any]) -> HttpResponse:
    """Send it, or say why it stays."""
    try:
        _require_same_text(request, found)
        send(found, answers)
    except CallClosed:
        return closed(request, found.call, found, status=409)
    except NotTaken as error:
        messages.warning(request, str(error))
        return redirect("room:draft", key=found.key)
    except (SomebodyElseWon, NotAllowed):
        return _check_again(request, found)
    thanks = _("Thank you. “%(title)s” is with the editors. You hear from us by %(date)s.")
    messages.success(request, thanks % {"title": found, "date": day(found.reply_due)})
    return redirect("room:submission", key=found.key)


def _check_page(request: HttpRequest, submission: Submission, parsed: Parsed, forms: list[GuessForm]) -> HttpResponse:
    context = {
        "submission": submission,
        "forms": forms,
        "text": shown(read_document(submission, parsed)),
        "seen": submission.saved_at.isoformat(),
        "packet": packet_of(submission),
    }
    return page(request, "check", context)


def _check_again(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Another window was faster: it has sent the story, or it has changed the text."""
    now = own_submission(who(request), submission.key)
    if now.state not in WITH_WRITER:
        return sent_already(request, now)
    messages.warning(request, _("Your text was changed in another window since. This is how it reads now."))
    return redirect("room:check", key=now.key)
