"""The page on which an editor and a writer work on one text: the same at the desk and in the writing room.

`Frame` says where it stands. The functions here are those pages once somebody has come through the door.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearthpress.common.canonical import canonical_bytes, sha256
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.plain import WORDS_A_MINUTE
from hearthpress.documents.schema import BadDocument, check
from hearthpress.documents.suggestions import Suggestion as Told
from hearthpress.documents.suggestions import accepted, suggestions
from hearthpress.editing import groups, suggesting
from hearthpress.editing.models import Draft, Manuscript, Remark, Suggestion
from hearthpress.editing.writers import names_of
from hearthpress.people.models import Person

MOST = 4_000_000  # bytes of a document with its marks that are read at all
MOST_WORDS = 5_000  # characters of a remark
MOST_REWRITTEN = 20_000  # characters of a suggestion in the writer's own words: more than any passage has
SHOWN = 50  # suggestions in the list at a time
WAYS = ("kept", "answer", "remark", "done", "related")

Render = Callable[[HttpRequest, dict[str, Any], int], HttpResponse]


@dataclass(frozen=True)
class Frame:
    """Where the page stands: the namespace of its addresses, and what draws the page around it."""

    namespace: str
    render: Render

    def address(self, draft: Draft, name: str = "") -> str:
        """The address of the page, or of what its buttons do."""
        return reverse(
            f"{self.namespace}:suggestions{'_' if name else ''}{name}", args=[draft.manuscript.submission.key]
        )


@dataclass(frozen=True)
class Row:
    """One open suggestion as the list beside the text shows it; the flags say which buttons stand there."""

    told: Told
    seen: str
    by: str
    is_own: bool
    may_accept: bool
    may_rewrite: bool
    why: str

    @property
    def identity(self) -> str:
        return self.told.identity


class TextForm(forms.Form):
    """The whole text as an editor would type it, for whoever has no script."""

    text = forms.CharField(
        label=gettext_lazy("The text, with every suggestion in it"),
        help_text=gettext_lazy("What you change here becomes a suggestion."),
        widget=forms.Textarea(attrs={"rows": 24}),
        max_length=2_000_000,
        strip=False,
    )
    # The text as the box was drawn with: what somebody else has changed since is put together with what was typed.
    base = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000, strip=False, required=False)


class RemarkForm(forms.Form):
    """A remark, or an answer to one."""

    words = forms.CharField(
        label=gettext_lazy("Your words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=MOST_WORDS
    )
    exact = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    before = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    after = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    about = forms.SlugField(required=False, widget=forms.HiddenInput)


def text_page(request: HttpRequest, manuscript: Manuscript, person: Person, frame: Frame) -> HttpResponse:
    """The text with what is suggested; POST keeps what was typed into the plain box."""
    draft = suggesting.draft_of(manuscript)
    if request.method != "POST":
        drawn = _page if request.accepts("text/html") else _as_json
        return drawn(request, draft, person, frame)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, person, frame, form=form)
    try:
        typed, base = (from_notation(form.cleaned_data[name]) for name in ("text", "base"))
        conflicts = suggesting.suggest_with_theirs(draft, person, typed, base)
    except BadDocument as error:
        form.add_error("text", str(error))
        return _page(request, draft, person, frame, form=form)
    except SomebodyElseWon:
        return _overtaken(request, suggesting.draft_of(manuscript), person, frame, form)
    messages.success(request, _("Kept. What you changed is a suggestion now."))
    if conflicts:
        messages.warning(request, _texts()["conflicts"])
    return redirect(frame.address(draft))


def kept(request: HttpRequest, manuscript: Manuscript, person: Person, frame: Frame) -> HttpResponse:
    """What the page's script sends while somebody types, as JSON: {version, document, base, save}. `base` is the
    document that it began from; what somebody else has kept since is put together with it. `save` names this save."""
    draft = suggesting.draft_of(manuscript)
    conflicts = 0
    try:
        given = _read(request)
        save = str(given.get("save", ""))[:60]
        if suggesting.was_kept(draft, person, save):
            return _as_json(request, draft, person, frame)
        if given["version"] == draft.version:
            suggesting.keep(draft, person, given["document"], save)
        else:
            conflicts = suggesting.keep_with_theirs(draft, person, given["document"], given["base"], save)
    except BadDocument as error:
        return JsonResponse({"problem": str(error)}, status=400)
    except suggesting.DraftChanged:
        return JsonResponse({"again": True}, status=409)
    except NotAllowed:
        return JsonResponse({"problem": _("This text can no longer be changed.")}, status=409)
    return _as_json(request, draft, person, frame, conflicts=conflicts)


def answer(request: HttpRequest, manuscript: Manuscript, person: Person, frame: Frame) -> HttpResponse:
    """Accept, decline or rewrite one suggestion, or answer all of them.

    `answer` is "accept", "decline" or "rewrite", the suggestion's identity, a group's key or "all", and what was read,
    with colons between; `words` are the writer's own.
    """
    draft = suggesting.draft_of(manuscript)
    word, identity, seen = [*request.POST.get("answer", "").split(":", 2), "", ""][:3]
    try:
        chosen = _as_seen(draft, person, identity, seen)
        if word == "rewrite" and len(chosen) == 1:
            suggesting.rewrite(draft, person, chosen[0], request.POST.get("words", "")[:MOST_REWRITTEN])
        else:
            suggesting.answer(draft, person, chosen, word == "accept")
    except (NotAllowed, SomebodyElseWon, BadDocument) as error:
        return _refused(request, draft, person, frame, error)
    return _answered(request, draft, person, frame)


def remark(request: HttpRequest, manuscript: Manuscript, person: Person, frame: Frame) -> HttpResponse:
    """Say something about a passage, answer it, or say that it is settled (`settled` has its key)."""
    draft = suggesting.draft_of(manuscript)
    try:
        if settled := request.POST.get("settled", ""):
            for one in draft.remarks.filter(key=settled):
                suggesting.settle(draft, person, one)
            return _answered(request, draft, person, frame)
        form = RemarkForm(request.POST)
        if not form.is_valid() and not request.accepts("text/html"):
            problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return _as_json(request, draft, person, frame, problem=problem)
        if not form.is_valid():
            return _page(request, draft, person, frame, remark_form=form)
        given = form.cleaned_data
        about = draft.remarks.filter(key=given["about"]).first() if given["about"] else None
        place = suggesting.Passage(given["exact"], given["before"], given["after"])
        suggesting.remark(draft, person, given["words"], place, about)
    except NotAllowed as error:
        return _refused(request, draft, person, frame, error)
    return _answered(request, draft, person, frame)


def done(request: HttpRequest, manuscript: Manuscript, person: Person, frame: Frame) -> HttpResponse:
    """Tell the other one that it is their turn."""
    draft = suggesting.draft_of(manuscript)
    try:
        whom = suggesting.hand_over(draft, person)
    except (NotAllowed, SomebodyElseWon) as error:
        return _refused(request, draft, person, frame, error)
    said = _("%(name)s gets a letter.") % {"name": whom.name} if whom else _("Your changes are with the editors.")
    messages.success(request, said)
    return redirect(frame.address(draft))


def _as_seen(draft: Draft, person: Person, identity: str, seen: str) -> list[str]:
    """The suggestions that were chosen, if they still say what this person read. Raises DraftChanged."""
    if identity.startswith(groups.MARK):
        group = next((one for one in groups.groups_of(rows_of(draft, person)) if one.key == identity), None)
        if group is not None and group.seen == seen:
            return list(group.identities)
        raise suggesting.DraftChanged("what was answered reads differently now")
    told = {one.identity: one for one in suggestions(draft.document)}
    if identity == "all" and seen == all_seen_of(rows_of(draft, person)):
        return list(told)
    if identity in told and seen == seen_of(told[identity]):
        return [identity]
    raise suggesting.DraftChanged("what was answered reads differently now")


def seen_of(told: Told) -> str:
    """What a button answers: the words of the suggestion, in short."""
    return sha256(canonical_bytes({"marked": list(told.marked)}))[:16]


def all_seen_of(rows: Iterable[Row]) -> str:
    """What the buttons for all of them answer: what others suggest. One's own can be typed on while one decides."""
    return sha256(canonical_bytes({"seen": [row.seen for row in rows if not row.is_own]}))[:16]


