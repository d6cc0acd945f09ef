"""What a piece touches, named by its editors: the personal line of a decision and who rests from it go by that."""

from collections.abc import Iterable

from django.db import transaction

from hearthpress.care.models import Subject
from hearthpress.common.states import SomebodyElseWon
from hearthpress.people.models import Person
from hearthpress.submissions.actions.reading import hold_undecided, require_reader
from hearthpress.submissions.enums import DecisionState
from hearthpress.submissions.models import Decision, Submission


@transaction.atomic
def name_subjects(submission: Submission, editor: Person, subjects: Iterable[Subject]) -> None:
    """Say which subjects a piece touches that is not decided, in the place of those named before, be it by its writer.

    Raises PermissionDenied; SomebodyElseWon: it was decided, or a decision is going out, which could no more be given
    the line that a loss asks for. Undo its release first.
    """
    require_reader(editor, submission)
    hold_undecided(submission)
    if Decision.objects.filter(submission=submission, state=DecisionState.RELEASING).exists():
        raise SomebodyElseWon("going out")
    submission.subjects.set(subjects)
