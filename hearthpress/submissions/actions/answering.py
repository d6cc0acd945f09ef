"""Answers to a call's own questions: kept with the draft, and once more when the piece is accepted."""

from collections.abc import Mapping

from django.db import transaction

from hearthpress.common import clock
from hearthpress.submissions.actions.attaching import attach, take_off
from hearthpress.submissions.enums import AttachmentKind
from hearthpress.submissions.models import Attachment, Question, QuestionAnswer, Submission
from hearthpress.submissions.questions import asked_of


@transaction.atomic
def keep_answers(submission: Submission, texts: Mapping[int, str]) -> None:
    """Keep what was typed or chosen, by the number of its question. An answer that was emptied goes.

    What is asked no more is left as it was answered.
    """
    questions = {question.pk: question for question in asked_of(submission)} if texts else {}
    for number, text in texts.items():
        if number in questions:
            _keep(submission, questions[number], text)


def keep_file(submission: Submission, question: Question, name: str, data: bytes) -> Attachment:
    """Keep a file as the answer; it takes the place of an earlier one. Raises TooMany, SomebodyElseWon."""
    earlier = _file_of(submission, question)
    file = attach(submission, AttachmentKind.ANSWER, name, data)
    _record(submission, question, file=file)
    if earlier is not None:
        take_off(earlier)
    return file


def take_file_back(submission: Submission, question: Question) -> None:
    """The writer takes the file off again. Raises SomebodyElseWon."""
    file = _file_of(submission, question)
    if file is not None:
        take_off(file)
        QuestionAnswer.objects.filter(submission=submission, question=question).delete()


@transaction.atomic
def ask_no_more(question: Question) -> None:
    """Take a question off its call. One that somebody answered stays with its answers, and is asked of nobody else."""
    if question.question_answers.exists():
        Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=clock.now())
    else:
        question.delete()


def _keep(submission: Submission, question: Question, text: str) -> None:
    if text.strip():
        _record(submission, question, text=text)
    else:
        QuestionAnswer.objects.filter(submission=submission, question=question, file=None).delete()


def _record(submission: Submission, question: Question, *, text: str = "", file: Attachment | None = None) -> None:
    given = {"asked": question.label, "text": text, "file": file, "answered_at": clock.now()}
    QuestionAnswer.objects.update_or_create(submission=submission, question=question, defaults=given)


def _file_of(submission: Submission, question: Question) -> Attachment | None:
    row = QuestionAnswer.objects.select_related("file").filter(submission=submission, question=question).first()
    return row.file if row is not None else None
