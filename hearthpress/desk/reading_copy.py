"""A document as the desk shows it: nothing is left out, a related line that leads nowhere yet included."""

from collections.abc import Mapping

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hearthpress.desk.preview import picture_address
from hearthpress.documents.html import Link, render
from hearthpress.documents.schema import Block, Document, paragraph
from hearthpress.documents.walk import changed
from hearthpress.editing.content import related_lines
from hearthpress.editing.showing import page_words, pictures_shown
from hearthpress.stories.models import Story


def reading_copy(document: Document, links: Mapping[str, Link] | None = None) -> SafeString:
    """The document as HTML for an editor's eyes. `render` escapes every word."""
    known = story_links(document) if links is None else links
    told = changed(document, lambda block: _in_words(block) if _leads_nowhere(block, known) else block)
    return mark_safe(render(told, known, pictures_shown(told, picture_address), page_words()))  # noqa: S308


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
