"""The index follows the stories, in the very transaction in which a story is shown or gone."""

import logging
import time
from collections import Counter
from collections.abc import Sequence

from django.db import connection, models, transaction

from hearthpress.documents.plain import block_text
from hearthpress.documents.walk import walk
from hearthpress.masthead.models import Masthead
from hearthpress.search.engines import engine
from hearthpress.search.models import Entry, Word
from hearthpress.search.words import CONTROL, folded, vocabulary
from hearthpress.stories.enums import StoryState
from hearthpress.stories.models import Story

VERSION = 1  # of what `entry_of` takes from an edition: a higher one has every story indexed anew
BATCH = 100  # stories in one transaction of `index_missing`
BREATH = 0.1  # seconds between two transactions
MOST_VALUES = 500  # words in one statement

logger = logging.getLogger(__name__)


def index_story(story: Story) -> None:
    """Reaction: what readers see of the story is what is searched."""
    write([entry_of(story, Masthead.current())])


def forget_story(story: Story) -> None:
    """Reaction: a story that is gone is found by nothing, and what only it said is suggested to nobody."""
    forget([story.pk])


def index_missing(anew: bool = False) -> int:
    """Index the live stories whose edition is not indexed (all of them, `anew`), and forget what is not live.

    In short transactions beside the running site; stopped at any point, it goes on from there the next time. How many
    stories were indexed.
    """
    forgotten = _forget_what_is_not_live()
    done, last = 0, 0
    while batch := _batch(last, anew):
        done += _index(batch)
        last = batch[-1]
        # SQLite has one writer, and whoever waits for it looks every tenth of a second: let them in.
        time.sleep(BREATH if len(batch) == BATCH else 0)
    if done or forgotten:
        logger.info("%s stories were indexed for searching, and %s forgotten", done, forgotten)
    return done


@transaction.atomic
def write(entries: Sequence[Entry]) -> None:
    """Put these into the index, in place of what it said of the same stories."""
    changes = _without([entry.pk for entry in entries])
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    Entry.objects.bulk_create(entries)
    engine().wrote(entries)
    for entry in entries:
        changes.update(_words(entry))
    count(changes)


@transaction.atomic
def forget(keys: Sequence[int]) -> None:
    """Take the stories with these keys out of the index."""
    changes = _without(keys)
    Entry.objects.filter(pk__in=keys).delete()
    count(changes)


def entry_of(story: Story, masthead: Masthead) -> Entry:
    """What is searched of a story: what its live edition shows, and nothing about who wrote it.

    Related lines are left out: they are the words of another story, which may be taken back.
    """
    edition = story.shown
    blocks = walk(edition.revision.content["document"])
    year = story.published_at.astimezone(masthead.zone).year
    return Entry(
        story=story,
        edition=edition.pk,
        version=VERSION,
        section_id=story.section_id,
        year=year,
        went_live_at=story.published_at,
        headline=_clean(story.headline),
        standfirst=_clean(story.standfirst),
        byline=_clean(story.byline_name),
        text=_clean("\n\n".join(block_text(block) for block in blocks if block["type"] != "related")),
        shelf=f"section{story.section_id} year{year}",
    )


def count(changes: Counter[str]) -> None:
    """Count words up or down, in the order of the alphabet: so two transactions that share words never deadlock."""
    words = sorted(word for word, change in changes.items() if change)
    for first in range(0, len(words), MOST_VALUES):
        some = words[first : first + MOST_VALUES]
        rows = [(word, plain, plain[0], len(plain), changes[word]) for word in some for plain in [folded(word)]]
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_word (word, folded, initial, length, stories) VALUES "
                + ", ".join("(%s, %s, %s, %s, %s)" for _ in rows)
                + " ON CONFLICT (word) DO UPDATE SET stories = search_word.stories + excluded.stories",
                [value for row in rows for value in row],
            )
        Word.objects.filter(word__in=[word for word in some if changes[word] < 0], stories__lte=0).delete()


def _clean(text: str) -> str:
    """Without control characters: highlights are marked with them. A line's end is a space."""
    return CONTROL.sub(" ", text)


def _batch(last: int, anew: bool) -> list[int]:
    """The keys of the next stories after `last` that are to be indexed."""
    indexed = Entry.objects.filter(pk=models.OuterRef("pk"), edition=models.OuterRef("edition_id"), version=VERSION)
    stories = Story.objects.filter(state=StoryState.LIVE, pk__gt=last).order_by("pk")
    wanted = stories if anew else stories.filter(~models.Exists(indexed))
    return list(wanted.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _index(keys: Sequence[int]) -> int:
    """Index those that are still live. Locked, so that none is taken back in between (SQLite has one writer anyway)."""
    stories = Story.objects.live().filter(pk__in=keys).select_related("edition__revision")
    live = list(stories.order_by("pk").select_for_update(of=("self",)))
    masthead = Masthead.current()
    write([entry_of(story, masthead) for story in live])
    return len(live)


def _forget_what_is_not_live() -> int:
    stale = Entry.objects.exclude(story__state=StoryState.LIVE).order_by("pk")
    forgotten = 0
    while keys := list(stale.values_list("pk", flat=True)[:BATCH]):
        forget(keys)
        forgotten += len(keys)
    return forgotten


def _without(keys: Sequence[int]) -> Counter[str]:
    """What taking these rows out changes. They are locked: of two who take one out, one alone counts its words."""
    changes: Counter[str] = Counter()
    for entry in Entry.objects.filter(pk__in=keys).order_by("pk").select_for_update():
        changes.update(dict.fromkeys(_words(entry), -1))
    return changes


def _words(entry: Entry) -> set[str]:
    return vocabulary([entry.headline, entry.standfirst, entry.byline, entry.text])
