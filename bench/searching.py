"""A magazine's words for the search: as many different ones, and as unevenly spread, as in prose."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate
from statistics import median

from django.db import transaction

from hearthpress.search.actions import VERSION, count
from hearthpress.search.engines import engine
from hearthpress.search.finding import find, guess
from hearthpress.search.models import Entry
from hearthpress.search.views import PAGE
from hearthpress.stories.models import Story

WORDS = 30_000  # different ones; Zipf's law: the word of rank n is one n-th as frequent as the first
LENGTH = 300  # words of a story
BATCH = 500
RARE = 3_000  # different rare words: each stands in one story of so many
SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]


def word(rank: int) -> str:
    """A word that can be spoken, another one for each rank."""
    syllables = [SYLLABLES[rank % 70], SYLLABLES[rank // 70 % 70], SYLLABLES[(rank // 4900 + rank) % 70]]
    return "".join(syllables) + "mn"


def rare(number: int) -> str:
    """The rare word of a story, which ends as no other word does."""
    return f"{word(number % RARE)}kwist"


def fill() -> None:
    """Index every story of the magazine with words of its own, as `actions.write` does, but count words at the end."""
    chance = random.Random(1)
    vocabulary = [word(rank) for rank in range(WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
    stories = Story.objects.order_by("pk").values_list("pk", "edition_id", "section_id", "first_live_at")
    done, counted = 0, Counter[str]()
    while batch := list(stories[done : done + BATCH]):
        texts = [chance.choices(vocabulary, cum_weights=weights, k=LENGTH) for _ in batch]
        entries = [_entry(done + place, row, texts[place]) for place, row in enumerate(batch)]
        with transaction.atomic():
            Entry.objects.bulk_create(entries)
            engine().wrote(entries)
        counted.update(word for entry in entries for word in set(f"{entry.headline.lower()} {entry.text}".split()))
        done += len(batch)
    with transaction.atomic():
        count(counted)


def _entry(number: int, row: tuple, text: list[str]) -> Entry:
    key, edition, section, at = row
    return Entry(
        story_id=key,
        edition=edition,
        version=VERSION,
        section_id=section,
        year=at.year,
        went_live_at=at,
        headline=" ".join(text[:5]).capitalize(),
        standfirst=" ".join(text[5:17]),
        byline="Wilma Writer",
        text=" ".join([*text, rare(number), word(0)]),
        shelf=f"section{section} year{at.year}",
    )


def searches() -> dict[str, Callable[[], object]]:
    """What is measured, each by its name."""
    section = Story.objects.order_by("pk").values_list("section_id", flat=True)[0]
    return {
        "rare": lambda: _search((rare(700),)),
        "common": lambda: _search((word(0),)),
        "commons": lambda: _search((word(0), word(1), word(2))),
        "common and rare": lambda: _search((word(0), rare(700))),
        "common in a section": lambda: _search((word(0),), section),
        "middling": lambda: _search((word(150),)),
        "mistyped": lambda: _search((rare(700).replace("kwist", "kwsit"),)),
    }


def measured(rounds: int = 40) -> str:
    """The median milliseconds of each search, made in turn, as JSON."""
    taken: dict[str, list[float]] = {name: [] for name in searches()}
    for number in range(rounds + 3):
        for name, search in searches().items():
            began = time.perf_counter()
            search()
            if number >= 3:
                taken[name].append((time.perf_counter() - began) * 1000)
    return json.dumps({name: median(times) for name, times in taken.items()})


def _search(words: tuple[str, ...], section: int | None = None) -> Iterator[object]:
    """All that a page does between what was typed and its template."""
    found = find(words, section)
    found = found if found.keys else (guess(found) or found)
    stories = found.stories(0, PAGE)
    assert stories, words
    return iter(found.marked(stories).items())
