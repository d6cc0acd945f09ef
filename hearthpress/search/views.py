"""The page on which readers look for stories."""

from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearthpress.masthead.models import Section
from hearthpress.search.excerpts import excerpt, highlighted
from hearthpress.search.finding import Found, anywhere, find, guess, stories_with
from hearthpress.search.finding import plain as plain_word
from hearthpress.search.forms import Search, read
from hearthpress.search.models import Entry
from hearthpress.search.unseen import unseen
from hearthpress.search.words import MOST_CHARACTERS

PAGE = 10  # stories
# Searches take up to half of the threads, so that no number of them keeps a writer from her page.
AT_ONCE = BoundedSemaphore(max(1, settings.REQUESTS_AT_ONCE // 2))


@require_safe
@unseen
def page(request: HttpRequest) -> HttpResponse:
    sections = list(Section.objects.all())
    years = _years()
    search = read(request.GET, sections, years)
    context = {"search": search, "sections": sections, "years": years[::-1], "most": MOST_CHARACTERS}
    if not search.words:
        return render(request, "search/page.html", context)
    if not AT_ONCE.acquire(blocking=False):
        response = render(request, "search/page.html", context | {"busy": True}, status=503)
        response["Retry-After"] = "5"  # seconds
        return response
    try:
        context |= _answer(search)
    finally:
        AT_ONCE.release()
    return render(request, "search/page.html", context)


def _answer(search: Search) -> dict[str, Any]:
    """What was found; or what the likeliest words find, and that it is these; or what else could be tried."""
    found = find(search.words, search.section_key, search.year)
    guessed = guess(found) if not found.keys else None
    shown = guessed if guessed and not search.exactly else found
    context = {**_page_of(shown, search), "meant": "", "meant_url": "", "exactly_url": ""}
    if guessed:
        meant = " ".join(guessed.wanted.words)
        context |= {"meant": meant, "meant_url": search.address(q=meant, exactly="")}
        context["exactly_url"] = search.address(exactly="yes")
    if not context["results"]:
        context |= _what_else(found, search)
    return context


def _page_of(found: Found, search: Search) -> dict[str, Any]:
    """The stories of this page, each with its marks, and the ways to the pages around it."""
    stories = found.stories(search.after, PAGE)
    marked = found.marked(stories)
    last = min(search.after + PAGE, len(found.keys))
    return {
        "searched": True,
        "results": [_result(story, marked.get(story.pk)) for story in stories],
        "count": len(found.keys),
        "first": search.after + 1,
        "last": last,
        "more_than_shown": found.more,
        "next_url": search.address(after=last) if stories and last < len(found.keys) else "",
        "previous_url": search.address(after=max(0, search.after - PAGE)) if search.after else "",
    }


def _result(story: Any, marked: Any) -> dict[str, Any]:
    if marked is None:
        return {"story": story, "headline": story.headline, "standfirst": story.standfirst, "byline": story.byline_name}
    return {
        "story": story,
        "headline": highlighted(marked.headline),
        "standfirst": highlighted(marked.standfirst),
        "byline": highlighted(marked.byline),
        "excerpt": excerpt(marked.text),
    }


def _what_else(found: Found, search: Search) -> dict[str, Any]:
    """Where nothing is found: the same words elsewhere, or fewer of them."""
    elsewhere = bool(search.is_narrowed and anywhere(found).keys)
    known = stories_with(found.wanted.words) if len(found.wanted.words) > 1 else {}
    fewer = [word for word in found.wanted.words if known.get(plain_word(word))]
    return {
        "everywhere_url": search.address(section="", year="") if elsewhere else "",
        "fewer": [(word, search.address(q=word)) for word in fewer],
    }


def _years() -> range:
    """The years in which stories went live, from the first to the last."""
    first = Entry.objects.aggregate(year=Min("year"))["year"]
    last = Entry.objects.aggregate(year=Max("year"))["year"] if first else None
    return range(first, last + 1) if first and last else range(0)
