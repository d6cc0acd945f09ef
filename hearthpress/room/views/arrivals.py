"""What comes into a draft from elsewhere: a file whose words want a place, and rich text that is pasted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hearthpress.common.states import SomebodyElseWon
from hearthpress.documents.arriving.arrived import PASTE_TOO_LARGE
from hearthpress.documents.arriving.rich import read_html
from hearthpress.documents.files import MAX_BYTES, NOT_READABLE, BadManuscript
from hearthpress.room import arrived
from hearthpress.room.access import for_writers, page, who
from hearthpress.room.brought import Brought, put_after, read_kept, stands_in
from hearthpress.room.forms.draft import MAX_PASTED
from hearthpress.room.too_late import sent_already
from hearthpress.room.with_it import kept_file
from hearthpress.submissions.actions import DraftChanged, save_draft, take_off
from hearthpress.submissions.actions.attaching import attached_bytes
from hearthpress.submissions.doors import own_submission
from hearthpress.submissions.enums import WITH_WRITER
from hearthpress.submissions.models import Attachment, Submission

AFTER, INSTEAD, OFF = "after", "instead", "off"


@for_writers
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, key: str) -> HttpResponse:
    """Where the words of the file go that came with a draft: after what is in the box, in its place, or nowhere."""
    found = own_submission(who(request), key)
    if found.state not in WITH_WRITER:
        return sent_already(request, found)
    kept = kept_file(found)
    if kept is None:
        return redirect("room:draft", key=key)
    if request.method == "GET":
        return _file_page(request, found, kept)
    try:
        return _place(request, found, kept)
    except DraftChanged:
        messages.warning(request, _("Your text was changed in another window since. This is how it reads now."))
        return redirect("room:file", key=key)
    except SomebodyElseWon:
        return sent_already(request, own_submission(who(request), key))


@for_writers
@require_POST
def pasted(request: HttpRequest, key: str) -> JsonResponse:
    """The manuscript in rich text that was pasted, for the page's script to put where the caret is. Nothing is kept."""
    own_submission(who(request), key)
    html = request.POST.get("html", "")
    try:
        if len(html.encode(errors="replace")) > MAX_PASTED:
            raise BadManuscript(PASTE_TOO_LARGE)
        read = read_html(html)
    except BadManuscript as error:
        return JsonResponse({"problem": _(str(error))}, status=413)
    return JsonResponse({"source": read.source, "losses": [_(loss) for loss in read.losses]})


def _file_page(request: HttpRequest, found: Submission, kept: Attachment, problem: str = "") -> HttpResponse:
    context: dict[str, Any] = {"submission": found, "file": kept, "seen": found.saved_at.isoformat()}
    try:
        brought = _read(kept)
    except BadManuscript as error:
        return page(request, "arrival", {**context, "problem": _(str(error))})
    context |= {
        "problem": problem,
        "words": brought.words,
        "losses": [_(loss) for loss in brought.arrived.losses],
        "stands_there": stands_in(brought.words, found.source),
    }
    return page(request, "arrival", context)


def _place(request: HttpRequest, found: Submission, kept: Attachment) -> HttpResponse:
    """Do what was pressed. Raises DraftChanged when the box holds other words than the page showed, SomebodyElseWon."""
    place = request.POST.get("place")
    if place == OFF:
        take_off(kept)
        messages.success(request, _("The file is taken off. The words in the box are as they were."))
        return redirect("room:draft", key=found.key)
    try:
        brought = _read(kept)
    except BadManuscript:
        return _file_page(request, found, kept)
    is_instead = place == INSTEAD
    stands_there = brought.words == found.source if is_instead else stands_in(brought.words, found.source)
    # A second press of the same button has nothing left to do.
    if stands_there:
        return redirect("room:draft", key=found.key)
    if request.POST.get("seen") != found.saved_at.isoformat():
        raise DraftChanged(found.key)
    return _fill(request, found, kept, brought, is_instead=is_instead)


def _fill(
    request: HttpRequest, found: Submission, kept: Attachment, brought: Brought, *, is_instead: bool
) -> HttpResponse:
    before = found.source
    text = brought.words if is_instead else put_after(before, brought.words)
    if len(text.encode()) > MAX_BYTES:
        return _file_page(request, found, kept, _("With what is in the box already, it is longer than we can take."))
    save_draft(found, {"source": text})
    arrived.tell(request, found, brought.arrived.losses, before if is_instead else "")
    messages.success(request, _("The words of “%(name)s” are in the box.") % {"name": kept})
    return redirect("room:draft", key=found.key)


def _read(kept: Attachment) -> Brought:
    """Raises BadManuscript, also where the file is gone from the storage."""
    try:
        return read_kept(kept.name, attached_bytes(kept))
    except FileNotFoundError as error:
        raise BadManuscript(NOT_READABLE) from error
