"""Write to the writer, write to the editors, remark: the only ways in which a thread grows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.correspondence.enums import MessageKind
from hearthpress.correspondence.letters import tell_editors, tell_writer
from hearthpress.correspondence.models import Message
from hearthpress.documents.text import clean
from hearthpress.mail.models import IncomingMail, Letter
from hearthpress.people.models import Person
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission

# The same words from the same person within this time, with nothing said between, are a second click.
AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Came:
    """How a message came by e-mail: the mail's row, the names of its files, and sentences about what was not read."""

    mail: IncomingMail
    files: list[str]
    notes: list[str]

    def columns(self) -> dict[str, Any]:
        return {"incoming": self.mail, "files": self.files, "notes": self.notes}


@transaction.atomic
def write_to_writer(submission: Submission, editor: Person, text: str, came: Came | None = None) -> Message:
    """Say something to the writer, who gets it by letter too; that letter names no editor.

    Raises PermissionDenied, SomebodyElseWon: the story was taken back since `submission` was fetched.
    """
    _require_part(editor, submission)
    _hold_as_shown(submission)
    words = _tidy(text)
    said = _just_said(submission, MessageKind.TO_WRITER, editor, words)
    if said is not None:
        return said
    letter = tell_writer(submission, words)
    return _say(submission, MessageKind.TO_WRITER, editor, words, came, letter=letter)


@transaction.atomic
def write_to_editors(submission: Submission, writer: Person, text: str, came: Came | None = None) -> Message:
    """Say something to the editors; whoever looks after the story hears of it by letter. Raises PermissionDenied."""
    if not writer.has_perm("submissions.own", submission):
        raise PermissionDenied("Only its writer writes to the editors about a story.")
    _hold(submission)
    words = _tidy(text)
    said = _just_said(submission, MessageKind.FROM_WRITER, writer, words)
    if said is not None:
        return said
    message = _say(submission, MessageKind.FROM_WRITER, writer, words, came)
    tell_editors(message)
    return message


@transaction.atomic
def remark(submission: Submission, editor: Person, text: str, came: Came | None = None) -> Message:
    """Say something that stays among the editors. No letter is written.

    Raises PermissionDenied, SomebodyElseWon: the story was taken back since `submission` was fetched.
    """
    _require_part(editor, submission)
    _hold_as_shown(submission)
    words = _tidy(text)
    said = _just_said(submission, MessageKind.REMARK, editor, words)
    return said or _say(submission, MessageKind.REMARK, editor, words, came)


def set_aside(submission: Submission, kind: MessageKind, text: str, came: Came) -> Message:
    """Keep, among the editors, what came by mail and is nobody's word to us. No letter is written."""
    return _say(submission, kind, None, _tidy(text), came)


def _require_part(editor: Person, submission: Submission) -> None:
    """Who may decide may speak of it: not the writer, nor who should not judge it, nor who has not voted yet."""
    if not editor.has_perm("submissions.decide", submission):
        raise PermissionDenied("This editor takes no part in what is said about this story.")


def _hold(submission: Submission) -> SubmissionState:
    """Nobody adds to the thread, or takes the story back, while this transaction runs. The story's state now."""
    held = Submission.objects.select_for_update(no_key=True).only("state").get(pk=submission.pk)
    return SubmissionState(held.state)


def _hold_as_shown(submission: Submission) -> None:
    """The same for editors, who write about what they had before them."""
    if _hold(submission) == SubmissionState.WITHDRAWN != submission.state:
        raise SomebodyElseWon("the story was taken back")


def _just_said(submission: Submission, kind: MessageKind, author: Person, words: str) -> Message | None:
    last: Message | None = submission.messages.order_by("id").last()
    if last is None or not words or (last.kind, last.author_id, last.text) != (kind, author.pk, words):
        return None
    return last if clock.now() - last.at < AGAIN else None


def _say(  # noqa: PLR0913  these are the parts of a message
    submission: Submission,
    kind: MessageKind,
    author: Person | None,
    words: str,
    came: Came | None,
    *,
    letter: Letter | None = None,
) -> Message:
    how = came.columns() if came else {}
    message: Message = Message.objects.create(
        submission=submission, kind=kind, author=author, text=words, letter=letter, **how
    )
    return message


def _tidy(text: str) -> str:
    return clean(text).strip()
