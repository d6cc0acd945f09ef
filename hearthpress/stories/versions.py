"""The versions of a text, and the page of two of them, for the desk and the writing room alike."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from hearthpress.editing.doors import version_of
from hearthpress.editing.models import Manuscript, Revision
from hearthpress.stories.comparison import compare

BESIDE = "beside"


def versions_of(manuscript: Manuscript) -> QuerySet[Revision]:
    """Every version, the newest first, with who made it; their texts are not fetched."""
    return manuscript.revisions.select_related("made_by").defer("body").order_by("-number")


def versions_between(old: Revision, new: Revision) -> QuerySet[Revision]:
    """The versions that led from one to the other, the oldest first, `new` among them."""
    return versions_of(new.manuscript).filter(number__gt=old.number, number__lte=new.number).order_by("number")


def two_versions(manuscript: Manuscript, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the page. The query may name two versions by number, `old` and `new`, and the `look`.

    Without them it is the writer's own text and the newest. The older one comes first however they are named. Raises
    Http404 for a version that never was.
    """
    versions = list(versions_of(manuscript))
    numbers = query.get("old", "1"), query.get("new", str(versions[0].number))
    old, new = sorted((version_of(manuscript, number) for number in numbers), key=lambda version: version.number)
    return {
        "submission": manuscript.submission,
        "versions": versions,
        "comparison": compare(old, new),
        "between": list(versions_between(old, new)),
        "beside": query.get("look") == BESIDE,
    }
