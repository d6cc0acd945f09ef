"""Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), and the sitemap (sitemaps.org)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.magazine.keys import FEEDS, SITEMAP
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Section
from hearthpress.stories.models import Story, StoryQuerySet

FEED_STORIES = 20
SITEMAP_STORIES = 50_000  # the most that one sitemap may list


@require_safe
@public
def atom(request: HttpRequest) -> HttpResponse:
    masthead = masthead_of(request)
    feed = Atom1Feed(
        title=masthead.name,
        link=f"{settings.PUBLIC_ADDRESS}/",
        description=masthead.tagline,
        subtitle=masthead.tagline,
        language=masthead.language,
        feed_url=f"{settings.PUBLIC_ADDRESS}{request.path}",
    )
    newest = _newest()
    for story, summary in newest:
        address = f"{settings.PUBLIC_ADDRESS}{story.get_absolute_url()}"
        feed.add_item(
            title=story.headline,
            link=address,
            description=summary,
            author_name=story.byline_name,
            pubdate=story.published_at,
            updateddate=story.changed_at,
            unique_id=f"{settings.PUBLIC_ADDRESS}/#{story.key}",
            categories=[story.section.name],
        )
    page = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    return carries(page, FEEDS, [story for story, _ in newest])


@require_safe
@public
def json_feed(request: HttpRequest) -> HttpResponse:
    masthead, newest = masthead_of(request), _newest()
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": masthead.name,
        "description": masthead.tagline,
        "language": masthead.language,
        "home_page_url": f"{settings.PUBLIC_ADDRESS}/",
        "feed_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
        "items": [_json_item(story, summary) for story, summary in newest],
    }
    page = JsonResponse(value, content_type="application/feed+json")
    return carries(page, FEEDS, [story for story, _ in newest])


@require_safe
@public
def sitemap(request: HttpRequest) -> HttpResponse:
    stories = Story.objects.live().order_by("-first_live_at").only("slug", "first_live_at")[:SITEMAP_STORIES]
    context = {"stories": stories, "section_list": Section.objects.all(), "public_address": settings.PUBLIC_ADDRESS}
    return carries(render(request, "magazine/sitemap.xml", context, content_type="application/xml"), SITEMAP)


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /write/", "Disallow: /desk/", "Disallow: /books/", "Disallow: /sign-in/"]
    text = "\n".join([*lines, "", f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _newest() -> list[tuple[Story, str]]:
    """The newest stories, each with a summary that puts the content note first."""
    stories: StoryQuerySet = Story.objects.live().newest_first().select_related("section", "edition")
    return [(story, " ".join(filter(None, [story.content_note, story.standfirst]))) for story in stories[:FEED_STORIES]]


def _json_item(story: Story, summary: str) -> dict[str, Any]:
    address = f"{settings.PUBLIC_ADDRESS}{story.get_absolute_url()}"
    return {
        "id": story.key,
        "url": address,
        "title": story.headline,
        "summary": summary,
        "content_text": summary,
        "date_published": story.published_at.isoformat(),
        "authors": [{"name": story.byline_name}],
        "tags": [story.section.name],
    }
