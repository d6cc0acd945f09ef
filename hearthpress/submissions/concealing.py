"""What an editor sees of a piece before they may know whose it is: it is fetched without anything that says so.

The doors hand out concealed copies, so that no page, list or download of theirs can tell more. What a copy does not
have is not there to be shown: names, note, files, history, letters, what others think of it. No verb writes from one.
"""

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.utils.translation import gettext as _

from hearthpress.documents.redaction import Labels, Redactor, handles
from hearthpress.people.enums import BylineKind
from hearthpress.people.models import Byline, Person
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Attachment, QuestionAnswer, Submission, SubmissionQuerySet
from hearthpress.submissions.veil import VEILED, veiled_to

# Rows that belong to a piece and say nothing of its writer. Those that are not named here are left out.
HARMLESS = frozenset({"assignments", "holds", "presences", "promises"})
_FIELDS = Submission._meta  # noqa: SLF001  Django's documented way to ask a model what it has
KNOWN_ENDINGS = frozenset({"docx", "odt", "md", "txt", "rtf", "pdf", "html"})

MOST_TOKENS = 50


class Writer:
    """Whose a piece is, as far as its words could tell."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission

    @cached_property
    def redactor(self) -> Redactor:
        return Redactor(self.names, self.tokens, labels())

    @property
    def names(self) -> list[str]:
        """All names that the person has or writes under: one of them in another's piece would tell as much."""
        writer = self.submission.writer
        signed = [byline.name for byline in writer.bylines.all() if byline.kind != BylineKind.ANONYMOUS]
        return list(dict.fromkeys(filter(None, [writer.name, self.submission.byline_name, *signed])))

    @property
    def tokens(self) -> list[str]:
        """Handles; and of the e-mail address what stands before the sign, unless that is a word like another."""
        address = self.submission.writer.email.partition("@")[0]
        own = [] if address.isalpha() else [address]
        named = handles(f"{self.submission.source}\n{self.submission.note}")
        # Each costs time in every search; what is typed as @handle is hidden whichever it is.
        return [*own, *dict.fromkeys(named)][:MOST_TOKENS]


class DeskQuerySet(SubmissionQuerySet):
    """What `editor` may read. Each row is concealed as it is fetched where they may not know yet whose it is; its
    text is not among what a list fetches. Numbers that a query adds to a row are the query's own affair."""

    editor: Person | None = None

    def _clone(self) -> "DeskQuerySet":
        clone: DeskQuerySet = super()._clone()  # type: ignore[misc]  # what Django calls for each new query
        clone.editor = self.editor
        return clone

    def _fetch_all(self) -> None:
        is_fetched = self._result_cache is not None
        super()._fetch_all()
        if not is_fetched and self.editor is not None and self._iterable_class is ModelIterable:
            concealed = conceal_rows(self.editor, self._result_cache or [])
            self._hide_prefetched(concealed)

    def _hide_prefetched(self, rows: Iterable[Submission]) -> None:
        """What was fetched beside the rows under another name, too."""
        lookups: Any = self._prefetch_related_lookups  # type: ignore[attr-defined]  # where Django keeps them
        for lookup in (one for one in lookups if getattr(one, "to_attr", None)):
            if lookup.prefetch_through.partition("__")[0] not in {*HARMLESS, "subjects"}:
                for row in rows:
                    setattr(row, lookup.to_attr, [])


def labels() -> Labels:
    """What is read in the place of what is hidden."""
    return Labels(_("[name]"), _("[link]"), _("[about the writer]"))


def blind_title(submission: Submission) -> str:
    """The title without its writer's names, as it is kept when the piece is sent."""
    return Writer(submission).redactor.words(submission.title)[:200]


def without_names(submission: Submission, words: str) -> str:
    """The words without what says whose the piece is."""
    return Writer(submission).redactor.words(words)


def conceal_rows(editor: Person, rows: Collection[Submission]) -> list[Submission]:
    """Conceal, in place, those whose writer this editor may not know yet. Which these are. Two queries for any number.

    Their texts are left out: `conceal` is for the one that is read.
    """
    doubtful = {row.pk: row for row in rows if row.state in VEILED}
    if not doubtful:
        return []
    behind = _with_writers(Submission.objects.filter(veiled_to(editor), pk__in=doubtful))
    return [_concealed(doubtful[full.pk], Writer(full)) for full in behind]


def conceal(submission: Submission) -> Submission:
    """Conceal one piece, in place, with its text and what came with it as far as these may be read."""
    full = _with_writers(Submission.objects.filter(pk=submission.pk)).get()
    writer = Writer(full)
    answers = list(full.question_answers.select_related("question").filter(question__names_writer=False, file=None))
    files = [_nameless(file) for file in full.attachments.filter(kind=AttachmentKind.MANUSCRIPT)]
    for answer in answers:
        answer.text = writer.redactor.words(answer.text)
    concealed = _concealed(submission, writer)
    concealed.title = concealed.blind_title = writer.redactor.words(concealed.title)[:200]
    concealed.document = writer.redactor.document(full.document) if full.document else None
    _show(concealed, "question_answers", QuestionAnswer, answers)
    _show(concealed, "attachments", Attachment, files)
    return concealed


def whole(submission: Submission) -> Submission:
    """The piece itself, for a verb that has to reach its writer whoever calls it. Its row is read once more."""
    return Submission.objects.select_related("call", "writer", "byline", "agreement").get(pk=submission.pk)


def _with_writers(rows: SubmissionQuerySet) -> SubmissionQuerySet:
    return rows.select_related("writer", "urgency").prefetch_related("writer__bylines")


def _concealed(row: Submission, writer: Writer) -> Submission:
    row.concealed = True
    row.title = row.blind_title = row.blind_title or writer.redactor.words(row.title)[:200]
    row.source = row.note = row.byline_kind = row.byline_name = ""
    row.answers, row.document = {}, None
    row.previously_published = _("Yes; you see where after your reading") if row.previously_published else ""
    row.byline = Byline(name=_("Name hidden"))
    row.writer = Person(pk=row.writer_id, name=_("Name hidden"))
    row.agreement = row.sent_with = None
    for relation in _FIELDS.related_objects:
        if relation.get_accessor_name() not in HARMLESS:
            _leave_out(row, relation)
    _conceal_urgency(row, writer)
    return row


def _leave_out(row: Submission, relation: Any) -> None:
    name = relation.get_accessor_name()
    if relation.one_to_one:
        relation.set_cached_value(row, None)
    elif name is not None:
        _show(row, name, relation.related_model, [])


def _conceal_urgency(row: Submission, writer: Writer) -> None:
    """Why it cannot wait is said to everybody, but for names in it."""
    urgency = getattr(writer.submission, "urgency", None)
    if urgency is not None:
        urgency.why = writer.redactor.words(urgency.why)
        relation: Any = _FIELDS.get_field("urgency")
        relation.set_cached_value(row, urgency)


def _show(row: Submission, name: str, model: Any, shown: list[Any]) -> None:
    """Let the row have these alone, whatever is asked of the relation with this name."""
    rows: QuerySet[Any] = model.objects.none()
    rows._result_cache = shown  # noqa: SLF001  as prefetching fills it
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


def _nameless(file: Attachment) -> Attachment:
    """A file that says no more than how it ended. Its bytes are not handed out."""
    ending = file.name.rpartition(".")[2].lower()
    file.name = _("A .%(ending)s file") % {"ending": ending} if ending in KNOWN_ENDINGS else _("A file")
    file.key = file.stored_as = file.sha256 = file.credit = file.alt = ""
    return file
