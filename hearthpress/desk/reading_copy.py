"""A document as the desk shows it: nothing is left out, a related line that leads nowhere yet included."""

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hearthpress.documents.html import Link, render
from hearthpress.documents.schema import Block, Document, paragraph
from hearthpress.editing.content import related_lines
from hearthpress.stories.models import Story


def reading_copy(document: Document, links: Mapping[str, Link] | None = None) -> SafeString:
    """The document as HTML for an editor's eyes. `render` escapes every word."""
    known = story_links(document) if links is None else links
    blocks = [_in_words(block) if _leads_nowhere(block, known) else block for block in document["content"]]
    return mark_safe(render({"type": "doc", "content": blocks}, known, related_label=_("Related")))  # noqa: S308


def story_links(document: Document) -> dict[str, Link]:
    """The live stories that the document's related lines lead to, by their keys."""
    keys = [line["attrs"]["story"] for line in related_lines(document) if line["attrs"]["story"]]
    stories = Story.objects.live().filter(key__in=keys) if keys else Story.objects.none()
    return {story.key: Link(story.get_absolute_url(), story.headline) for story in stories}


def _leads_nowhere(block: Block, links: Mapping[str, Link]) -> bool:
    return bool(block["type"] == "related" and block["attrs"]["story"] not in links)


def _in_words(block: Block) -> Block:
    label = {"type": "text", "text": _("Related:"), "marks": [{"type": "strong"}]}
    return paragraph([label, {"type": "text", "text": f" {block['attrs']['title']}"}])
