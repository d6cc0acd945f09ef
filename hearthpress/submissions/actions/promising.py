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
from hearthpress.submissions.models import Decision, Promise, Submission

LEAST = timedelta(days=7)


class NoPromise(Sentence):
    """The new date is past or no later than the one before, or an answer is going out already."""


def suggested_date(submission: Submission) -> datetime:
    """Half of the call's time from now, at least a week: late already, an answer should not take as long again."""
    return clock.now() + max(LEAST, timedelta(days=submission.call.reply_days) / 2)


@transaction.atomic
def apologise(submission: Submission, editor: Person, due: datetime, words: str) -> Letter:
    """Tell the writer that their answer is late, and by when it comes: the letter and the promise are one.

    Before the promised day the letter says that it will not be kept, after it that it was not. `words` may be empty.
    Raises NoPromise, PermissionDenied; SomebodyElseWon when it was decided or promised anew since it was fetched.
    """
    require_reader(editor, submission)
    before = submission.reply_due
    if before is None or due <= max(before, clock.now()):
        raise NoPromise("The new date is no later than the one before.")
    same = Submission.objects.filter(pk=submission.pk, state=submission.state, reply_due=before)
    if submission.state not in UNDECIDED or not same.update(reply_due=due):
        raise SomebodyElseWon("decided, or promised anew")
    # Looked at now that this transaction holds the row, as a release does: one of the two sees the other.
    if Decision.objects.filter(submission=submission.pk, state=DecisionState.RELEASING).exists():
        raise NoPromise("An answer is going out already.")
    submission.reply_due = due
    Promise.objects.create(submission_id=submission.pk, due=due, by=editor)
    return letter("submissions/apology", submission, words=words, before=before, missed=before <= clock.now())
