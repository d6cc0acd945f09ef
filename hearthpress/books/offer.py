"""What the books offer a bookkeeper on a public page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from hearthpress.people.fragment import Link
from hearthpress.people.rules import is_bookkeeper


def offer(request: HttpRequest, shown: ResolverMatch | None) -> Iterator[Link]:
    if is_bookkeeper(request.user):
        yield Link(reverse("books:home"), _("Books"))
