"""Open the draft, suggest, answer, agree: how an editor and a writer come to one text.

An editor only ever suggests: what a save of theirs would leave when all is declined is what stood there before. The
writer may also change the text itself.
"""

from collections.abc import Collection, Sequence
from itertools import count
from secrets import token_hex
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents import schema
from hearthpress.documents.attributing import parted
from hearthpress.documents.merging import merged
from hearthpress.documents.resuggesting import resuggested
from hearthpress.documents.suggestions import (
    accepted,
    check_marked,
    declined,
    identities,
    renamed,
    rewritten,
    suggestions,
)
from hearthpress.documents.text import one_line
from hearthpress.editing.enums import Answer, ManuscriptState
from hearthpress.editing.models import Draft, Manuscript, Remark, Revision, Suggestion
from hearthpress.editing.revisions import add_revision
from hearthpress.mail.actions import write_letter
from hearthpress.people.models import Person

Document = dict[str, Any]


class Passage(NamedTuple):
    """Where a remark hangs: the words themselves, those before and those after. See `Remark`."""

    exact: str
    prefix: str
    suffix: str


NOWHERE = Passage("", "", "")
WHY_LENGTH = 200
MOST_QUOTED, BESIDE = 500, 60  # characters, as the columns of Remark hold


class DraftChanged(SomebodyElseWon):
    """The draft is no longer the one that this person was looking at."""


class StillOpen(NotAllowed):
    """Suggestions wait for an answer."""


def draft_of(manuscript: Manuscript) -> Draft:
    """The draft of a manuscript, begun from its newest version; anew when that changed and nothing is open on it."""
    newest = _newest(manuscript)
    fresh = {"base": newest, "document": newest.content["document"]}
    draft, _made = Draft.objects.select_related("base").get_or_create(manuscript=manuscript, defaults=fresh)
    is_behind = draft.base_id != newest.pk and not identities(draft.document)
    if is_behind and draft.document == draft.base.content["document"]:
        Draft.objects.filter(pk=draft.pk, version=draft.version).update(**fresh, version=draft.version + 1)
        draft.refresh_from_db()
    return draft


@transaction.atomic
def keep(draft: Draft, person: Person, document: Any, save: str = "") -> Draft:
    """Keep what this person has in front of them, a marked document made from the draft as it was fetched.

    `save` is what their browser calls this save (see `was_kept`). What an editor changed without a mark becomes a
    suggestion. Raises DraftChanged, NotAllowed, PermissionDenied and documents.schema.BadDocument.
    """
    _require_open(draft)
    is_writer = _require_either(person, draft)
    given = _under_own_name(draft, person, check_marked(document))
    if not is_writer and _settled(declined(given)) != _settled(declined(draft.document)):
        given = _marked(draft, _settled(accepted(given)))
    _store(draft, person, given, save)
    _note_authors(draft, person, given)
    return draft


def was_kept(draft: Draft, person: Person, save: str) -> bool:
    """Whether this very save was kept already: its answer was lost on the way, and the browser sends it again."""
    return bool(save) and draft.saves.get(str(person.pk)) == save


@transaction.atomic
def keep_with_theirs(draft: Draft, person: Person, document: Any, base: Any, save: str = "") -> int:
    """Keep what this person made of `base` together with what somebody else has kept since. How many passages both
    changed: there theirs stands, and this person's follows as a suggestion. Raises as `keep` does."""
    given, before = check_marked(document), check_marked(base)
    others = set(_others(draft, person))
    both, conflicts = merged(before, given, draft.document, _new_identity(), others)
    keep(draft, person, both, save)
    return conflicts


@transaction.atomic
def suggest(draft: Draft, person: Person, document: Document, why: str = "") -> Draft:
    """Keep a whole text that somebody would like, such as one typed without the page's script: each difference is a
    suggestion, and those that were made before stay whose they are. `why` is what they are made for, where they are to
    be answered together. Raises as `keep` does."""
    _require_open(draft)
    _require_either(person, draft)
    marked = _marked(draft, schema.check(document))
    _store(draft, person, marked)
    _note_authors(draft, person, marked, why)
    return draft


