"""The public pages. Each is the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from hearthpress.documents.html import Link
from hearthpress.documents.html import render as render_document
from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.editing.content import open_pictures, related_lines
from hearthpress.editing.pictures import stored_picture
from hearthpress.editing.showing import page_words, pictures_shown
from hearthpress.magazine.calls import until_a_call_turns
from hearthpress.magazine.keys import CARE, FRONT, between_key, story_key
from hearthpress.magazine.structured_data import article
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Masthead
from hearthpress.stories.care import together
from hearthpress.stories.corrections import shown_corrections
from hearthpress.stories.models import Story, StoryQuerySet, avif_address, picture_address
from hearthpress.submissions.models import Call

FRONT_STORIES = 13
NEXT_STORIES = 3
SHOWN_BY = 50  # stories that show one picture: its page is purged with any of them
SPARE = 6  # stories fetched beyond those, as some may have to stand apart


@require_safe
@public
def front(request: HttpRequest) -> HttpResponse:
    newest = Story.objects.live().newest_first().with_care()[: FRONT_STORIES + SPARE]
    stories = together(newest, FRONT_STORIES)
    calls = list(Call.objects.only("kind", "state", "opens_at", "closes_at", "circle_only"))
    context = {
        "lead": stories[0] if stories else None,
        "stories": stories[1:],
        "call_open": any(call.is_open and not (call.circle_only or call.is_application) for call in calls),
        "canonical_url": f"{settings.PUBLIC_ADDRESS}/",
    }
    page = carries(render(request, "magazine/front.html", context), FRONT, stories)
    return until_a_call_turns(page, calls)


@require_safe
@public
def story(request: HttpRequest, slug: str) -> HttpResponse:
    live = Story.objects.live().select_related("section", "byline", "edition__revision").with_tags()
    found = live.filter(slug=slug).first()
    if found is None:
        return _gone_or_missing(request, slug)
    context = story_context(found, masthead_of(request))
    page = render(request, "magazine/story.html", context)
    related = [story_key(key) for key in context["related_keys"]]
    return carries(page, found, CARE, found.tags, related, context["next_stories"], between_key(found.section_id))


def story_context(found: Story, masthead: Masthead) -> dict[str, Any]:
    """What the template of a story needs. The care rules of its subjects decide what may stand beside it."""
    subjects = list(found.subjects.prefetch_related("help_lines"))
    beside = Story.objects.live().beside(found)
    content = found.shown.revision.content
    document = content["document"]
    keys = [line["attrs"]["story"] for line in related_lines(document)]
    related = {other.key: Link(other.get_absolute_url(), other.headline) for other in beside.filter(key__in=keys)}
    pictures = pictures_shown(document, picture_address, avif_address)
    body = render_document(document, related, pictures, page_words())
    within = [pictures[digest].src for digest in open_pictures(document)]
    address = f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}"
    picture = found.picture
    return {
        "story": found,
        "body": mark_safe(body),  # noqa: S308  rendered from a checked document
        "note": found.content_note,
        "help_lines": list({line.pk: line for subject in subjects for line in subject.help_lines.all()}.values()),
        "promotions": not subjects,
        "related_keys": [key for key in keys if key],
        "next_stories": _next_stories(found, beside),
        "published": found.published_at,
        "corrections": shown_corrections(content),
        "canonical_url": address,
        "tags": found.tags,
        "oembed_url": f"{settings.PUBLIC_ADDRESS}{reverse('magazine:oembed_story', args=[found.slug])}",
        "share_picture_url": f"{settings.PUBLIC_ADDRESS}{picture['largest']}" if picture else "",
        "json_ld": article(found, address, masthead, within, content),
        "view_key": found.key,
    }


@require_safe
@public
def picture(request: HttpRequest, digest: str, width: int, kind: str = "webp") -> HttpResponse:
    """A picture that a live story shows. One that only unpublished or withdrawn stories show is not here."""
    keys = list(Story.objects.live().showing(digest).values_list("key", flat=True)[:SHOWN_BY])
    if not keys:
        raise Http404
    try:
        # Read whole: it is small, and a file is sent in pieces only by way of an iterator that ASGI has to wait for.
        content = stored_picture(digest, width, kind)
    except FileNotFoundError as error:
        raise Http404 from error
    return carries(HttpResponse(content, content_type=f"image/{kind}"), [story_key(key) for key in keys])


def _next_stories(found: Story, beside: StoryQuerySet) -> list[Story]:
    """Those of its section that came just before it. Newer ones would change every story's page with each new story."""
    older = beside.newest_first().filter(section=found.section, first_live_at__lte=found.published_at)
    return list(older.exclude(first_live_at=found.published_at, pk__gt=found.pk)[:NEXT_STORIES])


def _gone_or_missing(request: HttpRequest, slug: str) -> HttpResponse:
    """A story that was taken back says so, kindly, and names nobody (410)."""
    known = Story.objects.filter(slug=slug).first()
    if known is None or not known.is_gone or known.first_live_at is None:
        raise Http404
    newest = Story.objects.live().newest_first().with_care()[: NEXT_STORIES + SPARE]
    shown = together(newest, NEXT_STORIES)
    return carries(
        render(request, "magazine/gone.html", {"newest": shown}, status=410), story_key(known.key), FRONT, shown
    )
