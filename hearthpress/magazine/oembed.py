"""oEmbed 1.0 (https://oembed.com/): what another site may show of a story. Words and a link, never a script."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Masthead
from hearthpress.stories.models import Story

# Narrow enough for every column that asks: `maxwidth` and `maxheight` need no answer of their own.
WIDTH, HEIGHT = 300, 200
THUMBNAIL = 480


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Leads from the address that a site asks about to its page, which is stored. 404 for a page that is no story of
    ours, 501 for another format than JSON: both as oEmbed wants it (2.3.2, response parameters)."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse("We answer in JSON.", status=501, content_type="text/plain; charset=utf-8")
    return redirect("magazine:oembed_story", _slug_of(request.GET.get("url", "")))


@require_safe
@public
def story(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Story.objects.live().newest_first(), slug=slug)
    return carries(JsonResponse(_card(found, masthead_of(request))), found)


def _card(found: Story, masthead: Masthead) -> dict[str, Any]:
    address = f"{settings.PUBLIC_ADDRESS}{found.get_absolute_url()}"
    writer = found.byline.get_absolute_url() if found.byline else ""
    context = {"story": found, "address": address, "masthead": masthead}
    return {
        "version": "1.0",
        "type": "rich",
        "title": found.headline,
        "author_name": found.byline_name,
        **({"author_url": f"{settings.PUBLIC_ADDRESS}{writer}"} if writer else {}),
        "provider_name": masthead.name,
        "provider_url": f"{settings.PUBLIC_ADDRESS}/",
        "html": render_to_string("magazine/oembed.html", context).strip(),
        "width": WIDTH,
        "height": HEIGHT,
        **_thumbnail(found),
    }


def _thumbnail(found: Story) -> dict[str, Any]:
    """The picture, unless a note stands before the story: then the note is what is seen first."""
    picture = found.picture
    if not picture or found.content_note:
        return {}
    width = min(picture["widths"], key=lambda width: abs(width - THUMBNAIL))
    address = reverse("magazine:picture", args=[found.picture_sha256, width])
    height = round(width * picture["height"] / picture["width"])
    return {
        "thumbnail_url": f"{settings.PUBLIC_ADDRESS}{address}",
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def _slug_of(url: str) -> str:
    """The story that an address of ours shows. Raises Http404 for any other address."""
    try:
        asked, ours = urlsplit(url), urlsplit(settings.PUBLIC_ADDRESS)
    except ValueError as error:
        raise Http404 from error
    if asked.scheme not in {"http", "https"} or asked.netloc.lower() != ours.netloc.lower():
        raise Http404
    try:
        match = resolve(asked.path)
    except Resolver404 as error:
        raise Http404 from error
    if match.view_name != "magazine:story":
        raise Http404
    return str(match.kwargs["slug"])
