"""Changes that were asked for: reminding, more time, and leaving it open when they do not come."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from hearthpress.common import clock
from hearthpress.common.states import NotAllowed
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.actions.letters import letter
from hearthpress.submissions.actions.reading import require_reader
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission, SubmissionEvent

REMIND_BEFORE = timedelta(days=3)
MORE = timedelta(days=14)
PATIENCE = timedelta(days=60)  # where no day was named
AT_ONCE = 500


def remind_of_changes() -> int:
    """Remind writers, once, three days before the day on which their changes are hoped for. How many.

    Not of a day that is past: what was missed while no worker ran is no reminder any more.
    """
    now = clock.now()
    soon = Submission.objects.filter(
        state=SubmissionState.REVISING, revise_by__gt=now, revise_by__lte=now + REMIND_BEFORE, reminded_at=None
    )
    return sum(_remind(submission) for submission in soon.select_related("writer", "call")[:AT_ONCE])


def reminded_for(revise_by: datetime | None) -> datetime | None:
    """What `reminded_at` begins with: the letter that asks for changes so soon is the reminder too."""
    return clock.now() if revise_by is not None and revise_by <= clock.now() + REMIND_BEFORE else None


@transaction.atomic
def ask_for_more_time(submission: Submission) -> None:
    """The writer wants fourteen more days, counted from today when the day is past. Nobody has to grant it.

    Raises NotAllowed, SomebodyElseWon: it was sent, left open or given more time since `submission` was fetched.
    """
    if submission.revise_by is None:
        raise NotAllowed("There is no date.")
    by = max(submission.revise_by, clock.now()) + MORE
    submission.move(
        SubmissionState.REVISING,
        actor=submission.writer,
        why=f"{MORE.days} more days",
        still={"revise_by": submission.revise_by},
        revise_by=by,
        reminded_at=None,
    )


def changes_missing() -> QuerySet[Submission]:
    """What is with its writer for changes, whose day is past; where none was named, that it was asked long ago."""
    lately = SubmissionEvent.objects.filter(
        subject=OuterRef("pk"), new=SubmissionState.REVISING, at__gt=clock.now() - PATIENCE
    )
    past = Q(revise_by__lte=clock.now()) | (Q(revise_by=None) & ~Q(Exists(lately)))
    return Submission.objects.filter(past, state=SubmissionState.REVISING)


@transaction.atomic
def leave_open(submission: Submission, editor: Person) -> Letter:
    """The changes did not come by their day: nobody here waits for them any more, and the writer may still send them.

    Raises NotAllowed before that day, SomebodyElseWon, PermissionDenied.
    """
    require_reader(editor, submission)
    if not changes_missing().filter(pk=submission.pk).exists():
        raise NotAllowed("Its day has not come.")
    submission.move(SubmissionState.LAPSED, actor=editor, still={"revise_by": submission.revise_by})
    return letter("submissions/left_open", submission)


@transaction.atomic
def _remind(submission: Submission) -> int:
    waiting = Submission.objects.filter(
        pk=submission.pk, state=SubmissionState.REVISING, revise_by=submission.revise_by, reminded_at=None
    )
    if not waiting.update(reminded_at=clock.now()):
        return 0
    letter("submissions/changes_reminder", submission)
    return 1
