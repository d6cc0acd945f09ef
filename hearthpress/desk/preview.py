"""A version that is not published, as its page would look."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.desk.suggestions import candidates
from hearthpress.documents.html import Link, render
from hearthpress.documents.plain import WORDS_A_MINUTE, plain_text
from hearthpress.editing.content import related_lines
from hearthpress.editing.models import Picture
from hearthpress.editing.pictures import focus_classes, srcset
from hearthpress.masthead.models import Section
from hearthpress.stories.models import Story


@dataclass(frozen=True)
class StoryToBe:
    """What the template of a story asks of one."""

    headline: str
    standfirst: str
    byline_name: str
    section: Section | None
    reading_minutes: int
    picture: dict[str, Any] | None


def preview_context(content: dict[str, Any], story: Story | None) -> dict[str, Any]:
    """What the template of a story needs, made from a version's content (see editing.content)."""
    subjects = list(Subject.objects.filter(slug__in=content["subjects"]).prefetch_related("help_lines"))
    lines = {line.pk: line for subject in subjects for line in subject.help_lines.all()}
    return {
        "story": _story_to_be(content),
        "body": mark_safe(render(content["document"], _links(content, story), related_label=_("Related"))),  # noqa: S308
        "note": content["content_note"],
        "help_lines": list(lines.values()),
        "promotions": False,
        "next_stories": [],
        "published": story.first_live_at if story and story.first_live_at else clock.now(),
    }


def _story_to_be(content: dict[str, Any]) -> StoryToBe:
    words = len(plain_text(content["document"]).split())
    return StoryToBe(
        headline=content["headline"],
        standfirst=content["standfirst"],
        byline_name=content["byline"],
        section=Section.objects.filter(slug=content["section"]).first(),
        reading_minutes=max(1, round(words / WORDS_A_MINUTE)),
        picture=picture_shown(content["picture"]),
    )


def _links(content: dict[str, Any], story: Story | None) -> dict[str, Link]:
    """The related stories that the care rules allow, as the public page would link them."""
    keys = {line["attrs"]["story"] for line in related_lines(content["document"])}
    allowed = candidates(content["subjects"], [story.pk] if story else []) if keys else []
    return {
        one.key: Link(reverse("magazine:story", args=[one.slug]), one.headline) for one in allowed if one.key in keys
    }


def picture_shown(picture: dict[str, str] | None) -> dict[str, Any] | None:
    """What a template needs to show a version's picture to an editor; None when there is none."""
    stored = Picture.objects.filter(sha256=picture["sha256"]).first() if picture else None
    if stored is None or picture is None:
        return None
    addresses = {width: reverse("desk:picture", args=[stored.sha256, width]) for width in stored.widths}
    return {
        **picture,
        "src": addresses[max(addresses)],
        "srcset": srcset(addresses),
        "width": stored.width,
        "height": stored.height,
        "focus": focus_classes(stored.focus_x, stored.focus_y),
    }
