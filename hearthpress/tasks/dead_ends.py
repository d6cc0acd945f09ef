"""What has come to a stop: each dead end is found from what happened, and is somebody's task until it has a way out.

| where it stops | its task | the way out |
|---|---|---|
| the promised date is near, or past | `promise_near`, `apologise` | a decision, or an apology with a new date |
| the changes did not come by their day | `no_answer` | leave it open: the writer may still send them |
| the writer wrote, and nobody answered | `answer_writer` | an answer |
| no yes to the edited text by the day hoped for | `no_yes` | an answer; or write to the writer |
| the agreement is not signed, its day is near | `unsigned` | more time; otherwise it lapses by itself |
| accepted long ago, never published | `unpublished` | publish it, or give it back with the kill fee |

Who leaves is in `actions.share_out`. A task that an editor has ended is not made again for a week.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from hearthpress.agreements.enums import AgreementState
from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.masthead.models import Masthead
from hearthpress.people.models import Person
from hearthpress.submissions.actions.revising import changes_missing
from hearthpress.submissions.duty import responsible_for
from hearthpress.submissions.enums import UNDECIDED, DecisionState, SubmissionState
from hearthpress.submissions.models import Decision, Submission, SubmissionEvent
from hearthpress.tasks.actions import need_task, settle_tasks
from hearthpress.tasks.enums import TaskKind
from hearthpress.tasks.models import Task

NEAR = timedelta(days=3)
UNANSWERED = timedelta(days=3)
SIGN_SOON = timedelta(days=2)
A_WEEK = timedelta(days=7)
AT_ONCE = 500

Rows = QuerySet[Submission]


@dataclass(frozen=True)
class DeadEnd:
    """Which submissions stand there now, as their rows say it."""

    kind: TaskKind
    found: Callable[[], Rows]


def find_dead_ends() -> int:
    """Make a task for each dead end that has none, and end the tasks of those that are none any more. How many."""
    return sum(_settle(end) + _tell(end) for end in DEAD_ENDS)


def _tell(end: DeadEnd) -> int:
    of_kind = Task.objects.filter(submission=OuterRef("pk"), kind=end.kind)
    lately = of_kind.open() | of_kind.filter(ended_at__gt=clock.now() - A_WEEK, ended_by__isnull=False)
    rows = end.found().exclude(Exists(lately)).select_related("assigned_to", "manuscript__editor")
    return sum(_need(end.kind, submission) for submission in rows.order_by("pk")[:AT_ONCE])


def _need(kind: TaskKind, submission: Submission) -> bool:
    try:
        need_task(kind, submission, _due(kind, submission), _whose(submission))
    except SomebodyElseWon:
        return False
    return True


def _settle(end: DeadEnd) -> int:
    """The machine's tasks whose reason is gone: done by an editor in some other place, or overtaken."""
    over = Task.objects.open().filter(kind=end.kind).exclude(submission__in=end.found().values("pk"))
    tasks = list(over.select_related("submission").order_by("pk")[:AT_ONCE])
    for task in tasks:
        assert task.submission is not None  # a dead end is some submission's
        settle_tasks(task.submission, end.kind, why="it is no dead end any more")
    return len(tasks)


def _due(kind: TaskKind, submission: Submission) -> date:
    """The promised day itself, or today, where the magazine is."""
    masthead = Masthead.current()
    if kind == TaskKind.PROMISE_NEAR and submission.reply_due is not None:
        return submission.reply_due.astimezone(masthead.zone).date()
    return clock.today(masthead.time_zone)


def _whose(submission: Submission) -> Person | None:
    """Who edits the text, or looks after the submission, or covers for them; None: anybody's."""
    manuscript = getattr(submission, "manuscript", None)
    return manuscript.editor if manuscript is not None and manuscript.editor else responsible_for(submission)


def _waiting() -> Rows:
    """Undecided, held apart or not, and no answer is going out."""
    going_out = Decision.objects.filter(submission=OuterRef("pk"), state=DecisionState.RELEASING)
    return Submission.objects.filter(state__in=UNDECIDED).exclude(Exists(going_out))


def _promise_near() -> Rows:
    return _waiting().filter(reply_due__gt=clock.now(), reply_due__lte=clock.now() + NEAR)


def _late() -> Rows:
    return _waiting().filter(reply_due__lte=clock.now())


def _unanswered() -> Rows:
    """The writer's newest words are three days old, and no editor has written to them since."""
    # By its name, for correspondence stands below.
    messages = apps.get_model("correspondence", "Message")._default_manager  # noqa: SLF001  it is public in Django
    theirs = messages.filter(submission=OuterRef("pk"), kind="from_writer")
    answers = messages.filter(submission=OuterRef("submission"), kind="to_writer", pk__gt=OuterRef("pk"))
    waiting = theirs.filter(at__lte=clock.now() - UNANSWERED).exclude(Exists(answers))
    return Submission.objects.filter(Exists(waiting)).exclude(state=SubmissionState.WITHDRAWN)


def _unsigned() -> Rows:
    soon = {"agreement__state": AgreementState.OFFERED, "agreement__answer_by__lte": clock.now() + SIGN_SOON}
    return Submission.objects.filter(state=SubmissionState.ACCEPTED, **soon)


def _no_yes() -> Rows:
    """The writer was asked for a yes by a day that has passed where the magazine is, and has not answered."""
    asked = {"manuscript__state": "asked", "manuscript__story__ended_at": None}  # editing and stories stand below
    return Submission.objects.filter(manuscript__request__due__lt=clock.today(Masthead.current().time_zone), **asked)


def _unpublished() -> Rows:
    """Signed, accepted longer ago than the magazine takes, and no reader has seen it yet."""
    long_ago = clock.now() - timedelta(days=Masthead.current().days_to_publish)
    accepted = SubmissionEvent.objects.filter(subject=OuterRef("pk"), new=SubmissionState.ACCEPTED, at__lte=long_ago)
    signed = Submission.objects.filter(state=SubmissionState.ACCEPTED, agreement__state=AgreementState.SIGNED)
    return signed.filter(Exists(accepted), manuscript__story__first_live_at=None)


DEAD_ENDS = [
    DeadEnd(TaskKind.PROMISE_NEAR, _promise_near),
    DeadEnd(TaskKind.APOLOGISE, _late),
    DeadEnd(TaskKind.NO_ANSWER, changes_missing),
    DeadEnd(TaskKind.ANSWER_WRITER, _unanswered),
    DeadEnd(TaskKind.NO_YES, _no_yes),
    DeadEnd(TaskKind.UNSIGNED, _unsigned),
    DeadEnd(TaskKind.UNPUBLISHED, _unpublished),
]
