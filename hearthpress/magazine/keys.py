"""Which keys the public pages carry, and which a change purges: all of it on one screen."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from hearthpress.agreements.models import RateCard
from hearthpress.care.models import HelpLine, Subject
from hearthpress.edge.keys import EVERY_PAGE, declare, purge
from hearthpress.magazine.models import Month, PromiseFigures
from hearthpress.masthead.models import Masthead, Section
from hearthpress.people.models import Byline
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story, Tag, Tagging
from hearthpress.submissions.models import Call, Question

# Lists that a story appears in, or disappears from.
FRONT, FEEDS, SITEMAP, ARCHIVE = "front", "feeds", "sitemap", "archive"
CALL = "call"
PROMISES = "promises"
CARE = "care"  # notes, help lines and what they keep apart

# Time zones lie between twelve hours behind UTC and fourteen ahead (IANA): at the turn of a month a story has two.
LATEST, EARLIEST = timedelta(hours=12), timedelta(hours=14)
SITEMAP_STORIES = 1_000  # a part of the sitemap; the most that one may list is 50,000 (sitemaps.org)


def of_story(story: Story) -> list[str]:
    """Each page that shows a story carries this, whether whole, as a card, as a related line or in a feed.

    A name of many (a first name, "Anonymous") gives no key: it would tell readers of the headers which stories are one
    person's.
    """
    byline = story.byline
    return [story_key(story.key), *([name_key(byline.key)] if byline and byline.may_have_page else [])]


def changed_by_story(story: Story) -> Iterator[str]:
    """What a story makes untrue that appears, changes or goes: pages that show it, and the lists it belongs to.

    Its tags are purged by its taggings, which change when it appears; when it goes, by the pages that show it. What was
    never live stands in no list.
    """
    yield story_key(story.key)
    if not story.first_live_at:
        return
    yield from (FRONT, FEEDS, SITEMAP, sitemap_key(story.pk // SITEMAP_STORIES))
    yield section_key(story.section_id)
    if story.byline_id:
        yield writer_key(story.byline_id)
    yield from months_of(story.first_live_at)


def changed_by_tagging(tagging: Tagging) -> Iterator[str]:
    """The shelf, the story's page that names it, and the sitemap, as a shelf with its first story is a new page."""
    if tagging.first_live_at:
        yield from (story_key(tagging.story.key), tagged_key(tagging.tag_id), SITEMAP)


def purge_what_stands_between(story: Story, **_details: Any) -> None:
    """Reaction: a new edition may have another section or other subjects, and so stand beside, and between, others.

    A story that is new comes before all others; it stands on their pages only when the clock was set back meanwhile.
    """
    newer = Story.objects.filter(state=StoryState.LIVE, first_live_at__gt=story.published_at)
    if story.shown.number > 1 or newer.exists():
        purge([between_key(story.section_id), *(between_tagged_key(tag.pk) for tag in story.tags)])


def purge_tags_between(story: Story, tags: Iterable[Tag], **_details: Any) -> None:
    """Reaction: a live story that gets a tag stands between others of the tag."""
    if story.first_live_at:
        purge(between_tagged_key(tag.pk) for tag in tags)


def story_key(key: str) -> str:
    return f"story-{key}"


def between_key(section: int) -> str:
    """The pages of a section that a new story leaves as they are: single stories, and lists from the third page on."""
    return f"between-{section}"


def between_tagged_key(tag: int) -> str:
    """The pages of a tag's list that a new story leaves as they are."""
    return f"between-tagged-{tag}"


def changed_by_name(byline: Byline) -> Iterator[str]:
    yield from (name_key(byline.key), writer_key(byline.key), SITEMAP)


def section_key(pk: int) -> str:
    return f"section-{pk}"


def tag_key(pk: int) -> str:
    """Whatever names the tag: what is new under it does not make that untrue."""
    return f"tag-{pk}"


def tagged_key(tag: int) -> str:
    return f"tagged-{tag}"


def writer_key(byline: str) -> str:
    """The pages of a name, by the byline's random key: a number would tell which were made one after the other."""
    return f"writer-{byline}"


def name_key(byline: str) -> str:
    """Whatever shows the name, and so links to its pages: what is new under it does not make that untrue."""
    return f"name-{byline}"


def month_key(month: date) -> str:
    return f"month-{month:%Y-%m}"


def months_of(moment: datetime) -> set[str]:
    """The month that the moment lies in, wherever the magazine is; at the turn of a month that is two."""
    return {month_key(moment - LATEST), month_key(moment + EARLIEST)}


def sitemap_key(part: int) -> str:
    return f"sitemap-{part}"


def declare_all() -> None:
    """Called once, when the program starts."""
    declare(Story, carried=of_story, purged=changed_by_story)
    declare(Tag, carried=lambda tag: [tag_key(tag.pk)])
    declare(Tagging, carried=lambda tagging: [tagged_key(tagging.tag_id)], purged=changed_by_tagging)
    declare(Byline, carried=lambda byline: [name_key(byline.key)], purged=changed_by_name)
    declare(Month, carried=lambda _: [ARCHIVE])
    declare(PromiseFigures, carried=lambda _: [PROMISES])
    # The sections stand in the navigation of every page.
    declare(Section, carried=lambda section: [section_key(section.pk)], purged=lambda _: [EVERY_PAGE])
    declare(Masthead, carried=lambda _: [EVERY_PAGE])
    declare(Subject, carried=lambda _: [CARE], purged=lambda _: [CARE, FRONT])
    declare(HelpLine, carried=lambda _: [CARE])
    declare(Call, carried=lambda _: [CALL], purged=lambda _: [CALL, FRONT])
    declare(Question, carried=lambda _: [CALL])
    declare(RateCard, carried=lambda _: [CALL])
