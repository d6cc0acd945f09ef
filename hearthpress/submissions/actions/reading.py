"""Editors open a piece and read it: what they think is kept, and changes no state but the first "being read"."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.common import clock
from hearthpress.common.states import SomebodyElseWon
from hearthpress.people.models import Person
from hearthpress.submissions.enums import UNDECIDED, SubmissionState
from hearthpress.submissions.models import Presence, Reading, Submission

HERE_FOR = timedelta(minutes=2)  # so long after their last sign an editor is taken to have it before them
NOTED_AGAIN = timedelta(seconds=20)  # signs that follow sooner are not written down


def note_opened(submission: Submission) -> None:
    """An editor has it before them, which its writer is told: once, the first time. What is held apart is not read."""
    if submission.opened_at is None and submission.state in UNDECIDED:
        unopened = Submission.objects.filter(pk=submission.pk, opened_at=None, held=False)
        unopened.update(opened_at=clock.now())


def note_presence(submission: Submission, editor: Person) -> list[Person]:
    """The editor has it open now. Who else has, those first who have been here the longest."""
    now = clock.now()
    here = Presence.objects.filter(submission=submission, seen_at__gt=now - HERE_FOR).select_related("editor")
    found = {presence.editor_id: presence for presence in here.order_by("pk")}
    own = found.pop(editor.pk, None)
    if own is None or own.seen_at < now - NOTED_AGAIN:
        seen = [Presence(submission=submission, editor=editor, seen_at=now)]
        key = ["submission", "editor"]
        Presence.objects.bulk_create(seen, update_conflicts=True, unique_fields=key, update_fields=["seen_at"])
    return [presence.editor for presence in found.values()]


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
