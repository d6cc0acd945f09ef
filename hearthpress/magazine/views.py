"""The public pages. Each is the same for everybody."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from hearthpress.documents.html import Link
from hearthpress.documents.html import render as render_document
from hearthpress.documents.notation import from_notation
from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.editing.content import related_lines
from hearthpress.editing.pictures import stored_picture
from hearthpress.magazine.keys import CALL, CARE, FRONT
from hearthpress.magazine.structured_data import article
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Masthead, Section
from hearthpress.stories.care import together
from hearthpress.stories.models import Story
from hearthpress.submissions.models import Call

FRONT_STORIES = 13
SECTION_STORIES = 24
NEXT_STORIES = 3
SHOWN_BY = 50  # stories that show one picture: its page is purged with any of them
SPARE = 6  # stories fetched beyond those, as some may have to stand apart


@require_safe
@public
def front(request: HttpRequest) -> HttpResponse:
    newest = Story.objects.live().newest_first().with_care()[: FRONT_STORIES + SPARE]
    stories = together(newest, FRONT_STORIES)
    context = {
        "lead": stories[0] if stories else None,
        "stories": stories[1:],
        "call_open": Call.objects.open().exists(),
        "canonical_url": f"{settings.PUBLIC_ADDRESS}/",
    }
    return carries(render(request, "magazine/front.html", context), FRONT, stories)


@require_safe
@public
def section(request: HttpRequest, slug: str, before: int | None = None) -> HttpResponse:
    """A section's stories, newest first. `before` is the id of the last story of the page before: no OFFSET."""
    found = get_object_or_404(Section, slug=slug)
    stories = Story.objects.live().newest_first().filter(section=found)
    if before is not None:
        last = get_object_or_404(Story, pk=before, section=found, first_live_at__isnull=False)
        stories = stories.filter(first_live_at__lte=last.first_live_at).exclude(
            first_live_at=last.first_live_at, pk__gte=last.pk
        )
    page = list(stories[: SECTION_STORIES + 1])
    more = len(page) > SECTION_STORIES
    context = {
        "section": found,
        "stories": page[:SECTION_STORIES],
        "older_url": reverse("magazine:section_older", args=[slug, page[SECTION_STORIES - 1].pk]) if more else "",
        "newer_url": found.get_absolute_url() if before is not None else "",
        "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
    }
    return carries(render(request, "magazine/section.html", context), found, page)


@require_safe
@public
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = Story.objects.live().select_related("section", "edition__revision").filter(slug=slug).first()
    if found is None:
        return _gone_or_missing(request, slug)
    context = story_context(found, masthead_of(request))
    page = render(request, "magazine/story.html", context)
    return carries(page, found, CARE, context["related_stories"], context["next_stories"])


def story_context(found: Story, masthead: Masthead) -> dict[str, Any]:
    """What the template of a story needs. The care rules of its subjects decide what may stand beside it."""
    subjects = list(found.subjects.prefetch_related("help_lines"))
    beside = Story.objects.live().beside(found)
    document = found.shown.revision.content["document"]
    keys = [line["attrs"]["story"] for line in related_lines(document)]
    related_stories = list(beside.filter(key__in=keys))
    related = {other.key: Link(other.get_absolute_url(), other.headline) for other in related_stories}
    address = f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}"
    picture = found.picture
    return {
        "story": found,
        "body": mark_safe(render_document(document, related)),  # noqa: S308  rendered from a checked document
        "note": found.content_note,
        "help_lines": list({line.pk: line for subject in subjects for line in subject.help_lines.all()}.values()),
        "promotions": not subjects,
        "related_stories": related_stories,
        "next_stories": list(beside.newest_first().filter(section=found.section)[:NEXT_STORIES]),
        "published": found.published_at,
        "canonical_url": address,
        "share_picture_url": f"{settings.PUBLIC_ADDRESS}{picture['largest']}" if picture else "",
        "json_ld": article(found, address, masthead),
        "view_key": found.key,
    }


@require_safe
@public
def write_for_us(request: HttpRequest) -> HttpResponse:
    call = Call.objects.open().select_related("rate_card").first()
    texts = ("guidelines", "rights", "what_happens")
    words = {f"{name}_html": _as_html(getattr(call, name)) for name in texts} if call else {}
    context = {
        **words,
        "call": call,
        "begin_url": reverse("room:begin", args=[call.slug]) if call else "",
        "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
    }
    return carries(render(request, "magazine/call.html", context), CALL)


@require_safe
@public
def picture(request: HttpRequest, digest: str, width: int, kind: str = "webp") -> HttpResponse:
    """A picture of a live story. One that only unpublished or withdrawn stories show is not here."""
    stories = list(Story.objects.live().filter(picture_sha256=digest).only("key")[:SHOWN_BY])
    if not stories:
        raise Http404
    try:
        # Read whole: it is small, and a file is sent in pieces only by way of an iterator that ASGI has to wait for.
        content = stored_picture(digest, width, kind)
    except FileNotFoundError as error:
        raise Http404 from error
    return carries(HttpResponse(content, content_type=f"image/{kind}"), stories)


def _as_html(text: str) -> SafeString:
    """A call's text, typed in the desk's notation."""
    return mark_safe(render_document(from_notation(text), {}))  # noqa: S308  rendered from a checked document


def _gone_or_missing(request: HttpRequest, slug: str) -> HttpResponse:
    """A story that was taken back says so, kindly, and names nobody (410)."""
    known = Story.objects.filter(slug=slug).first()
    if known is None or not known.is_gone or known.first_live_at is None:
        raise Http404
    newest = Story.objects.live().newest_first().with_care()[: NEXT_STORIES + SPARE]
    shown = together(newest, NEXT_STORIES)
    return carries(render(request, "magazine/gone.html", {"newest": shown}, status=410), known, FRONT, shown)
