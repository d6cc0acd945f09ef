"""The sitemap, an index of parts (https://www.sitemaps.org/protocol.html), and what robots may fetch (RFC 9309).

A part has the stories of one range of ids, so that a new story makes no other part untrue.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hearthpress.common import clock
from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.magazine.keys import ARCHIVE, CALL, SITEMAP, SITEMAP_STORIES, sitemap_key
from hearthpress.magazine.models import Month
from hearthpress.masthead.models import Section
from hearthpress.people.models import Byline
from hearthpress.stories.models import Story, Tag
from hearthpress.submissions.models import Call

MOST_IN_ONE = 50_000  # sitemaps.org
# https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
NEWS_LASTS = timedelta(hours=48)
MOST_NEWS = 1_000

# Of the search only the stories that it finds are worth a robot's time, and it finds those in the sitemap.
NOT_FOR_ROBOTS = ("/write/", "/desk/", "/books/", "/sign-in/", "/search/")


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    newest = Story.objects.filter(first_live_at__isnull=False).aggregate(newest=Max("pk"))["newest"]
    parts = range(newest // SITEMAP_STORIES + 1) if newest is not None else ()
    paths = [reverse("magazine:sitemap_pages"), reverse("magazine:sitemap_news")]
    paths += [reverse("magazine:sitemap_stories", args=[part]) for part in parts]
    return carries(_xml(request, "sitemap_index", {"paths": paths}), SITEMAP)


@require_safe
@public
def stories(request: HttpRequest, part: int) -> HttpResponse:
    first = part * SITEMAP_STORIES
    found = Story.objects.live().filter(pk__gte=first, pk__lt=first + SITEMAP_STORIES).order_by("pk")
    listed = [(story.get_absolute_url(), story.changed_at) for story in found.select_related("edition")]
    if not listed and not Story.objects.filter(pk__gte=first, first_live_at__isnull=False).exists():
        raise Http404
    return carries(_xml(request, "sitemap", {"pages": listed}), sitemap_key(part))


@require_safe
@public
def pages(request: HttpRequest) -> HttpResponse:
    """Everything that is no story: the front page, the calls, and each list that has something to show."""
    live = Story.objects.live().values("pk")
    # The newest of each, by its own index. Were it asked whether there is one, PostgreSQL would read every story.
    newest_tagged = live.filter(taggings__tag=OuterRef("pk")).order_by("-taggings__first_live_at", "-taggings__story")
    newest_signed = live.filter(byline=OuterRef("key")).order_by("-first_live_at", "-pk")
    tags = Tag.objects.alias(newest=Subquery(newest_tagged[:1])).filter(newest__isnull=False).order_by("slug")
    writers = Byline.objects.alias(newest=Subquery(newest_signed[:1])).filter(newest__isnull=False, slug__isnull=False)
    months = Month.objects.filter(stories__gt=0).order_by("first_day")
    fixed = ("front", "write_for_us", "promises", "archive")
    paths = [reverse(f"magazine:{name}") for name in fixed]
    paths += [call.get_absolute_url() for call in Call.objects.public().order_by("slug")]
    paths += [section.get_absolute_url() for section in Section.objects.all()]
    paths += [month.get_absolute_url() for month in months]
    paths += [tag.get_absolute_url() for tag in tags[:MOST_IN_ONE]]
    # By their addresses: the order in which names came to us is nobody's business.
    paths += [writer.get_absolute_url() for writer in writers.order_by("slug").only("slug")[:MOST_IN_ONE]]
    listed = [(path, None) for path in paths[:MOST_IN_ONE]]
    return carries(_xml(request, "sitemap", {"pages": listed}), SITEMAP, ARCHIVE, CALL)


@require_safe
@public
def news(request: HttpRequest) -> HttpResponse:
    """Google's news sitemap: the stories of the last two days. It is true until the oldest of them is older."""
    since = clock.now() - NEWS_LASTS
    found = list(Story.objects.live().newest_first().filter(first_live_at__gt=since)[:MOST_NEWS])
    page = carries(_xml(request, "sitemap_news", {"stories": found}), SITEMAP, found)
    if found:
        page.good_until = found[-1].published_at + NEWS_LASTS  # type: ignore[attr-defined]
    return page


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    text = "\n".join([*lines, "", f"Sitemap: {settings.PUBLIC_ADDRESS}{reverse('magazine:sitemap')}", ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _xml(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"magazine/{name}.xml", context, content_type="application/xml")
