"""What the writer is shown before a yes: what changed since they last looked, and the sources of the text."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hearthpress.documents.walk import gentle_passages, of_kind
from hearthpress.editing.models import ApprovalRequest, Manuscript, Revision
from hearthpress.room.reading import related_links
from hearthpress.stories.comparison import Comparison, compare, fingerprint_of
from hearthpress.stories.versions import versions_between

Content = dict[str, Any]


class Since(NamedTuple):
    """What changed since an earlier version; `reasons` is what the editors wrote about it, the oldest first."""

    since: str
    comparison: Comparison
    reasons: list[str]


def comparisons(manuscript: Manuscript, newest: Revision) -> list[Since]:
    """The newest version against the one that the writer saw last, where there is one, and against their own text."""
    first = manuscript.first_revision
    seen = last_seen(manuscript, newest)
    found = []
    if seen is not None and seen.pk not in (first.pk, newest.pk):
        found.append(_since(_("since you last read it"), seen, newest))
    found.append(_since(_("since the text that you sent"), first, newest))
    return found


def last_seen(manuscript: Manuscript, newest: Revision) -> Revision | None:
    """The version that the last request for a yes was about, but the present one; None the first time."""
    asked = ApprovalRequest.objects.filter(revision__manuscript=manuscript).exclude(revision=newest)
    last = asked.select_related("revision").order_by("pk").last()
    return last.revision if last is not None else None


def quotes_of(content: Content) -> list[dict[str, Any]]:
    """Words said elsewhere: their attributes, for the list of sources."""
    return [block["attrs"] for block in of_kind(content["document"], "quote")]


def pictures_within_text(content: Content) -> list[dict[str, str]]:
    """The pictures within the text: which one each is, and what is said about it."""
    figures = [block["attrs"] for block in of_kind(content["document"], "figure")]
    return [{**figure, "which": fingerprint_of(figure)} for figure in figures]


def skippable_of(content: Content) -> list[str]:
    """What each passage that readers can skip speaks of, "" where that is not said."""
    return [passage["attrs"]["says"] for passage in gentle_passages(content["document"])]


def related_of(content: Content) -> list[dict[str, str]]:
    """The lines that lead to other stories: their titles, and where they lead ("" when that story is not live)."""
    links = related_links(content["document"])
    lines = [block["attrs"] for block in of_kind(content["document"], "related")]
    return [
        {"title": line["title"], "url": links[line["story"]].url if line["story"] in links else ""} for line in lines
    ]


def _since(since: str, old: Revision, new: Revision) -> Since:
    return Since(since, compare(old, new), [version.why for version in versions_between(old, new) if version.why])
