"""The writer's side before it is sent: begin, save, throw away."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.documents.manuscript import Answer, Parsed, apply_guesses, parse_manuscript
from hearthpress.people.models import Person
from hearthpress.submissions.actions.answering import keep_answers
from hearthpress.submissions.actions.attaching import take_all_off
from hearthpress.submissions.enums import WITH_WRITER, SubmissionState
from hearthpress.submissions.models import Call, Submission


class DraftChanged(SomebodyElseWon):
    """The draft was saved somewhere else since this copy of it was fetched."""


def begin(call: Call, writer: Person) -> Submission:
    """The writer's draft for this call: the one begun before, or a new one."""
    drafts = Submission.objects.filter(call=call, writer=writer, state=SubmissionState.DRAFT, sent_with=None)
    return drafts.order_by("-id").first() or Submission.objects.create(call=call, writer=writer)


@transaction.atomic
def add_piece(first: Submission) -> Submission:
    """Another draft that is sent when `first` is.

    Raises NotAllowed: the call takes no more of them together; SomebodyElseWon: `first` was sent.
    """
    # The update holds the row, so that the draft is not sent without its new piece.
    if not Submission.objects.filter(pk=first.pk, state=SubmissionState.DRAFT).update(state=SubmissionState.DRAFT):
        raise SomebodyElseWon("already sent")
    if first.sent_with_id is not None or first.sent_together.count() + 1 >= first.call.pieces:
        raise NotAllowed("That is as many pieces as the call takes together.")
    return Submission.objects.create(call=first.call, writer=first.writer, sent_with=first)


@transaction.atomic
def save_draft(
    submission: Submission,
    fields: dict[str, Any],
    subjects: Iterable[Subject] | None = None,
    answers: Mapping[int, str] | None = None,
) -> None:
    """Keep what the writer has typed so far: columns, and where they are given the subjects that it touches and the
    answers to the call's questions, by the number of the question.

    Raises DraftChanged when it was saved since `submission` was fetched, SomebodyElseWon when it has been sent.
    """
    changes = {**fields, "saved_at": clock.now()}
    own = Submission.objects.filter(pk=submission.pk, state__in=WITH_WRITER)
    if not own.filter(saved_at=submission.saved_at).update(**changes):
        raise DraftChanged(submission.key) if own.exists() else SomebodyElseWon("already sent")
    for name, value in changes.items():
        setattr(submission, name, value)
    if subjects is not None:
        submission.subjects.set(subjects)
    keep_answers(submission, answers or {})


@transaction.atomic
def throw_away(submission: Submission) -> None:
    """Delete a draft. It was never sent, so nothing refers to it.

    Raises SomebodyElseWon: it was sent, or saved again, since `submission` was fetched.
    """
    own = Submission.objects.filter(pk=submission.pk, state=SubmissionState.DRAFT, saved_at=submission.saved_at)
    # The update holds the row, so that nobody sends the draft between the two statements.
    if not own.update(state=SubmissionState.DRAFT):
        raise SomebodyElseWon("sent, or saved again")
    take_all_off(submission)
    submission.sent_together.update(sent_with=None)
    own.delete()


def read_document(submission: Submission, parsed: Parsed | None = None) -> dict[str, Any]:
    """The structured document: what is certain, and the guesses that the writer said yes to.

    `parsed` saves reading the source a second time.
    """
    answers = {key: Answer(**answer) for key, answer in submission.answers.items()}
    return apply_guesses(parsed or parse_manuscript(submission.source), answers)
