"""The desk's two doors: one for editors, one for owners alone."""

from typing import cast

from django.http import HttpRequest

from hearthpress.people.access import staff_required
from hearthpress.people.enums import Role
from hearthpress.people.models import Person

for_editors = staff_required(Role.EDITOR)
for_owner = staff_required()


def who(request: HttpRequest) -> Person:
    """The person who came in through one of the doors."""
    return cast(Person, request.user)
