"""The only ways to read a thread: each applies its rule, and leaves out what its reader may not see."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from hearthpress.common import clock
from hearthpress.correspondence.enums import NEWS, SHOWN_TO_WRITER, MessageKind
from hearthpress.correspondence.models import Message, Seen
from hearthpress.people.models import Person
from hearthpress.submissions.concealing import without_names
from hearthpress.submissions.doors import TakenBack, desk_submission, own_submission
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission
from hearthpress.submissions.veil import is_veiled, stays_nameless


class Veiled(Http404):
    """The first reading is anonymous, and this editor's own is not in yet: the thread would say who the writer is."""

    def __init__(self, submission: Submission) -> None:
        super().__init__("veiled")
        self.submission = submission


@dataclass(frozen=True)
class Entry:
    """One message, and whether this reader has not seen it before."""

    message: Message
    is_new: bool


@dataclass(frozen=True)
class Thread:
    """What one reader may see of what was said about a submission, oldest first."""

    submission: Submission
    entries: list[Entry]

    @property
    def unseen(self) -> int:
        return sum(entry.is_new for entry in self.entries)

    @property
    def last(self) -> Message | None:
        return self.entries[-1].message if self.entries else None


def desk_thread(editor: Person, key: str) -> Thread:
    """The whole thread, with the editors' remarks. Raises Http404, TakenBack, Veiled.

    Of a story that was taken back there is only what was said since the writer wrote again: they are owed an answer,
    and what was said before left the editors' pages with the story.
    """
    try:
        submission = desk_submission(editor, key)
    except TakenBack as gone:
        return _since_taken_back(editor, gone)
    _require_part(editor, submission)
    return _thread(submission, editor, submission.messages.all())


def own_thread(writer: Person, key: str) -> Thread:
    """What the writer and the editors said to each other. Raises Http404 for a draft, and for everybody else."""
    submission = own_submission(writer, key)
    if submission.state == SubmissionState.DRAFT:
        raise Http404
    return _thread(submission, writer, submission.messages.filter(kind__in=SHOWN_TO_WRITER))


def mark_seen(thread: Thread, reader: Person) -> None:
    """Note that the reader has seen the thread as far as it goes here. What came meanwhile stays new."""
    if thread.last is None or not thread.unseen:
        return
    place, _is_first = Seen.objects.get_or_create(
        submission=thread.submission, person=reader, defaults={"upto": thread.last}
    )
    Seen.objects.filter(pk=place.pk, upto__lt=thread.last.pk).update(upto=thread.last)


def _require_part(editor: Person, submission: Submission) -> None:
    """Editors who said that others should judge this story do not hear what these say of it."""
    if not editor.has_perm("submissions.judge", submission):
        raise Http404
    if is_veiled(editor, submission):
        raise Veiled(submission)


def _since_taken_back(editor: Person, gone: TakenBack) -> Thread:
    submission = gone.submission
    taken_back = submission.events.filter(new=SubmissionState.WITHDRAWN).last()
    since = submission.messages.filter(at__gte=taken_back.at if taken_back else clock.now())
    if not since.filter(kind=MessageKind.FROM_WRITER).exists():
        raise gone
    _require_part(editor, submission)
    thread = _thread(submission, editor, since)
    if stays_nameless(editor, submission):
        _leave_names_out(thread)
    return thread


def _leave_names_out(thread: Thread) -> None:
    """In what is shown alone: a message is kept as it came."""
    for entry in thread.entries:
        entry.message.text = without_names(thread.submission, entry.message.text)
        entry.message.files = [without_names(thread.submission, name) for name in entry.message.files]


def _thread(submission: Submission, reader: Person, messages: QuerySet[Message]) -> Thread:
    upto = Seen.objects.filter(submission=submission, person=reader).values_list("upto", flat=True).first() or 0
    return Thread(
        submission,
        [
            Entry(message, message.pk > upto and _is_news(message, reader))
            for message in messages.select_related("author", "letter").order_by("id")
        ],
    )


def _is_news(message: Message, reader: Person) -> bool:
    return message.author_id != reader.pk and message.kind in NEWS