@transaction.atomic
def suggest_with_theirs(draft: Draft, person: Person, document: Document, base: Document) -> int:
    """Keep a whole text that was typed over `base`, together with what others have made of that since: as `suggest`.
    How many passages both changed: there theirs stands, and this person's follows."""
    theirs = schema.check(accepted(draft.document))
    both, conflicts = merged(schema.check(base), schema.check(document), theirs, _new_identity())
    suggest(draft, person, schema.check(accepted(both)))
    return conflicts


@transaction.atomic
def answer(draft: Draft, person: Person, which: Collection[str], yes: bool) -> Draft:
    """Accept or decline these suggestions. Only the writer accepts; an editor may decline or take back.

    Raises DraftChanged, NotAllowed for one that is gone or not theirs to answer, PermissionDenied.
    """
    _require_open(draft)
    is_writer = _require_either(person, draft)
    open_ones = set(identities(draft.document))
    rows = list(draft.suggestions.filter(identity__in=open_ones & set(which)))
    if not rows or len(rows) != len(set(which)):
        raise NotAllowed("A suggestion is not there any more.")
    if yes and not is_writer:
        raise NotAllowed("Only the writer accepts a suggestion.")
    _note_answers(draft, rows, person, Answer.ACCEPTED if yes else Answer.DECLINED)
    chosen = [row.identity for row in rows]
    _store(draft, person, check_marked((accepted if yes else declined)(draft.document, chosen)))
    return draft


@transaction.atomic
def rewrite(draft: Draft, writer: Person, identity: str, words: str) -> Draft:
    """The writer says what is suggested in words of their own. Raises as `answer` does, and BadDocument."""
    _require_open(draft)
    if not _require_either(writer, draft):
        raise PermissionDenied("Only the writer puts a suggestion in other words.")
    row = draft.suggestions.filter(identity=identity).first()
    if row is None or identity not in identities(draft.document):
        raise NotAllowed("A suggestion is not there any more.")
    document = rewritten(draft.document, identity, one_line(words) + " " * words[-1:].isspace())
    _note_answers(draft, [row], writer, Answer.REWRITTEN)
    _store(draft, writer, check_marked(document))
    return draft


@transaction.atomic
def remark(draft: Draft, person: Person, words: str, passage: Passage = NOWHERE, about: Remark | None = None) -> Remark:
    """Say something about a passage, or in answer to what was said. Raises NotAllowed, PermissionDenied."""
    _require_open(draft)
    _require_either(person, draft)
    if about is not None and (about.draft_id != draft.pk or about.about_id is not None):
        raise NotAllowed("What this answers is not there.")
    exact, prefix, suffix = passage.exact[:MOST_QUOTED], passage.prefix[-BESIDE:], passage.suffix[:BESIDE]
    said = {"exact": exact, "prefix": prefix, "suffix": suffix, "words": words}
    return Remark.objects.create(draft=draft, made_by=person, about=about, **said)


@transaction.atomic
def settle(draft: Draft, person: Person, remark: Remark) -> None:
    """What a remark was about is settled; either says so, once. Raises NotAllowed, PermissionDenied."""
    _require_open(draft)
    _require_either(person, draft)
    open_one = draft.remarks.filter(pk=remark.pk, about=None, settled_at=None)
    open_one.update(settled_by=person, settled_at=clock.now())


@transaction.atomic
def hand_over(draft: Draft, person: Person) -> Person | None:
    """Tell the other one that it is their turn, by letter: the writer, or the editor who works on the text.

    Who gets it; None when no editor has worked on it yet. Said twice, it is one letter, as long as nothing happened in
    between. What the writer leaves with nothing open becomes a version. Raises as `agree` does.
    """
    _require_open(draft)
    is_writer = _require_either(person, draft)
    if is_writer and not identities(draft.document):
        agree(draft, person)
    manuscript = draft.manuscript
    whom = _editor_of(draft) if is_writer else manuscript.submission.writer
    if whom is None:
        return None
    if not is_writer:
        Manuscript.objects.filter(pk=manuscript.pk).update(editor=person)
    if not _is_news(draft, person):
        return whom
    context = {"submission": manuscript.submission, "open": still_open(draft), "remarks": open_remarks(draft)}
    for one in [whom] if is_writer else manuscript.writers:
        write_letter(f"editing/{'to_editor' if is_writer else 'to_writer'}", one.email, context, person=one)
    return whom


