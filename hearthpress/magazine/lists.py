"""The pages of lists: sections, tags, writers, the archive. Each is the same for everybody, and complete."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.magazine.keys import ARCHIVE, story_key
from hearthpress.magazine.models import Month
from hearthpress.magazine.shelves import Shelf, month_shelf, page_of, section_shelf, tag_shelf, writer_shelf
from hearthpress.masthead.middleware import masthead_of


@require_safe
@public
def section(request: HttpRequest, slug: str, before: int | None = None) -> HttpResponse:
    return _shelf_page(request, section_shelf(slug), before)


@require_safe
@public
def tag(request: HttpRequest, slug: str, before: int | None = None) -> HttpResponse:
    return _shelf_page(request, tag_shelf(slug), before)


@require_safe
@public
def writer(request: HttpRequest, slug: str, before: int | None = None) -> HttpResponse:
    return _shelf_page(request, writer_shelf(slug), before)


@require_safe
@public
def month(request: HttpRequest, year: str, month: str, before: str | None = None) -> HttpResponse:
    return _shelf_page(request, month_shelf(year, month, masthead_of(request)), int(before) if before else None)


@require_safe
@public
def archive(request: HttpRequest) -> HttpResponse:
    """Years and months, each with its number of stories: those are counted when a story comes or goes."""
    months = Month.objects.filter(stories__gt=0).order_by("-first_day")
    years = [(year, list(group)) for year, group in groupby(months, key=lambda month: month.first_day.year)]
    context = {"years": years, "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}"}
    return carries(render(request, "magazine/archive.html", context), ARCHIVE)


def _shelf_page(request: HttpRequest, shelf: Shelf, before: int | None) -> HttpResponse:
    page = page_of(shelf, before)
    if not page.stories and not shelf.stays_when_empty:
        raise Http404
    context = {
        "shelf": shelf,
        "section": shelf.carried if shelf.kind == "section" else None,
        "stories": page.stories,
        "older_url": page.older,
        "newer_url": page.newer,
        "feeds": _feeds(shelf),
        "up_url": reverse("magazine:archive") if shelf.kind == "month" else "",
        "canonical_url": f"{settings.PUBLIC_ADDRESS}{request.path}",
    }
    around = [story_key(story.key) for story in page.around]
    own = shelf.carried if page.is_on_top else shelf.between
    return carries(render(request, "magazine/shelf.html", context), own, page.stories, around)


def _feeds(shelf: Shelf) -> dict[str, str]:
    return {form: shelf.feed_url(form) for form in ("atom", "rss", "json")} if shelf.feed_name else {}