def rows_of(draft: Draft, person: Person) -> Iterator[Row]:
    """The open suggestions in reading order, each with whose it is."""
    is_writer = draft.manuscript.is_written_by(person)
    made = {row.identity: row for row in _made(draft)}
    names = names_of(draft.manuscript) if is_writer else {}
    for told in suggestions(draft.document):
        row = made.get(told.identity)
        if row is None:
            continue
        own = row.made_by_id == person.pk
        may_rewrite = is_writer and told.kind == "words"
        name = names.get(row.made_by_id, row.made_by.name)
        yield Row(told, seen_of(told), name, own, is_writer, may_rewrite, row.why)


def _made(draft: Draft) -> list[Suggestion]:
    return list(draft.suggestions.filter(answer="").select_related("made_by"))


def _page(
    request: HttpRequest, draft: Draft, person: Person, frame: Frame, status: int = 200, **more: Any
) -> HttpResponse:
    text = to_notation(check(accepted(draft.document)))
    context = {
        **_beside(draft, person, frame, request.GET.get("from", "")),
        "form": TextForm(initial={"text": text, "base": text}),
        "remark_form": RemarkForm(),
        "texts": _texts(),
        "rewriting": request.GET.get("rewrite", ""),
        "draft_json": _told_to_script(draft, person, frame),
        **more,
    }
    return frame.render(request, context, status)


