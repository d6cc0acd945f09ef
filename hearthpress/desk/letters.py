"""Letters that came back or wait, as far as somebody may see them."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person
from hearthpress.submissions.enums import SubmissionState
from hearthpress.submissions.models import Submission
from hearthpress.submissions.veil import veiled_to

# Letters of other packages speak of money or of signing in: the owner's business.
OF_STORIES = ("submissions/", "agreements/", "editing/", "stories/", "correspondence/to_writer")
# To editors, of stories by their names: read by those whom they are written to.
TO_EDITORS = ("correspondence/from_writer", "submissions/withdrawn_editor", "tasks/")
UNSENT = [LetterState.WAITING, LetterState.SENDING, LetterState.BOUNCED]


def unsent_letters(person: Person) -> QuerySet[Letter]:
    """Letters that have not arrived, newest first: for an editor only those about the stories of others.

    A letter to the writer of a piece says whose that is: until somebody may know it, they see none of them.
    """
    to_others = _of(TO_EDITORS) & ~Q(person=person)
    unsent = Letter.objects.filter(state__in=UNSENT).exclude(_tells_whose(person)).exclude(to_others).order_by("-pk")
    if person.has_perm("people.manage_team"):
        return unsent
    return unsent.filter(_of(OF_STORIES)).exclude(person=person)


def unsent_letter(person: Person, key: str) -> Letter:
    """One of them. Raises Http404."""
    found = unsent_letters(person).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _of(kinds: tuple[str, ...]) -> Q:
    found = Q()
    for kind in kinds:
        found |= Q(kind__startswith=kind)
    return found


def _tells_whose(person: Person) -> Q:
    """Letters about stories to whoever has a piece before this person, or is writing one, that has no name yet."""
    nameless = veiled_to(person) | Q(call__anonymous=True, state=SubmissionState.DRAFT)
    return Q(_of(OF_STORIES), Exists(Submission.objects.filter(nameless, writer=OuterRef("person"))))
