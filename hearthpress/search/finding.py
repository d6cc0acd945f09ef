"""From what somebody typed to stories: found, ranked, or guessed at when a word was mistyped."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Sum

from hearthpress.search.engines import Marked, Wanted, engine
from hearthpress.search.models import Word
from hearthpress.search.words import distance, folded
from hearthpress.stories.models import Story

CANDIDATES = 1_000  # the newest stories that match: only these are ranked
MOST_SHOWN = 100  # of them, best first
COMMON = 5_000  # stories: a word that so many have tells nothing about any of them, and is costly to weigh
# Which mistyped words are guessed, and among how many words.
MOST_GUESSED = 3
MOST_LIKE = 3_000
SHORTEST_GUESSED = 3
LONG = 6  # letters: from here on two may be wrong, below only one


@dataclass(frozen=True)
class Found:
    """The keys of stories, best first. `more` is true when more match than `MOST_SHOWN`."""

    wanted: Wanted
    keys: list[int] = field(default_factory=list)
    more: bool = False

    def stories(self, first: int = 0, most: int = MOST_SHOWN) -> list[Story]:
        """The stories of the `most` keys from the place `first` on, but for any that is not live."""
        keys = self.keys[first : first + most]
        # Asked for each key by itself: SQLite would rather read through all that is live than look a few keys up.
        is_live = Exists(Story.objects.live().filter(pk=OuterRef("pk")))
        live = Story.objects.filter(is_live).select_related("section").in_bulk(keys) if keys else {}
        return [live[key] for key in keys if key in live]

    def marked(self, stories: Iterable[Story]) -> dict[int, Marked]:
        """The words of these stories, with those that were searched marked."""
        keys = [story.pk for story in stories]
        return engine().marked(self.wanted, keys) if keys else {}


def find(words: tuple[str, ...], section: int | None = None, year: int | None = None) -> Found:
    """The stories that have all of the words. No words find nothing.

    The newest CANDIDATES that match are ranked, whatever else matches: so a common word costs no more than a rare one.
    """
    wanted = Wanted(words, _telling(words), section, year)
    candidates = engine().newest(wanted, CANDIDATES) if words else []
    best = engine().ranked(wanted, candidates)[:MOST_SHOWN] if candidates else []
    return Found(wanted, best, more=len(candidates) > MOST_SHOWN)


def guess(found: Found) -> Found | None:
    """What is found when each word that stands in no story is taken for the likeliest one that does; or None."""
    words = found.wanted.words
    known = stories_with(words)
    unknown = [word for word in words if not known.get(plain(word))][:MOST_GUESSED]
    meant = {word: closest for word in unknown if (closest := _closest(plain(word)))}
    if not meant:
        return None
    guessed = find(tuple(meant.get(word, word) for word in words), found.wanted.section, found.wanted.year)
    return guessed if guessed.keys else None


def stories_with(words: Iterable[str]) -> dict[str, int]:
    """For each of the words (`plain`): in how many stories it stands. Those that stand in none are left out."""
    rows = Word.objects.filter(folded__in={plain(word) for word in words}).values("folded").order_by("folded")
    return {row["folded"]: row["total"] for row in rows.annotate(total=Sum("stories"))}


def anywhere(found: Found) -> Found:
    """The same words in every section and year."""
    return find(found.wanted.words)


def plain(word: str) -> str:
    """A typed word as words are compared: in small letters, without accents and signs around it."""
    return folded(word).strip()


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    stories = stories_with(words) if words else {}
    return tuple(word for word in words if stories.get(plain(word), 0) < COMMON)


def _closest(word: str) -> str | None:
    """The word that stands in a story and is fewest slips away; of several, the one that stands in most."""
    if len(word) < SHORTEST_GUESSED or not word.isalpha():
        return None
    most = 2 if len(word) >= LONG else 1
    # The first letter is rarely wrong; if it is, it was swapped with the second, or the second was hit before it.
    like = Word.objects.filter(initial__in=word[:2], length__range=(len(word) - most, len(word) + most))
    rows = like.order_by("-stories").values_list("word", "folded", "stories")[:MOST_LIKE]
    letters = set(word)
    near = [
        (slips, other[0] != word[0], -stories, shown)
        for shown, other, stories in rows
        if len(letters ^ set(other)) <= 2 * most and (slips := distance(word, other, most)) <= most
    ]
    return min(near)[-1] if near else None
