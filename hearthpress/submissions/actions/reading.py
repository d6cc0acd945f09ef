"""Editors read: what they think is kept, and changes no state but the first "being read"."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.people.models import Person
from hearthpress.submissions.enums import UNDECIDED, SubmissionState
from hearthpress.submissions.models import Reading, Submission


@transaction.atomic
def leave_reading(submission: Submission, editor: Person, vote: str, notes: str, score: int | None = None) -> Reading:
    """One editor's notes, vote and score (1 to 5); the first one makes "being read" a fact."""
    require_reader(editor, submission)
    hold_undecided(submission)
    if submission.state == SubmissionState.RECEIVED:
        submission.move(SubmissionState.READING, actor=editor)
    reading, _ = Reading.objects.update_or_create(
        submission=submission,
        editor=editor,
        defaults={"vote": vote, "notes": notes, "score": score, "written_at": clock.now()},
    )
    return reading


def hold_undecided(submission: Submission) -> None:
    """Nobody can decide the submission while this transaction runs. Raises SomebodyElseWon when somebody has."""
    still = Submission.objects.filter(pk=submission.pk, state=submission.state)
    if submission.state not in UNDECIDED or not still.update(state=submission.state):
        raise SomebodyElseWon("already decided")


def require_reader(editor: Person, submission: Submission) -> None:
    """Raises PermissionDenied for who may not read and judge it: its own writer, and who knows them."""
    if not editor.has_perm("submissions.judge", submission):
        raise PermissionDenied("An editor's own story is read by others.")
