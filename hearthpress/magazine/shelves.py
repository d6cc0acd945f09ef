"""Lists that readers walk, newest first: a section, a tag, the stories of one name, a month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hearthpress.magazine.keys import between_key, between_tagged_key, month_key, tagged_key, writer_key
from hearthpress.magazine.months import first_and_next
from hearthpress.masthead.models import Masthead, Section
from hearthpress.people.models import Byline
from hearthpress.stories.models import Story, StoryQuerySet, Tag

PAGE_STORIES = 24


@dataclass(frozen=True)
class Shelf:
    """`carried` is what its pages show beside their stories, and `between` what those do that stand too far down for a
    new story to change them (the same, where such pages are few). `moment` and `number` are the columns of its order.
    """

    kind: str
    above: str
    title: str
    description: str
    path: str
    stories: StoryQuerySet
    carried: Any
    between: Any
    feed_name: str = ""
    feed_args: tuple[str, ...] = ()
    moment: str = "first_live_at"
    number: str = "pk"
    # A section is there before its first story. Anything else would tell of what nobody has read yet.
    stays_when_empty: bool = False

    def feed_url(self, form: str) -> str:
        return reverse(f"magazine:{self.feed_name}", args=[*self.feed_args, form])

    def newest_first(self) -> StoryQuerySet:
        """With the names fetched apart: once SQLite has counted its rows it would begin a join with them, and sort."""
        return (
            self.stories.select_related("section")
            .prefetch_related("byline")
            .order_by(f"-{self.moment}", f"-{self.number}")
        )


@dataclass(frozen=True)
class Page:
    """`older` and `newer` are addresses, "" where there is nothing. `around` are the stories that they follow from.

    A new story makes the page another one when it `is_on_top`: of those above it there are no more than one page.
    """

    stories: list[Story]
    older: str
    newer: str
    around: list[Story]
    is_on_top: bool


def page_of(shelf: Shelf, before: int | None) -> Page:
    """The page that begins after the story with the id `before`, or the first. No OFFSET: it walks an index from there.

    Raises Http404 when that story was never live.
    """
    stories = shelf.newest_first()
    last = get_object_or_404(Story, pk=before, first_live_at__isnull=False) if before is not None else None
    found = list((_older_than(last, shelf, stories) if last else stories)[: PAGE_STORIES + 1])
    more = len(found) > PAGE_STORIES
    newer = list(_from(last, shelf, stories).prefetch_related(None)[: PAGE_STORIES + 1]) if last else []
    return Page(
        stories=found[:PAGE_STORIES],
        older=_address(shelf, found[PAGE_STORIES - 1]) if more else "",
        newer=_newer_address(shelf, newer) if last else "",
        around=[*found[PAGE_STORIES:], *newer],
        is_on_top=len(newer) <= PAGE_STORIES,
    )


def section_shelf(slug: str) -> Shelf:
    section = get_object_or_404(Section, slug=slug)
    return Shelf(
        kind="section",
        above="",
        title=section.name,
        description=section.description,
        path=section.get_absolute_url(),
        stories=Story.objects.live().filter(section=section),
        carried=section,
        between=between_key(section.pk),
        feed_name="section_feed",
        feed_args=(slug,),
        stays_when_empty=True,
    )


def tag_shelf(slug: str) -> Shelf:
    tag = get_object_or_404(Tag, slug=slug)
    # In the order of the tag's own index, which is walked: the stories' own would have to be sorted.
    stories = Story.objects.live().filter(taggings__tag=tag, taggings__first_live_at__isnull=False)
    placed = stories.annotate(placed_at=F("taggings__first_live_at"), placed=F("taggings__story_id"))
    return Shelf(
        kind="tag",
        above=_("Tag"),
        title=tag.name,
        description="",
        path=tag.get_absolute_url(),
        stories=placed,
        carried=[tag, tagged_key(tag.pk)],
        between=[tag, between_tagged_key(tag.pk)],
        feed_name="tag_feed",
        feed_args=(slug,),
        moment="placed_at",
        number="placed",
    )


def writer_shelf(slug: str) -> Shelf:
    """What is signed with one name. Of the person behind it, and of their other names, it knows nothing."""
    byline = get_object_or_404(Byline.objects.only("key", "slug", "name"), slug=slug)
    return Shelf(
        kind="writer",
        above=_("Stories by"),
        title=byline.name,
        description="",
        path=byline.get_absolute_url(),
        stories=Story.objects.live().filter(byline=byline),
        carried=[writer_key(byline.key), byline],
        between=[writer_key(byline.key), byline],
        feed_name="writer_feed",
        feed_args=(slug,),
    )


def month_shelf(year: str, month: str, masthead: Masthead) -> Shelf:
    """What went live in a month of the magazine's time zone."""
    first_day = date(int(year), int(month), 1)
    begins, ends = first_and_next(first_day, masthead.zone)
    return Shelf(
        kind="month",
        above=_("Archive"),
        title=date_format(first_day, pgettext("date format", "F Y")),
        description="",
        path=reverse("magazine:month", args=[year, month]),
        stories=Story.objects.live().filter(first_live_at__gte=begins, first_live_at__lt=ends),
        carried=month_key(first_day),
        between=month_key(first_day),
    )


# The shelves that have feeds.
BY_KIND: dict[str, Callable[[str], Shelf]] = {"section": section_shelf, "tag": tag_shelf, "writer": writer_shelf}


def _older_than(last: Story, shelf: Shelf, stories: StoryQuerySet) -> StoryQuerySet:
    moment, number = shelf.moment, shelf.number
    same = {moment: last.first_live_at, f"{number}__gte": last.pk}
    return stories.filter(**{f"{moment}__lte": last.first_live_at}).exclude(**same)


def _from(last: Story, shelf: Shelf, stories: StoryQuerySet) -> StoryQuerySet:
    """From `last` upwards: the page before ends with it."""
    moment, number = shelf.moment, shelf.number
    same = {moment: last.first_live_at, f"{number}__lt": last.pk}
    return stories.filter(**{f"{moment}__gte": last.first_live_at}).exclude(**same).reverse()


def _newer_address(shelf: Shelf, newer: list[Story]) -> str:
    return _address(shelf, newer[PAGE_STORIES]) if len(newer) > PAGE_STORIES else shelf.path


def _address(shelf: Shelf, before: Story) -> str:
    return f"{shelf.path}before/{before.pk}/"
