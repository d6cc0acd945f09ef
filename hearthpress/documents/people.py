"""Names of people in running text: who is spoken of, and who is said to have said something."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W\d_]\.){1,4}(?=\s)|[^\W\d_][\w’'-]*|[^\w\s]|\d+")
_POSSESSIVE = ("’s", "'s", "s’", "s'")
_PARTICLES = frozenset({"de", "del", "della", "di", "da", "van", "von", "der", "den", "la", "le", "bin", "al", "el"})
_MOST_PARTICLES = 2
_PLACED = frozenset({"in", "at", "near", "on", "across", "through", "outside", "around", "via"})

# Capitalised because they begin a sentence, or names of something other than a person.
_NO_NAME = frozenset(
    """a about after again all also although an and another any as at because before below both but by during each
    earlier early either even every everybody everyone few finally first following for from he her here hers him his how
    however i i’d i’ll i’m i’ve if in instead it it’s its just last late later like many maybe meanwhile most mother my
    never next no nobody none not nothing now of on once one only or our out over people perhaps she since so some
    somebody someone sometimes soon still such that the their them then there these they this those though three to
    today tomorrow tonight two under until we weeks what when where whether which while who whom whose why with yes
    yesterday yet you your monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december christmas easter thanksgiving mother’s father’s mr mrs ms dr
    god english instagram twitter facebook tiktok youtube threads bluesky substack snapchat linkedin reddit tumblr ivf
    x street avenue road lane hospital university school college church park county""".split()  # noqa: SIM905  words in a row are easier to read
)


class Word(NamedTuple):
    """A word or a single mark of punctuation, and whether it can be part of a person's name."""

    text: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        if not self.text[0].isupper():
            return False
        return self.text.endswith(".") or not (self.text.isupper() or self.text.lower().replace("'", "’") in _NO_NAME)

    @property
    def is_possessive(self) -> bool:
        return self.text.endswith(_POSSESSIVE)


@dataclass(frozen=True)
class Name:
    """A name of one or more words; `placed` when a word such as "in" before it makes it rather a place."""

    text: str
    first: int
    last: int
    placed: bool = False

    @property
    def is_full(self) -> bool:
        return " " in self.text


def words_of(text: str) -> list[Word]:
    """The words and marks of the text, in order."""
    return [Word(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def names(words: Sequence[Word]) -> Iterator[Name]:
    """The names among these words. `first` and `last` are positions in `words`."""
    position = 0
    while position < len(words):
        if not words[position].is_name:
            position += 1
            continue
        last = _name_end(words, position)
        text = " ".join(word.text for word in words[position : last + 1])
        if words[last].is_possessive:
            text = re.sub(r"(?<=s)[’']$|[’']s$", "", text)
        before = words[position - 1].text.lower() if position else ""
        yield Name(text, position, last, before in _PLACED)
        position = last + 1


def _name_end(words: Sequence[Word], start: int) -> int:
    last = start
    while not words[last].is_possessive:
        following = last + 1
        while following < len(words) and following - last <= _MOST_PARTICLES and words[following].text in _PARTICLES:
            following += 1
        if following == len(words) or not words[following].is_name or not _are_beside(words[last : following + 1]):
            break
        last = following
    return last


def _are_beside(words: Sequence[Word]) -> bool:
    return all(word.start - before.end <= 1 for before, word in pairwise(words))


@dataclass
class People:
    """The people named so far, by full name, and the one that the text was last about."""

    by_part: dict[str, set[str]] = field(default_factory=dict)
    latest: str = ""

    def read(self, words: Sequence[Word]) -> str:
        """Take in a paragraph. Returns the first person whom it names in full, or "" ."""
        found = list(names(words))
        full = [name.text for name in found if name.is_full and not name.placed]
        for name in full:
            for part in (name.split()[0], name.split()[-1]):
                self.by_part.setdefault(part, set()).add(name)
        known = [self.full_name(name.text) for name in found if " " in self.full_name(name.text)]
        first = full[0] if full else ""
        self.latest = first or (known[0] if known else self.latest)
        return first

    def full_name(self, name: str) -> str:
        """The full name that a first name or surname stands for, where there is only one; else the name itself."""
        meant = self.by_part.get(name, set())
        return next(iter(meant)) if len(meant) == 1 else name
