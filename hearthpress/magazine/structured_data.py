"""What machines read of a story: schema.org Article as JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from hearthpress.editing.content import corrections_of
from hearthpress.masthead.models import Masthead
from hearthpress.stories.models import Story

# What could end the script element is written as \u escapes (HTML, 4.12.1.3: restrictions for contents of script).
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def article(
    story: Story, address: str, masthead: Masthead, within: Sequence[str], content: dict[str, Any]
) -> SafeString:
    """https://schema.org/Article, as JSON that is safe inside a script element. The author is the byline.

    `within` are the paths of pictures within the text that may be shown apart from it, `content` is what was approved
    (see editing.content).
    """
    own = [story.picture["largest"]] if story.picture else []
    images = [f"{settings.PUBLIC_ADDRESS}{path}" for path in [*own, *within]]
    value = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.headline,
        "description": story.standfirst,
        "datePublished": story.published_at.isoformat(),
        "dateModified": story.changed_at.isoformat(),
        "author": {"@type": "Person", "name": story.byline_name},
        "publisher": {"@type": "Organization", "name": masthead.name, "url": settings.PUBLIC_ADDRESS},
        "articleSection": story.section.name,
        "inLanguage": masthead.language,
        "mainEntityOfPage": address,
        **_corrections(corrections_of(content)),
        **({"image": images if len(images) > 1 else images[0]} if images else {}),
    }
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(ESCAPES))  # noqa: S308  escaped on this line


def _corrections(corrections: Sequence[dict[str, str]]) -> dict[str, Any]:
    """https://schema.org/CorrectionComment for each."""
    told = [{"@type": "CorrectionComment", "text": one["words"], "datePublished": one["date"]} for one in corrections]
    return {"correction": told} if told else {}
