"""The people who do the tasks."""

from django.db.models import QuerySet

from hearthpress.people.enums import Role
from hearthpress.people.models import Membership, Person

ROLES = (Role.EDITOR, Role.OWNER)


def at_desk() -> QuerySet[Person]:
    """Everybody who works at the desk now."""
    return Person.objects.filter(is_active=True, pk__in=_places().values("person"))


def hold_place(person: Person) -> bool:
    """Whether this person works at the desk. Nobody can take their role back while this transaction runs."""
    return person.is_active and bool(list(_places().filter(person=person).select_for_update().order_by("pk")))


def _places() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at=None, role__in=ROLES)
