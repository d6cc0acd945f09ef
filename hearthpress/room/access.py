"""The room's door and its pages: everybody who is signed in has one, and finds only what is their own behind it."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hearthpress.people.access import person_required
from hearthpress.people.models import Person
from hearthpress.submissions.models import Submission

for_writers = person_required


def who(request: HttpRequest) -> Person:
    """The person who came in through the door."""
    return cast(Person, request.user)


def away(request: HttpRequest, submission: Submission) -> HttpResponse:
    """To the piece's own page, which is there for who sent it alone; who wrote it with them goes to their stories."""
    if submission.writer_id == who(request).pk:
        return redirect("room:submission", key=submission.key)
    return redirect("room:home")


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the room."""
    return render(request, f"room/{template}.html", {"workplace": _("Writing room"), **context}, status=status)
