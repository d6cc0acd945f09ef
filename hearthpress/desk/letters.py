"""Letters that came back or wait, as far as somebody may see them."""

from django.db.models import QuerySet
from django.http import Http404

from hearthpress.mail.enums import LetterState
from hearthpress.mail.models import Letter
from hearthpress.people.models import Person

# Letters of other packages speak of money or of signing in: the owner's business.
OF_STORIES = ("submissions/", "agreements/", "editing/", "stories/")
UNSENT = [LetterState.WAITING, LetterState.SENDING, LetterState.BOUNCED]


def unsent_letters(person: Person) -> QuerySet[Letter]:
    """Letters that have not arrived, newest first: for an editor only those about the stories of others."""
    unsent = Letter.objects.filter(state__in=UNSENT).order_by("-pk")
    if person.has_perm("people.manage_team"):
        return unsent
    stories = Letter.objects.none()
    for package in OF_STORIES:
        stories |= unsent.filter(kind__startswith=package)
    return stories.exclude(person=person)


def unsent_letter(person: Person, key: str) -> Letter:
    """One of them. Raises Http404."""
    found = unsent_letters(person).filter(key=key).first()
    if found is None:
        raise Http404
    return found
