"""All that belongs to a text beside its words, and what is known about its lines."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearthpress.common.pictures import MAX_BYTES, NotAPicture
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.workbench import Workbench
from hearthpress.desk.page import page
from hearthpress.desk.preview import picture_shown
from hearthpress.desk.reading_copy import reading_copy
from hearthpress.desk.sent_photos import photos_to_use, use_chosen
from hearthpress.desk.turns import turn_of
from hearthpress.documents import schema
from hearthpress.documents.suggestions import accepted
from hearthpress.documents.text import one_line
from hearthpress.documents.walk import changed
from hearthpress.editing.actions import NotReady, save
from hearthpress.editing.content import pictures_within
from hearthpress.editing.doors import desk_manuscript
from hearthpress.editing.enums import ManuscriptState
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.editing.pictures import add_picture
from hearthpress.editing.revisions import TextChanged
from hearthpress.editing.since_approval import since_approval
from hearthpress.editing.suggesting import draft_of, open_on, suggest
from hearthpress.people.models import Person
from hearthpress.stories.versions import versions_of

VERSIONS_SHOWN = 5  # beside the text; the others have a page of their own


@require_http_methods(["GET", "POST"])
@for_editors
def manuscript(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_manuscript(who(request), key)
    if request.method != "POST":
        return _manuscript_page(request, found, Workbench(found, newest(found)))
    data = request.POST.copy()
    base = _base(found, data)
    trouble = {"picture": _take_picture(request, found, base, data), "text_picture": _take_text_picture(request, data)}
    bench = Workbench(found, base, data)
    bench.is_valid()
    for field, sentence in trouble.items():
        if sentence:
            bench.text.add_error(field, sentence)
    if bench.has_errors:
        return _manuscript_page(request, found, bench)
    return _keep(request, found, bench)


def newest(found: Manuscript) -> Revision:
    """The newest version; every manuscript begins with one. Raises Http404."""
    if found.revision is None:
        raise Http404
    return found.revision


def _base(found: Manuscript, data: QueryDict) -> Revision:
    """The version that the form was drawn from. Raises Http404 for one that never was."""
    sha256 = data.get("base", "")
    base = found.revisions.filter(sha256=sha256).order_by("-number").first() if sha256.isalnum() else None
    if base is None:
        raise Http404
    return base


def _take_picture(request: HttpRequest, found: Manuscript, base: Revision, data: QueryDict) -> str:
    """Store the picture that came with the form, so that it is not lost when something else must be corrected.

    Without one, a photo of the writer's may have been chosen. What is wrong, as a sentence; "" when nothing is.
    """
    sent = request.FILES.get("picture")
    if sent is None:
        return use_chosen(who(request), found.submission.key, data, base.content["picture"] or {})
    try:
        data["picture_sha256"] = add_picture(sent.read(MAX_BYTES + 1), who(request)).sha256
    except NotAPicture as error:
        return str(error)
    return ""


def _take_text_picture(request: HttpRequest, data: QueryDict) -> str:
    """Store the picture that came for the text, as `_take_picture` does. What is wrong, as a sentence."""
    sent = request.FILES.get("text_picture")
    if sent is None:
        return ""
    try:
        data["text_picture_sha256"] = add_picture(sent.read(MAX_BYTES + 1), who(request)).sha256
    except NotAPicture as error:
        return str(error)
    return ""


def _keep(request: HttpRequest, found: Manuscript, bench: Workbench) -> HttpResponse:
    """Save over the version that the editor has seen, and over no other."""
    seen = {bench.text.cleaned_data["base"], bench.text.cleaned_data["over"]}
    if newest(found).sha256 not in seen:
        return _both_texts(request, found, bench)
    try:
        before = found.revision_id
        is_suggested = _save(found, who(request), bench)
    except TextChanged:
        return _both_texts(request, desk_manuscript(who(request), found.submission.key), bench)
    except NotReady as error:
        bench.text.add_error(None, " ".join(error.args))
        return _manuscript_page(request, found, bench)
    except (NotAllowed, SomebodyElseWon):
        now = desk_manuscript(who(request), found.submission.key)
        messages.warning(request, _("The state of this text changed meanwhile. Please save once more."))
        return _manuscript_page(request, now, bench, status=409)
    if found.revision_id != before:
        messages.success(request, _("Saved."))
    if is_suggested:
        messages.success(request, _("What would change in the words is suggested to the writer."))
    elif found.revision_id == before:
        messages.info(request, _("Nothing was changed."))
    if bench.note_from_subject:
        messages.info(request, _("The content note is the first subject’s own. Change it where it does not fit."))
    return redirect("desk:manuscript", found.submission.key)


@transaction.atomic
def _save(found: Manuscript, editor: Person, bench: Workbench) -> bool:
    """Save what stands in the forms; a picture for the text and lines to take out are suggested. Whether any was."""
    save(found, editor, bench.value(newest(found)), bench.text.cleaned_data["why"])
    given, out = bench.text.cleaned_data, bench.titles_out
    digest = given["text_picture_sha256"]
    if not digest and not out:
        return False
    draft = draft_of(found)
    wanted = changed(schema.check(accepted(draft.document)), lambda block: None if _is_titled(block, out) else block)
    if digest and digest not in pictures_within(wanted):
        words = {name: one_line(given[f"text_{name}"]) for name in ("alt", "caption", "credit")}
        wanted["content"].append(schema.figure(digest, **words))
    suggest(draft, editor, wanted)
    return True


def _is_titled(block: schema.Block, titles: Sequence[str]) -> bool:
    return block["type"] == "related" and block["attrs"]["title"] in titles


def _both_texts(request: HttpRequest, found: Manuscript, bench: Workbench) -> HttpResponse:
    """Somebody saved a newer version: nothing is kept, both texts stand on the page, and a second click decides."""
    theirs = newest(found)
    bench.look_again(theirs)
    context = {"theirs": theirs, "their_text": reading_copy(theirs.content["document"])}
    return _manuscript_page(request, found, bench, status=409, **context)


def _manuscript_page(
    request: HttpRequest, found: Manuscript, bench: Workbench, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "submission": found.submission,
        "manuscript": found,
        "bench": bench,
        "turn": turn_of(found.submission),
        "words": reading_copy(newest(found).content["document"]),
        "waiting": open_on(found),
        "revision": newest(found),
        "versions": versions_of(found)[:VERSIONS_SHOWN],
        "asked_change": _asked_change(found),
        "since": since_approval(found),
        "sent_photos": photos_to_use(who(request), found.submission.key),
        "picture": picture_shown({"sha256": bench.picture_now, "alt": ""}),
        **more,
    }
    return page(request, "manuscript", "queue", context, status)


def _asked_change(found: Manuscript) -> str:
    """What the writer asked to be different, as long as the text waits for an editor."""
    if found.state != ManuscriptState.EDITING:
        return ""
    last = found.events.order_by("-at", "-pk").first()
    return last.why if last is not None and last.actor_id == found.submission.writer_id else ""
