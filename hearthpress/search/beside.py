"""Stories that a related line may lead to: found by words, and allowed beside the story that it stands in."""

from collections.abc import Iterable

from django.http import HttpRequest, JsonResponse

from hearthpress.editing.models import Manuscript
from hearthpress.search.finding import find
from hearthpress.search.words import words_of
from hearthpress.stories.models import Story

MOST = 8  # stories
_LOOKED_AT = 60  # of what was found: some of it may not stand there


def stories_beside(typed: str, subjects: Iterable[str], manuscript: int) -> list[Story]:
    """At most MOST live stories with all the typed words, best first, that the care rules allow beside one with these
    subjects (slugs), but for the story of `manuscript` itself (its primary key). Without words, the newest."""
    allowed = Story.objects.live().allowed_beside(list(subjects)).exclude(manuscript=manuscript)
    words = words_of(typed)
    if not words:
        return list(allowed.order_by("-first_live_at", "-pk")[:MOST])
    keys = find(words).keys[:_LOOKED_AT]
    found = allowed.in_bulk(keys)
    return [found[key] for key in keys if key in found][:MOST]


def related_choices(request: HttpRequest, manuscript: Manuscript) -> JsonResponse:
    """What somebody who works on this text may choose from, as JSON: {stories: [{key, headline, by, standfirst}]}."""
    subjects = manuscript.revision.content["subjects"] if manuscript.revision is not None else []
    found = stories_beside(request.GET.get("q", ""), subjects, manuscript.pk)
    told = [
        {"key": one.key, "headline": one.headline, "by": one.byline_name, "standfirst": one.standfirst} for one in found
    ]
    return JsonResponse({"stories": told})
