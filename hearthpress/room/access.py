"""The room's door: everybody who is signed in has one, and finds only what is their own behind it."""

from typing import cast

from django.http import HttpRequest

from hearthpress.people.access import person_required
from hearthpress.people.models import Person

for_writers = person_required


def who(request: HttpRequest) -> Person:
    """The person who came in through the door."""
    return cast(Person, request.user)
