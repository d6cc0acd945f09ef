"""A call's own questions: whom they are asked when, and which are still open."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hearthpress.submissions.enums import Needed, QuestionKind, SubmissionState
from hearthpress.submissions.models import Call, Question, QuestionAnswer, Submission


def asked_by(call: Call) -> list[Question]:
    """What the call asks now, in its order."""
    return list(call.questions.filter(retired_at=None))


def asked_of(submission: Submission) -> list[Question]:
    """What its writer is asked now: before it is sent, or once it is accepted.

    Of pieces that are sent together the first carries the answers.
    """
    if submission.state == SubmissionState.ACCEPTED:
        return [question for question in asked_by(submission.call) if question.needed == Needed.ACCEPTANCE]
    if submission.sent_with_id is not None:
        return []
    return [question for question in asked_by(submission.call) if question.needed != Needed.ACCEPTANCE]


def unanswered(submission: Submission, needed: Needed) -> list[Question]:
    """The questions needed at that time that have no answer yet, or one that is not offered any more."""
    if (needed == Needed.ACCEPTANCE) != (submission.state == SubmissionState.ACCEPTED):
        return []
    asked = [question for question in asked_of(submission) if question.needed == needed]
    given = answers_of(submission) if asked else {}
    return [question for question in asked if not _is_answered(question, given.get(question.pk))]


def answers_of(submission: Submission) -> dict[int, QuestionAnswer]:
    """The writer's answers, by the number of their question. What is asked no more is among them."""
    rows = submission.question_answers.select_related("question", "file")
    return {row.question_id: row for row in rows}


def please_answer(questions: Iterable[Question]) -> str:
    """What is missing, as a sentence for the writer."""
    return _("Please answer: %(questions)s") % {"questions": " · ".join(question.label for question in questions)}


def _is_answered(question: Question, answer: QuestionAnswer | None) -> bool:
    if answer is None:
        return False
    if question.kind == QuestionKind.FILE:
        return answer.file_id is not None
    return answer.text in question.choices if question.kind == QuestionKind.CHOICE else bool(answer.text.strip())
