"""A promise that was not kept: an editor says so, and gives a new date."""

from datetime import datetime, timedelta

from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.errors import Sentence
from hearthpress.common.states import SomebodyElseWon
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.actions.reading import require_reader
from hearthpress.submissions.enums import UNDECIDED, DecisionState
from hearthpress.submissions.models import Promise, Submission

LEAST = timedelta(days=7)


class NoPromise(Sentence):
    """The new date is no later than today, or an answer is going out already."""


def suggested_date(submission: Submission) -> datetime:
    """Half of the call's time from now, at least a week: late already, an answer should not take as long again."""
    return clock.now() + max(LEAST, timedelta(days=submission.call.reply_days) / 2)


@transaction.atomic
def apologise(submission: Submission, editor: Person, due: datetime, words: str) -> Letter:
    """Tell the writer that their answer is late, and by when it comes: the letter and the promise are one.

    Raises NoPromise, PermissionDenied; SomebodyElseWon when it was decided or promised anew since it was fetched.
    """
    require_reader(editor, submission)
    if due <= clock.now():
        raise NoPromise("The new date is past.")
    if submission.decisions.filter(state=DecisionState.RELEASING).exists():
        raise NoPromise("An answer is going out already.")
    before = submission.reply_due
    same = Submission.objects.filter(pk=submission.pk, state=submission.state, reply_due=before)
    if submission.state not in UNDECIDED or not same.update(reply_due=due):
        raise SomebodyElseWon("decided, or promised anew")
    submission.reply_due = due
    Promise.objects.create(submission=submission, due=due, by=editor)
    return letter("submissions/apology", submission, words=words, before=before)
