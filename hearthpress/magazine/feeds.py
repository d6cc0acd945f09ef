"""Atom (RFC 4287), RSS 2.0 (rssboard.org/rss-specification) and JSON Feed 1.1 (jsonfeed.org/version/1.1).

One of each for the whole magazine, for a section, a tag and a writer. When there is a WebSub hub they name it
(https://www.w3.org/TR/websub/, 4: discovery).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from hearthpress.edge.headers import public
from hearthpress.edge.keys import carries
from hearthpress.magazine.keys import FEEDS
from hearthpress.magazine.shelves import BY_KIND
from hearthpress.masthead.middleware import masthead_of
from hearthpress.masthead.models import Masthead
from hearthpress.stories.models import Story

FEED_STORIES = 20
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without stories was last changed: the same on every host


@dataclass(frozen=True)
class Channel:
    """What a feed is about, with its stories: newest first."""

    title: str
    description: str
    language: str
    home: str
    own: str
    stories: list[Story]


@require_safe
@public
def feed(request: HttpRequest, form: str, kind: str = "", slug: str = "") -> HttpResponse:
    """The newest stories of the magazine, or of one shelf, in the form that was asked for."""
    masthead = masthead_of(request)
    shelf = BY_KIND[kind](slug) if kind else None
    newest = shelf.newest_first() if shelf else Story.objects.live().newest_first()
    stories = list(newest.select_related("edition").with_tags()[:FEED_STORIES])
    if shelf and not stories and not shelf.stays_when_empty:
        raise Http404
    channel = Channel(
        title=f"{shelf.title} · {masthead.name}" if shelf else masthead.name,
        description=(shelf.description if shelf else "") or masthead.tagline or masthead.name,
        language=masthead.language,
        home=_address(shelf.path if shelf else "/"),
        own=_address(request.path),
        stories=stories,
    )
    key = shelf.carried if shelf else FEEDS
    return carries(_FORMS[form](channel, masthead), key, stories, [story.tags for story in stories])


class _Pushed(SyndicationFeed):
    """A feed that says where its changes are told at once."""

    def latest_post_date(self) -> datetime:
        """The newest change; a feed without stories does not say "now", which would be another page each time."""
        return super().latest_post_date() if self.items else NEVER


class Atom(_Pushed, Atom1Feed):
    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})


class Rss(_Pushed, Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        if settings.WEBSUB_HUB:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": settings.WEBSUB_HUB})


def _atom(channel: Channel, masthead: Masthead) -> HttpResponse:
    return _syndicated(Atom, channel, "application/atom+xml; charset=utf-8")


def _rss(channel: Channel, masthead: Masthead) -> HttpResponse:
    return _syndicated(Rss, channel, "application/rss+xml; charset=utf-8")


def _syndicated(form: type[_Pushed], channel: Channel, content_type: str) -> HttpResponse:
    made = form(
        title=channel.title,
        link=channel.home,
        description=channel.description,
        subtitle=channel.description,
        language=channel.language,
        feed_url=channel.own,
    )
    for story in channel.stories:
        made.add_item(
            title=story.headline,
            link=_address(story.get_absolute_url()),
            description=_summary(story),
            author_name=story.byline_name,
            author_link=_writer_address(story) or None,
            pubdate=story.published_at,
            updateddate=story.changed_at,
            unique_id=f"{settings.PUBLIC_ADDRESS}/#{story.key}",
            unique_id_is_permalink=False,
            categories=_categories(story),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=content_type)


def _json(channel: Channel, masthead: Masthead) -> HttpResponse:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "language": channel.language,
        "home_page_url": channel.home,
        "feed_url": channel.own,
        "authors": [{"name": masthead.name, "url": _address("/")}],
        **({"hubs": [{"type": "WebSub", "url": settings.WEBSUB_HUB}]} if settings.WEBSUB_HUB else {}),
        "items": [_json_item(story) for story in channel.stories],
    }
    return JsonResponse(value, content_type="application/feed+json")


def _json_item(story: Story) -> dict[str, Any]:
    writer = _writer_address(story)
    picture = story.picture
    return {
        "id": story.key,
        "url": _address(story.get_absolute_url()),
        "title": story.headline,
        "summary": _summary(story),
        "content_text": _summary(story),
        "date_published": story.published_at.isoformat(),
        "date_modified": story.changed_at.isoformat(),
        "authors": [{"name": story.byline_name, **({"url": writer} if writer else {})}],
        "tags": _categories(story),
        **({"image": _address(picture["largest"])} if picture else {}),
    }


def _summary(story: Story) -> str:
    """The content note comes first."""
    return " ".join(filter(None, [story.content_note, story.standfirst]))


def _categories(story: Story) -> list[str]:
    return [story.section.name, *(tag.name for tag in story.tags)]


def _writer_address(story: Story) -> str:
    path = story.byline.get_absolute_url() if story.byline else ""
    return _address(path) if path else ""


def _address(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}"


_FORMS: dict[str, Callable[[Channel, Masthead], HttpResponse]] = {"atom": _atom, "rss": _rss, "json": _json}
