"""What the writing room offers a writer on a public page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from hearthpress.people.fragment import Link
from hearthpress.room.access import who
from hearthpress.submissions.doors import own_submissions


def offer(request: HttpRequest, shown: ResolverMatch | None) -> Iterator[Link]:
    """The room; and on the page of the writer's own story, under whatever name it is, the way to it."""
    if shown is not None and shown.view_name == "magazine:story":
        own = own_submissions(who(request)).filter(manuscript__story__slug=shown.kwargs["slug"]).first()
        if own is not None:
            yield Link(reverse("room:submission", args=[own.key]), _("Your story"), True)
    yield Link(reverse("room:home"), _("Writing room"))
