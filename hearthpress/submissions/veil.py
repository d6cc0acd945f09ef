"""The anonymous first reading: whose a story is, an editor sees once their own vote is in."""

from django.db.models import Exists, OuterRef, Q

from hearthpress.people.models import Person
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Call, Reading, Submission, SubmissionEvent

# Until it is decided. What is accepted is edited with its writer, under their name.
VEILED = frozenset(
    {SubmissionState.RECEIVED, SubmissionState.READING, SubmissionState.REVISING, SubmissionState.LAPSED}
)


def is_veiled(editor: Person, submission: Submission) -> bool:
    """Whether this editor may not know yet whose it is."""
    if not submission.call.anonymous or submission.state not in VEILED:
        return False
    return not Reading.objects.filter(submission=submission, editor=editor).exists()


def veiled_to(editor: Person) -> Q:
    """The same as a condition on submissions."""
    voted = Exists(Reading.objects.filter(submission=OuterRef("pk"), editor=editor))
    anonymous = Call.objects.filter(anonymous=True)  # no join: a list's index answers without it
    return Q(call__in=anonymous, state__in=VEILED) & ~Q(voted)


def stays_nameless(editor: Person, submission: Submission) -> bool:
    """Whether it was taken back from behind the veil, without this editor's vote: they learn no more whose it was."""
    if not submission.call.anonymous or submission.state != SubmissionState.WITHDRAWN:
        return False
    taken_back = SubmissionEvent.objects.filter(subject=submission, new=SubmissionState.WITHDRAWN)
    voted = Reading.objects.filter(submission=submission, editor=editor).exists()
    return not voted and taken_back.filter(old__in=VEILED).exists()