def _beside(draft: Draft, person: Person, frame: Frame, first: str) -> dict[str, Any]:
    """What the list beside the text needs; it begins with the suggestion `first`, where there is one."""
    remarks = draft.remarks.filter(about=None).select_related("made_by", "settled_by")
    answers = Prefetch("answers", Remark.objects.select_related("made_by"))
    said = list(remarks.prefetch_related(answers))
    if draft.manuscript.is_written_by(person):
        _called_by_their_bylines(said, names_of(draft.manuscript))
    rows = list(rows_of(draft, person))
    is_writer = draft.manuscript.is_written_by(person)
    start = next((place for place, row in enumerate(rows) if row.told.identity == first), 0)
    return {
        "submission": draft.manuscript.submission,
        "manuscript": draft.manuscript,
        "draft": draft,
        "number": len(rows),
        "all_seen": all_seen_of(rows),
        # Where it is all there is, a writer has the buttons for all.
        "groups": [group for group in groups.groups_of(rows) if not is_writer or group.number < len(rows)],
        "rows": rows[start : start + SHOWN],
        "earlier": rows[max(0, start - SHOWN)].told.identity if start else "",
        "later": rows[start + SHOWN].told.identity if start + SHOWN < len(rows) else "",
        "remarks": said,
        "is_writer": is_writer,
        "addresses": {name: frame.address(draft, name) for name in WAYS} | {"text": frame.address(draft)},
    }


def _called_by_their_bylines(remarks: list[Remark], names: Mapping[int, str]) -> None:
    """Among writers nobody is called by their legal name."""
    spoken = [*remarks, *(answer for remark in remarks for answer in remark.answers.all())]
    for row in spoken:
        row.made_by.name = names.get(row.made_by_id, row.made_by.name)
        if row.settled_by_id is not None and row.settled_by is not None:
            row.settled_by.name = names.get(row.settled_by_id, row.settled_by.name)


def _told_to_script(draft: Draft, person: Person, frame: Frame) -> dict[str, Any]:
    return {
        "key": draft.manuscript.key,
        "version": draft.version,
        "document": draft.document,
        "isWriter": draft.manuscript.is_written_by(person),
        "me": str(person.pk),
        "addresses": {name: frame.address(draft, name) for name in WAYS},
        "savedAt": time_format(timezone.localtime(draft.saved_at), "TIME_FORMAT"),
    }


def _texts() -> dict[str, Any]:
    """What the script says."""
    return {
        "label": _("The text"),
        "saved": _("Kept at %s"),
        "offline": _("No connection. What you type stays on this device until there is one."),
        "signedOut": _("You are signed out. What you typed stays on this device: sign in again in this browser."),
        "conflicts": _("Somebody changed the same passage as you. Both are in the text: yours is a suggestion below."),
        "left": _("What you had typed on this device and nobody had kept yet is in the text again."),
        "length": _("%w words, %m min to read"),
        "link": _("The address that the words lead to"),
        "searching": _("Searching …"),
        "none": _("No live story that may stand here has these words. Try fewer of them."),
        "some": _("Choose one:"),
        "by": _("by %s"),
        "aMinute": WORDS_A_MINUTE,
    }


def _as_json(request: HttpRequest, draft: Draft, person: Person, frame: Frame, **told: Any) -> JsonResponse:
    """Where the draft stands, with the list beside it as HTML; `told` are the conflicts, or a problem in words."""
    context = _beside(draft, person, frame, request.GET.get("from", "")) | {"remark_form": RemarkForm()}
    beside = render_to_string("editing/beside.html", context, request)
    return JsonResponse(_told_to_script(draft, person, frame) | {"beside": beside, **told})


def _answered(request: HttpRequest, draft: Draft, person: Person, frame: Frame) -> HttpResponse:
    if request.accepts("text/html"):
        return redirect(frame.address(draft) + "#beside")
    return _as_json(request, draft, person, frame)


def _refused(request: HttpRequest, draft: Draft, person: Person, frame: Frame, error: Exception) -> HttpResponse:
    """What cannot be done any more: the page as it is now says so."""
    said = (
        str(error)
        if isinstance(error, suggesting.StillOpen | BadDocument)
        else _("The text was changed meanwhile, so nothing was done. This is how it stands now.")
    )
    now = suggesting.draft_of(draft.manuscript)
    now.refresh_from_db()
    if request.accepts("text/html"):
        messages.warning(request, said)
        return redirect(frame.address(now))
    return _as_json(request, now, person, frame, problem=said)


def _overtaken(request: HttpRequest, draft: Draft, person: Person, frame: Frame, form: TextForm) -> HttpResponse:
    """Somebody kept something since: what was typed stays in the box, and a second click makes suggestions of it."""
    draft.refresh_from_db()
    again = TextForm({"text": form.data.get("text", ""), "base": form.data.get("base", "")})
    again.is_valid()
    theirs = to_notation(check(accepted(draft.document)))
    return _page(request, draft, person, frame, status=409, form=again, theirs=theirs)


def _read(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST:
        raise BadDocument(_("This text is too long for one story."))
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadDocument(_("This could not be read.")) from error
    if not isinstance(given, dict) or not {"version", "document", "base"} <= set(given):
        raise BadDocument(_("This could not be read."))
    return given
