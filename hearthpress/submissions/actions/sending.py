"""Sending: the moment from which a promise runs."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.reactions import Verb
from hearthpress.documents.plain import count_words
from hearthpress.people.actions import add_byline
from hearthpress.submissions.actions.calls import close_full_call
from hearthpress.submissions.actions.holding import hold
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.actions.writing import read_document
from hearthpress.submissions.concealing import blind_title
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.marks import marks_of
from hearthpress.submissions.models import Call, Promise, Submission

# Runs in the sending's transaction, with the submission.
sent = Verb("submission sent")


class CallClosed(Exception):
    """The call that this draft answers takes nothing new now."""


class EnoughFromYou(Sentence):
    """The call takes no more pieces from this writer."""


def send(submission: Submission, answers: dict[str, Any] | None = None) -> None:
    """Send the draft, or the changed text, to the editors. The receipt states when the writer hears from them.

    `answers` are the last word on the guesses (see `Submission.answers`); those saved with the draft otherwise.
    Raises CallClosed, EnoughFromYou, SomebodyElseWon: it was sent, or saved again, since `submission` was fetched.
    """
    if answers is not None:
        submission.answers = answers
    # A long text takes a while to read: before the transaction, so that nobody waits for it.
    document = read_document(submission)
    marks = marks_of(submission, document) if submission.state == SubmissionState.DRAFT else []
    with transaction.atomic():
        call = _take_place(submission)
        due = clock.now() + timedelta(days=call.reply_days)
        submission.move(
            SubmissionState.RECEIVED,
            actor=submission.writer,
            still={"saved_at": submission.saved_at},
            submitted_at=clock.now(),
            reply_due=due,
            answers=submission.answers,
            document=document,
            words=count_words(document),
            blind_title=blind_title(submission),
            byline=add_byline(submission.writer, submission.byline_kind, submission.byline_name),
        )
        Promise.objects.create(submission=submission, due=due)
        if marks:
            hold(submission, marks)
        letter("submissions/receipt", submission)
        sent.happened(submission)
        close_full_call(call)


def _take_place(submission: Submission) -> Call:
    """The call, held by this transaction, so that of two who send at once only one gets the last place."""
    call = Call.objects.select_for_update().get(pk=submission.call_id)
    if submission.state != SubmissionState.DRAFT:
        return call
    if not call.is_open:
        raise CallClosed(call.slug)
    theirs = call.submissions.filter(writer=submission.writer)
    if call.cap_per_person is not None and theirs.exclude(state__in=_TAKE_NO_PLACE).count() >= call.cap_per_person:
        raise EnoughFromYou(call.slug)
    return call


_TAKE_NO_PLACE = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)
