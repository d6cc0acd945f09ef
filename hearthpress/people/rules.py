"""Who holds which role."""

import rules

from hearthpress.people.enums import Role
from hearthpress.people.models import Person


@rules.predicate
def is_editor(person: Person) -> bool:
    return bool(person.is_active and person.roles & {Role.EDITOR, Role.OWNER})


@rules.predicate
def is_bookkeeper(person: Person) -> bool:
    return bool(person.is_active and person.roles & {Role.BOOKKEEPER, Role.OWNER})


@rules.predicate
def is_owner(person: Person) -> bool:
    return bool(person.is_active and Role.OWNER in person.roles)


rules.add_perm("people.manage_team", is_owner)