def _is_news(draft: Draft, person: Person) -> bool:
    """Note that this person hands over; whether anything happened since they last did. Of two presses one is news."""
    before = draft.handed_over_at
    spoken = draft.remarks.filter(Q(made_at__gt=before) | Q(settled_at__gt=before)) if before else draft.remarks.all()
    same = before is not None and draft.handed_over_by_id == person.pk
    if same and before is not None and draft.saved_at <= before and not spoken.exists():
        return False
    now = clock.now()
    noted = Draft.objects.filter(pk=draft.pk, handed_over_at=before).update(handed_over_at=now, handed_over_by=person)
    draft.handed_over_at, draft.handed_over_by = now, person
    return bool(noted)


def open_remarks(draft: Draft) -> int:
    """How many remarks nobody has settled yet."""
    return draft.remarks.filter(about=None, settled_at=None).count()


@transaction.atomic
def agree(draft: Draft, person: Person) -> Revision:
    """Make the draft, on which nothing is open any more, the newest version. Raises StillOpen, DraftChanged,
    NotAllowed, PermissionDenied."""
    _require_open(draft)
    _require_either(person, draft)
    if identities(draft.document):
        raise StillOpen(still_open(draft))
    manuscript = draft.manuscript
    document = schema.check(draft.document)
    newest = _newest(manuscript)
    if document == newest.content["document"]:
        return newest
    if manuscript.state != ManuscriptState.EDITING:
        manuscript.move(ManuscriptState.EDITING, actor=person, why="the text was changed")
    revision = add_revision(manuscript, person, {**newest.content, "document": document}, _reason(draft))
    _move_on(draft, person, base=revision, document=document)
    return revision


def still_open(draft: Draft) -> str:
    """How many suggestions wait for an answer, as a sentence; "" where none does."""
    number = len(identities(draft.document))
    if not number:
        return ""
    words = ngettext("%(number)d suggestion waits for an answer.", "%(number)d suggestions wait for an answer.", number)
    return words % {"number": number}


def open_on(manuscript: Manuscript) -> str:
    """What is still open between an editor and the writer, as a sentence; "" when nothing is."""
    draft = Draft.objects.filter(manuscript=manuscript).select_related("base").first()
    if draft is None:
        return ""
    if waiting := still_open(draft):
        return waiting
    if draft.document != draft.base.content["document"]:
        return _("The text with its suggestions was changed, and is no version yet.")
    return ""


def _store(draft: Draft, person: Person, document: Document, save: str = "") -> None:
    gone = set(identities(draft.document)) - set(identities(document))
    rows = draft.suggestions.filter(identity__in=gone, answer="")
    _note_answers(draft, list(rows), person, Answer.TAKEN_BACK)
    _move_on(draft, person, document=document, saves={**draft.saves, str(person.pk): save})


def _move_on(draft: Draft, person: Person, **changes: Any) -> None:
    changes |= {"version": draft.version + 1, "saved_by": person, "saved_at": clock.now()}
    if not Draft.objects.filter(pk=draft.pk, version=draft.version).update(**changes):
        raise DraftChanged(f"{draft} was changed")
    for name, value in changes.items():
        setattr(draft, name, value)


