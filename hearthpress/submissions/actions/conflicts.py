"""An editor knows the writer, or has another reason not to judge: others read the piece and decide about it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hearthpress.people.models import Person
from hearthpress.submissions.actions.assigning import assign
from hearthpress.submissions.models import Conflict, Submission


@transaction.atomic
def declare_conflict(submission: Submission, editor: Person, why: str = "") -> None:
    """Leave this one to others, for a reason that only editors read. If it was theirs to look after, it is nobody's.

    A reading of theirs stays, and says that it is one of theirs. Raises PermissionDenied for who may not read it.
    """
    if not editor.has_perm("submissions.read", submission):
        raise PermissionDenied("Only who may judge a story can leave that to others.")
    Conflict.objects.get_or_create(submission=submission, editor=editor, defaults={"why": why})
    now = Submission.objects.select_for_update().get(pk=submission.pk)
    if now.assigned_to_id == editor.pk:
        assign(now, None, by=editor, why="others should judge it")
        submission.assigned_to = None


def take_back_conflict(submission: Submission, editor: Person) -> None:
    """They judge it after all. What they looked after before stays with whoever has it now."""
    Conflict.objects.filter(submission=submission, editor=editor).delete()
