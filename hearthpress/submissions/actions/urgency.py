"""A mark that a piece cannot wait, and why: it changes no state and no promise."""

from hearthpress.people.models import Person
from hearthpress.submissions.actions.reading import require_reader
from hearthpress.submissions.models import Submission, Urgency


def mark_urgent(submission: Submission, editor: Person, why: str) -> None:
    """Say that it cannot wait. A newer reason takes the place of an older one. Raises PermissionDenied."""
    require_reader(editor, submission)
    Urgency.objects.update_or_create(submission=submission, defaults={"why": why, "marked_by": editor})


def unmark_urgent(submission: Submission, editor: Person) -> None:
    """It can wait after all. Raises PermissionDenied."""
    require_reader(editor, submission)
    Urgency.objects.filter(submission=submission).delete()
