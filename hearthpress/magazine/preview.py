"""A version that is not published, as its readers would see it: drawn by the very template of public stories.

Only whoever may read the version is shown it. It is kept nowhere, counted nowhere and found by no search.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin

from hearthpress.care.models import Subject
from hearthpress.common import clock
from hearthpress.documents.html import Link
from hearthpress.documents.html import render as render_document
from hearthpress.documents.plain import WORDS_A_MINUTE, plain_text
from hearthpress.edge.headers import policy
from hearthpress.editing.content import related_lines
from hearthpress.editing.models import Manuscript, Picture
from hearthpress.editing.showing import Address, page_words, pictures_shown
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Section
from hearthpress.people.models import Byline
from hearthpress.stories.actions import byline_of, picture_facts
from hearthpress.stories.corrections import shown_corrections
from hearthpress.stories.models import Story, picture_to_show

Content = dict[str, Any]
# A page that shows the preview in a frame of its own.
FRAMING = policy(frame_src="'self'")
_FRAMED = policy(frame_ancestors="'self'")


@dataclass(frozen=True)
class StoryToBe:
    """What the template of a story asks of one."""

    headline: str
    standfirst: str
    byline_name: str
    byline: Byline | None
    section: Section | None
    reading_minutes: int
    picture: dict[str, Any] | None


@dataclass(frozen=True)
class Card:
    """How the story looks where its address is shared, and where it is found: of what the hash covers, and no more."""

    title: str
    description: str
    picture: dict[str, Any] | None
    host: str
    trail: str


@xframe_options_sameorigin
def preview_page(request: HttpRequest, manuscript: Manuscript, address: Address, back: str) -> HttpResponse:
    """The newest version as a page. `address` is where this person finds its pictures, `back` where they came from.

    A page of ours may show it in a frame; then it says nothing beside the story. Raises Http404.
    """
    context = {**preview_context(manuscript, address), "back": back, "framed": "framed" in request.GET}
    with timezone.override(masthead_of(request).zone):
        response = render(request, "magazine/preview.html", context)
    response["Content-Security-Policy"] = _FRAMED
    response["X-Robots-Tag"] = "noindex"
    return response


def preview_context(manuscript: Manuscript, address: Address) -> dict[str, Any]:
    """What the template of a story needs, made from the newest version. Raises Http404 where there is none."""
    content, story = _content(manuscript), _story_of(manuscript)
    subjects = list(Subject.objects.filter(slug__in=content["subjects"]).prefetch_related("help_lines"))
    lines = {line.pk: line for subject in subjects for line in subject.help_lines.all()}
    document = content["document"]
    body = render_document(document, _links(content, story), pictures_shown(document, address), page_words())
    return {
        "story": _story_to_be(content, manuscript, address),
        "body": mark_safe(body),  # noqa: S308  rendered from a checked document
        "note": content["content_note"],
        "help_lines": list(lines.values()),
        "promotions": False,
        "next_stories": [],
        "tags": story.tags if story else [],
        "corrections": shown_corrections(content),
        "published": story.first_live_at if story and story.first_live_at else clock.now(),
    }


def card_of(content: Content, address: Address) -> Card:
    """The card of this content (see editing.content)."""
    share = content["share"]
    own = content["picture"] if share["picture"] else None
    host = settings.PUBLIC_ADDRESS.split("://")[-1]
    trail = reverse("magazine:story", args=[content["slug"] or "-"]).strip("/").replace("/", " › ")
    return Card(share["title"], share["description"], _picture(own, address), host, f"{host} › {trail}")


def _content(manuscript: Manuscript) -> Content:
    if manuscript.revision is None:
        raise Http404
    return manuscript.revision.content


def _story_of(manuscript: Manuscript) -> Story | None:
    """What was published of the text, or will be at a set time."""
    found: Story | None = getattr(manuscript, "story", None)
    return found


def _story_to_be(content: Content, manuscript: Manuscript, address: Address) -> StoryToBe:
    words = len(plain_text(content["document"]).split())
    return StoryToBe(
        headline=content["headline"],
        standfirst=content["standfirst"],
        byline_name=content["byline"],
        byline=byline_of(content, manuscript.submission),
        section=Section.objects.filter(slug=content["section"]).first(),
        reading_minutes=max(1, round(words / WORDS_A_MINUTE)),
        picture=_picture(content["picture"], address),
    )


def _picture(picture: dict[str, str] | None, address: Address) -> dict[str, Any] | None:
    try:
        return picture_to_show(picture["sha256"], picture_facts(picture), address) if picture else None
    except Picture.DoesNotExist:
        return None


def _links(content: Content, story: Story | None) -> dict[str, Link]:
    """The related stories that the care rules allow, as the public page would link them."""
    keys = {line["attrs"]["story"] for line in related_lines(content["document"])}
    allowed = Story.objects.live().filter(key__in=keys).allowed_beside(content["subjects"])
    others = allowed.exclude(pk=story.pk) if story else allowed
    return {one.key: Link(one.get_absolute_url(), one.headline) for one in others} if keys else {}
