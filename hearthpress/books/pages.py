"""What all pages of the books share."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hearthpress.people.access import staff_required
from hearthpress.people.enums import Role
from hearthpress.people.models import Person

bookkeeper_required = staff_required(Role.BOOKKEEPER)


def bookkeeper(request: HttpRequest) -> Person:
    """Who is asking. `bookkeeper_required` has let nobody else in."""
    assert isinstance(request.user, Person)
    return request.user


def page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """The page that the template `books/<name>.html` makes."""
    return render(request, f"books/{name}.html", {"workplace": _("Books"), **context}, status=status)
