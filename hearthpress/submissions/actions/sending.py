"""Sending: the moment from which a promise runs."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.reactions import Verb
from hearthpress.common.states import SomebodyElseWon
from hearthpress.documents.plain import count_words
from hearthpress.documents.schema import Document
from hearthpress.people.actions import add_byline
from hearthpress.submissions.actions.attaching import please_describe, undescribed
from hearthpress.submissions.actions.calls import close_full_call
from hearthpress.submissions.actions.holding import hold
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.actions.writing import read_document
from hearthpress.submissions.concealing import blind_title
from hearthpress.submissions.enums import WITH_WRITER, Needed, SubmissionState
from hearthpress.submissions.limits import has_sent_enough, is_for, length_trouble
from hearthpress.submissions.marks import Mark, marks_of
from hearthpress.submissions.models import Call, Promise, Submission
from hearthpress.submissions.questions import please_answer, unanswered

# Runs in the sending's transaction, with the submission.
sent = Verb("submission sent")


class CallClosed(Exception):
    """The call that this draft answers takes nothing new now."""


class NotTaken(Sentence):
    """The call is open, and does not take this as it is. The message is for its writer."""


class EnoughFromYou(NotTaken):
    """The call takes no more pieces from this writer."""


class ForTheCircle(NotTaken):
    """The call is for the circle of regular writers, and this writer is not among them."""


class NotReady(NotTaken):
    """A piece is shorter or longer than the call takes, or a question is open, or not all is said of a photo."""


@dataclass(frozen=True)
class _Read:
    """A piece that is being sent, as it was read."""

    submission: Submission
    document: Document
    marks: list[Mark]
    blind_title: str

    @property
    def words(self) -> int:
        return count_words(self.document)


def send(submission: Submission, answers: dict[str, Any] | None = None) -> None:
    """Send the draft, or the changed text, to the editors. The receipt states when the writer hears from them.

    The drafts that are to be sent with it go in the same moment, under the same name. `answers` are the last word on
    the guesses (see `Submission.answers`); those saved with the draft otherwise. Raises CallClosed, NotTaken,
    SomebodyElseWon: it was sent, or saved again, since `submission` was fetched.
    """
    # From being read it could become received too, but only by being passed to another call.
    if submission.state not in WITH_WRITER:
        raise SomebodyElseWon("sent already")
    if answers is not None:
        submission.answers = answers
    # A long text takes a while to read: before the transaction, so that nobody waits for it.
    is_new = submission.state == SubmissionState.DRAFT
    pieces = [_read(piece, submission, is_new) for piece in [submission, *(pieces_with(submission) if is_new else ())]]
    with transaction.atomic():
        call = _take_place(submission)
        if is_new:
            _require_ready(call, pieces)
        for piece in pieces:
            _receive(piece, call, submission)
        _require_described(pieces)
        if is_new and pieces_with(submission):
            raise SomebodyElseWon("another piece was added")
        letter("submissions/receipt", submission, others=[piece.submission for piece in pieces[1:]])
        for piece in pieces:
            sent.happened(piece.submission)
        close_full_call(call)


def pieces_with(submission: Submission) -> list[Submission]:
    """The drafts that are sent when this one is, in the order in which they were begun."""
    drafts = submission.sent_together.filter(state=SubmissionState.DRAFT)
    return list(drafts.select_related("call", "writer").order_by("pk"))


def _read(submission: Submission, first: Submission, is_new: bool) -> _Read:
    """What takes a while, before the transaction. All pieces are signed as the first is."""
    submission.byline_kind, submission.byline_name = first.byline_kind, first.byline_name
    document = read_document(submission)
    marks = marks_of(submission, document) if is_new else []
    return _Read(submission, document, marks, blind_title(submission))


def _receive(piece: _Read, call: Call, first: Submission) -> None:
    submission, due = piece.submission, clock.now() + timedelta(days=call.reply_days)
    submission.move(
        SubmissionState.RECEIVED,
        actor=submission.writer,
        still={"saved_at": submission.saved_at},
        submitted_at=clock.now(),
        reply_due=due,
        answers=submission.answers,
        document=piece.document,
        words=piece.words,
        blind_title=piece.blind_title,
        byline=add_byline(submission.writer, first.byline_kind, first.byline_name),
        byline_kind=first.byline_kind,
        byline_name=first.byline_name,
    )
    Promise.objects.create(submission=submission, due=due)
    if piece.marks:
        hold(submission, piece.marks)


def _take_place(submission: Submission) -> Call:
    """The call, held by this transaction, so that of two who send at once only one gets the last place."""
    call = Call.objects.select_for_update(no_key=True).get(pk=submission.call_id)
    if submission.state != SubmissionState.DRAFT:
        return call
    if not call.is_open:
        raise CallClosed(call.slug)
    if not is_for(call, submission.writer):
        raise ForTheCircle(_("This call is for our circle of regular writers. Your text is safe: it stays here."))
    if has_sent_enough(call, submission.writer):
        raise EnoughFromYou(_("You have sent us as much for this call as one writer can. Your text stays here."))
    return call


def _require_ready(call: Call, pieces: list[_Read]) -> None:
    """Raises NotReady with all that is missing."""
    troubles = {piece.submission.title: length_trouble(call, piece.words) for piece in pieces}
    said = [_("“%(title)s”: %(why)s") % {"title": title, "why": why} for title, why in troubles.items() if why]
    if open_questions := unanswered(pieces[0].submission, Needed.NOW):
        said.append(please_answer(open_questions))
    if said:
        raise NotReady(" ".join(said))


def _require_described(pieces: list[_Read]) -> None:
    """Raises NotReady. Nobody adds a photo any more: the pieces are not in their writer's hands."""
    if any(undescribed(piece.submission).exists() for piece in pieces):
        raise NotReady(please_describe())
