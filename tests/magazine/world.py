"""A page of every public address, found from the URL map itself, and what it shows and carries."""

from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern, reverse

from hearthpress.edge.headers import is_public
from hearthpress.edge.keys import EVERY_PAGE, keys_of_page
from hearthpress.edge.models import Purge
from hearthpress.magazine.models import Month
from hearthpress.magazine.sitemaps import SITEMAP_STORIES
from hearthpress.magazine.urls import urlpatterns
from hearthpress.masthead.models import Section
from hearthpress.people.models import Byline
from hearthpress.stories.models import Story, Tag
from hearthpress.submissions.models import Call

FORMS = ("atom", "rss", "json")
# Public, and without a story in it.
APART = {"picture", "picture_avif", "robots"}


@dataclass(frozen=True)
class Shown:
    """What one request for a page got. A page is kept when it was found, or is one that says that a story is gone."""

    status: int
    content: bytes
    keys: frozenset[str]
    headers: str

    @property
    def is_kept(self) -> bool:
        return self.status in {200, 410}


def public_names() -> set[str]:
    """The names of the public addresses."""
    return {entry.name for entry in urlpatterns if isinstance(entry, URLPattern) and is_public(entry.callback)} - APART


def addresses() -> dict[str, list[str]]:
    """For each public address, every page of it that there could be now."""
    stories, months = list(Story.objects.order_by("pk")), list(Month.objects.all())
    befores = [story.pk for story in stories if story.first_live_at][1::2]
    tags, writers = Tag.objects.all(), Byline.objects.exclude(slug=None)
    shelves = {"section": Section.objects.all(), "tag": tags, "writer": writers}
    found: dict[str, list[str]] = {
        name: [reverse(f"magazine:{name}")]
        for name in public_names()
        if name in {"front", "write_for_us", "promises", "archive", "sitemap", "sitemap_pages", "sitemap_news"}
        or name.startswith("feed_")
    }
    for name, rows in shelves.items():
        slugs = [row.slug for row in rows]
        found[name] = [reverse(f"magazine:{name}", args=[slug]) for slug in slugs]
        found[f"{name}_older"] = [
            reverse(f"magazine:{name}_older", args=[slug, before]) for slug in slugs for before in befores
        ]
        found[f"{name}_feed"] = [
            reverse(f"magazine:{name}_feed", args=[slug, form]) for slug in slugs for form in FORMS
        ]
    found["call"] = [call.get_absolute_url() for call in Call.objects.public()]
    found["month"] = [month.get_absolute_url() for month in months]
    found["month_older"] = [f"{month.get_absolute_url()}before/{before}/" for month in months for before in befores]
    found["story"] = [story.get_absolute_url() for story in stories]
    found["oembed_story"] = [reverse("magazine:oembed_story", args=[story.slug]) for story in stories]
    parts = {story.pk // SITEMAP_STORIES for story in stories}
    found["sitemap_stories"] = [reverse("magazine:sitemap_stories", args=[part]) for part in parts]
    return found


def everything() -> dict[str, Shown]:
    """Every page as it would be made now, by its path."""
    return {path: look_at(path) for paths in addresses().values() for path in paths}


def look_at(path: str) -> Shown:
    response = Client().get(path)
    # The store gives each page the key of all of them.
    return Shown(
        response.status_code, response.content, frozenset({*keys_of_page(response), EVERY_PAGE}), str(response.headers)
    )


def purged_since(last: int) -> set[str]:
    """The keys of all purge rows after the one with this id."""
    return {key for keys in Purge.objects.filter(pk__gt=last).values_list("keys", flat=True) for key in keys.split()}


def last_purge() -> int:
    return Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
