"""The versions of a text, for its writer to compare."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hearthpress.editing.doors import own_manuscript
from hearthpress.editing.enums import ManuscriptState
from hearthpress.room.access import away, for_writers, page, who
from hearthpress.stories.versions import two_versions


@for_writers
@require_safe
def comparison(request: HttpRequest, key: str) -> HttpResponse:
    """Any two versions, whoever made them."""
    manuscript = own_manuscript(who(request), key)
    if manuscript.state == ManuscriptState.STOPPED:
        return away(request, manuscript.submission)
    return page(request, "comparison", two_versions(manuscript, request.GET.dict()))