def _note_authors(draft: Draft, person: Person, document: Document, why: str = "") -> None:
    known = set(draft.suggestions.values_list("identity", flat=True))
    new = [identity for identity in identities(document) if identity not in known]
    try:
        with transaction.atomic():
            made = [Suggestion(draft=draft, identity=one, made_by=person, why=why) for one in new]
            Suggestion.objects.bulk_create(made)
    except IntegrityError as error:
        raise DraftChanged(f"{draft} was changed") from error
    # One that was answered and is there again, because somebody undid that, is open again.
    draft.suggestions.filter(identity__in=identities(document)).exclude(answer="").update(
        answer="", answered_by=None, answered_at=None
    )


def _note_answers(draft: Draft, rows: Sequence[Suggestion], person: Person, word: Answer) -> None:
    words = {told.identity: told for told in suggestions(draft.document)} if rows else {}
    for row in rows:
        told = words.get(row.identity)
        row.answer, row.answered_by, row.answered_at = word, person, clock.now()
        row.removed, row.inserted = (told.removed, told.inserted) if told else ("", "")
    Suggestion.objects.bulk_update(rows, ["answer", "answered_by", "answered_at", "removed", "inserted"])


def _marked(draft: Draft, wanted: Document) -> Document:
    """The draft as it would read `wanted`; what was suggested before stays as it is where it can."""
    return resuggested(draft.document, wanted, _new_identity())


def _under_own_name(draft: Draft, person: Person, given: Document) -> Document:
    """What this person puts under somebody else's suggestion, or under one that was answered, is their own."""
    words = {told.identity: (told.removed, told.inserted) for told in suggestions(given)}
    open_ones = set(identities(draft.document))
    others = [row for row in _rows_of_others(draft, person) if row.identity in words]
    new_identity = _new_identity()
    again = {
        row.identity: new_identity()
        for row in others
        if row.identity not in open_ones and words[row.identity] != (row.removed, row.inserted)
    }
    return parted(
        draft.document,
        renamed(given, again),
        [row.identity for row in others if row.identity in open_ones],
        new_identity,
    )


def _others(draft: Draft, person: Person) -> list[str]:
    return [row.identity for row in _rows_of_others(draft, person)]


def _rows_of_others(draft: Draft, person: Person) -> list[Suggestion]:
    return list(draft.suggestions.exclude(made_by=person))


def _settled(document: Document) -> Document:
    return schema.check(document)


def _new_identity() -> Any:
    beginning, numbers = token_hex(6), count(1)
    return lambda: f"{beginning}.{next(numbers)}"


def _reason(draft: Draft) -> str:
    """What the suggestions since the last version came to, for the list of versions."""
    answers = list(draft.suggestions.filter(answered_at__gte=draft.base.made_at).values_list("answer", flat=True))
    named = {
        Answer.ACCEPTED: _("%(number)d accepted"),
        Answer.DECLINED: _("%(number)d declined"),
        Answer.REWRITTEN: _("%(number)d put in other words"),
    }
    parts = [words % {"number": answers.count(word)} for word, words in named.items() if word in answers]
    told = ", ".join(parts)
    return _("Suggestions: %(told)s") % {"told": told} if told else _("The writer’s own changes")


def _editor_of(draft: Draft) -> Person | None:
    """The editor who works on it: who asked for the yes, or else who last suggested something."""
    if draft.manuscript.editor is not None:
        return draft.manuscript.editor
    writers = draft.manuscript.writers
    last = draft.suggestions.exclude(made_by__in=writers).select_related("made_by").order_by("made_at", "pk").last()
    return last.made_by if last else None


def _newest(manuscript: Manuscript) -> Revision:
    if manuscript.revision is None:
        raise ValueError(f"{manuscript} has no text")
    return manuscript.revision


def _require_open(draft: Draft) -> None:
    if draft.manuscript.state == ManuscriptState.STOPPED:
        raise NotAllowed("The story was taken back.")


def _require_either(person: Person, draft: Draft) -> bool:
    """Whether it is the writer; an editor of others' stories otherwise. Raises PermissionDenied for anybody else."""
    if person.has_perm("editing.approve", draft.manuscript):
        return True
    if not person.has_perm("editing.edit", draft.manuscript):
        raise PermissionDenied("Only the writer and the editors work on a text.")
    return False
