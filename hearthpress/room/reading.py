"""A text as its writer is shown it: as readers would see it, with nothing left out."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hearthpress.documents.html import Link, Picture, render
from hearthpress.documents.schema import paragraph
from hearthpress.documents.walk import changed
from hearthpress.editing.content import related_lines
from hearthpress.editing.showing import page_words
from hearthpress.stories.models import Story

Document = dict[str, Any]


def shown(document: Document, pictures: Mapping[str, Picture] | None = None) -> SafeString:
    """The document as HTML. A related line whose story nobody has chosen yet stands there as words."""
    links = related_links(document)
    told = changed(document, lambda block: _with_words(block, links))
    # `render` escapes every word of the document.
    return mark_safe(render(told, links, pictures, page_words()))  # noqa: S308


def related_links(document: Document) -> dict[str, Link]:
    """Where the related lines of the document lead today: live stories by their keys."""
    keys = [line["attrs"]["story"] for line in related_lines(document)]
    return {story.key: Link(story.get_absolute_url(), story.headline) for story in _live(keys)}


def _live(keys: list[str]) -> list[Story]:
    wanted = [key for key in keys if key]
    return list(Story.objects.live().filter(key__in=wanted)) if wanted else []


def _with_words(block: dict[str, Any], links: Mapping[str, Link]) -> dict[str, Any]:
    if block["type"] != "related" or block["attrs"]["story"] in links:
        return block
    label = {"type": "text", "text": _("Related: "), "marks": [{"type": "strong"}]}
    return paragraph([label, {"type": "text", "text": block["attrs"]["title"]}])
