"""One decision for many stories, each with a line of its own: what can be prepared, and why the rest cannot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from hearthpress.common.errors import Sentence
from hearthpress.desk.decisions import calls_to_pass_any_to
from hearthpress.desk.forms.bulk import PieceForm
from hearthpress.desk.forms.decisions import WordsForm
from hearthpress.desk.starting_words import fill_in, with_quote
from hearthpress.people.models import Person
from hearthpress.submissions.actions import prepare_decision
from hearthpress.submissions.doors import desk_submissions
from hearthpress.submissions.enums import PENDING, UNDECIDED, DecisionKind, DecisionState, SubmissionState
from hearthpress.submissions.models import Call, Decision, Reading, Submission
from hearthpress.submissions.veil import VEILED, veiled_to

TOGETHER = 50  # the most stories that are decided about on one page


@dataclass(frozen=True)
class LeftOut:
    """A story that was ticked and about which this editor can decide nothing now. `title` names nobody."""

    key: str
    title: str
    why: str


def ticked_stories(editor: Person, keys: list[str]) -> tuple[list[Submission], list[LeftOut]]:
    """Of the stories with these keys: those to decide about, in the order of their promises, and the rest."""
    rows = list(_stories(editor).filter(key__in=[key for key in keys if key.isalnum()][:TOGETHER]))
    may = set(
        _stories(editor)
        .filter(~veiled_to(editor), pk__in=[row.pk for row in rows])
        .exclude(conflicts__editor=editor)
        .values_list("pk", flat=True)
    )
    why = {row.pk: _why_left_out(row, may=row.pk in may) for row in rows}
    rest = [LeftOut(row.key, _title(row, may=row.pk in may), why[row.pk]) for row in rows if why[row.pk]]
    return [row for row in rows if not why[row.pk]], rest


def calls_for_all(stories: Iterable[Submission]) -> QuerySet[Call]:
    """The calls that all of them may be passed to; none when they answer calls of different kinds."""
    calls = {row.call_id: row.call for row in stories}
    others = calls_to_pass_any_to(calls.values())
    return others.exclude(pk__in=calls) if len(calls) == 1 else others


def kinds_for_all(stories: list[Submission]) -> list[DecisionKind]:
    elsewhere = calls_for_all(stories).exists()
    return [kind for kind in DecisionKind if elsewhere or kind != DecisionKind.PASS]


def pieces_of(stories: Iterable[Submission], data: Any = None, *, shown_again: bool = False) -> list[PieceForm]:
    """A small form for each story: as it was sent, or empty; or what was typed, without judging it (`shown_again`)."""
    return [
        PieceForm(None if shown_again else data, story=story, typed=data if shown_again else None) for story in stories
    ]


def typed_with_note(stories: Iterable[Any], typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with the note that was asked for (`quote`, a reading's number) at the end of its story's words.

    A story without words of its own begins with those for all.
    """
    for story in stories:
        for reading in story.noted:
            if str(reading.pk) == typed["quote"]:
                name = f"{story.key}-words"
                words = typed.get(name, "").strip() or typed.get("words", "")
                return {**typed, name: with_quote(words, reading.notes)}
    return dict(typed)


def prepare_all(editor: Person, shared: WordsForm, pieces: list[PieceForm]) -> int:
    """Prepare what can be prepared, how many. What stood in the way of the others is said in their forms."""
    chosen = [piece for piece in pieces if piece.is_valid() and not piece.cleaned_data["leave_out"]]
    return sum(_prepare(editor, shared, piece) for piece in chosen)


def _stories(editor: Person) -> QuerySet[Submission]:
    waiting = Decision.objects.filter(state__in=PENDING).select_related("prepared_by")
    rows = desk_submissions(editor).select_related("call", "byline", "writer")
    noted = Reading.objects.exclude(notes="").select_related("editor")
    with_more = rows.prefetch_related(
        "subjects",
        Prefetch("decisions", queryset=waiting, to_attr="pending"),
        Prefetch("readings", queryset=noted, to_attr="noted"),
    )
    return with_more.order_by("reply_due", "pk")


def _prepare(editor: Person, shared: WordsForm, piece: PieceForm) -> bool:
    given, story = piece.cleaned_data, piece.story
    if (piece.before.pk if piece.before else None) != given["replaces"]:
        return piece.look_again()
    words = fill_in(given["words"] or shared.cleaned_data["words"], story)
    details = shared.details(fill_in(given["personal"], story))
    try:
        prepare_decision(story, editor, shared.cleaned_data["kind"], words, details)
    except PermissionDenied:
        return piece.say(_("You cannot decide about this story now."))
    except (Sentence, IntegrityError):
        return piece.say(_why_not(story, details.to_call))
    piece.prepared = True
    return True


def _why_not(story: Submission, to_call: Call | None) -> str:
    if to_call is not None and to_call.pk == story.call_id:
        return _("It answers that call already.")
    return _("Somebody decided this story before you, or its writer took it back.")


def _why_left_out(story: Any, *, may: bool) -> str:
    """`may` is whether this editor may decide about it at all."""
    if not may and _may_be_veiled(story):
        return _("You read it without its writer’s name. Leave your own reading first.")
    if not may:
        return _("You have said that others should judge it.")
    if story.state == SubmissionState.WITHDRAWN:
        return _("Its writer took it back.")
    if story.state not in UNDECIDED:
        return _("It is not with us to decide now.")
    if any(decision.state == DecisionState.RELEASING for decision in story.pending):
        return _("A decision is going out already.")
    return ""


def _title(story: Submission, *, may: bool) -> str:
    """What is taken back leaves the editors' pages; what lies behind the veil names nobody."""
    if story.state == SubmissionState.WITHDRAWN:
        return _("A story")
    return str(story) if may or not _may_be_veiled(story) else story.blind_title or _("A story")


def _may_be_veiled(story: Submission) -> bool:
    return story.call.anonymous and story.state in VEILED
