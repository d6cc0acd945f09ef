"""What the desk offers an editor on a public page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from hearthpress.desk.access import who
from hearthpress.editing.models import Manuscript
from hearthpress.people.fragment import Link
from hearthpress.people.rules import is_editor
from hearthpress.people.signin import has_shown_second_factor


def offer(request: HttpRequest, shown: ResolverMatch | None) -> Iterator[Link]:
    """The queue; and on the page of a story that is not the editor's own, the way to its text."""
    if not is_editor(who(request)):
        return
    if shown is not None and shown.view_name == "magazine:story" and has_shown_second_factor(request):
        manuscript = _manuscript_of(shown.kwargs["slug"])
        if manuscript is not None and who(request).has_perm("editing.edit", manuscript):
            yield Link(reverse("desk:manuscript", args=[manuscript.submission.key]), _("This story at the desk"), True)
    yield Link(reverse("desk:queue"), _("Desk"))


def _manuscript_of(slug: str) -> Manuscript | None:
    """The text of a live story: of one that was taken back the desk has nothing to show."""
    return Manuscript.objects.filter(story__slug=slug, story__state="live").select_related("submission").first()
