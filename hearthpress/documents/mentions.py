"""Who is named in a text: guesses, to be asked about. A question too many costs a click, a name missed costs a person.

A name is what is written as one (see `people`) and shows signs of belonging to a person: it is a given name, stands
beside "my sister" or "named", does what persons do. What is rather a place, a month or the begin of a sentence is not.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from operator import itemgetter

from hearthpress.documents.given_names import GIVEN_NAMES, WORDS_TOO
from hearthpress.documents.mention_words import (
    ALL_DO,
    CHILDREN,
    GROWN,
    KIN,
    NO_PERSON,
    PERSONS_DO,
    PLACE_FIRST,
    PLACE_NOUNS,
    TITLES,
    TOWARDS,
)
from hearthpress.documents.passages import Passage
from hearthpress.documents.people import Name, Word, names, words_of

ADULT = 18  # years
ENOUGH = 2  # signs that a word is somebody's name
MOST_WORDS, MOST_LETTERS = 6, 100  # of a name; what is longer is a title
NEAR = 4  # words before a name that may tell that it is a child's
AROUND = 60  # characters shown on each side
SLUG, FILE = "slug", "file"

_ENDS = frozenset(".!?:…•*|")
_OPENING = frozenset("“‘\"'«„([—–-")
_DASHES = frozenset("—–-")
_CLOSING = frozenset("”’\"'»)]")
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "every", "each"))
_SHORTENED = frozenset(("mr", "mrs", "ms", "dr", "prof", "rev"))
_NAMING = frozenset(("named", "called", "name’s", "name's"))
_IN_WORDS = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen"""
_NUMBERS = {word: years for years, word in enumerate(_IN_WORDS.split(), start=1)}
_YEARS_BEFORE = re.compile(r"(\d{1,3}|\w+)[ -]years?[ -]old,? (?:\w+,? ){0,2}$", re.IGNORECASE)
_YEARS_AFTER = re.compile(
    r"(?:, (?:was |is |who (?:was|is) )?|,? aged | (?:is|was|turned|who is|who was) )(?:only |just |now )?"
    r"(\d{1,3})(?!\d|,\d| ?[°%:/$])\b"
)
_MONTHS_AFTER = re.compile(r"(?:, | is | was )(?:aged )?\w+ (?:days|weeks|months) old", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """One place where a name stands: the passage's place (see `passages`), and the words on both sides of it."""

    place: str
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Mention:
    """A person as the text names them: the fullest name, every form of it that occurs, and each place.

    `is_child` is a guess from the words beside the name, such as "my son" or "aged 4".
    """

    name: str
    forms: tuple[str, ...]
    seen: tuple[Seen, ...]
    is_child: bool

    @property
    def is_full(self) -> bool:
        """Whether a given name and a surname are told."""
        return " " in self.name

    def is_called(self, name: str) -> bool:
        return name == self.name or name in self.forms


@dataclass(frozen=True)
class _Found:
    """A word or words written as a name, the signs beside it, and whether a capital letter would stand there anyway."""

    name: str
    passage: Passage
    first: int
    end: int
    signs: int
    begins: bool
    is_child: bool

    @property
    def seen(self) -> Seen:
        text = self.passage.text
        before, after = text[max(0, self.first - AROUND) : self.first], text[self.end : self.end + AROUND]
        before = before if self.first <= AROUND else f"…{before.partition(' ')[2]}"
        after = after if self.end + AROUND >= len(text) else f"{after.rpartition(' ')[0]}…"
        return Seen(self.passage.place, before, text[self.first : self.end], after)


@dataclass(frozen=True)
class _Outside:
    """A web address or the name of a file, in which whole words may be somebody's name."""

    place: str
    words: str

    @cached_property
    def slugged(self) -> str:
        parts = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", "-", self.words)
        return f"-{_slugged(parts)}-"


def mentions(
    passages: Iterable[Passage], *, slug: str = "", files: Iterable[str] = (), signed: Iterable[str] = ()
) -> list[Mention]:
    """The persons who are named in these passages, in the web address and in the names of files, as they come.

    `signed` are names that are nobody's to ask about, as the writer's own.
    """
    read, files = list(passages), list(files)
    small = {word.lower() for passage in read for word in re.findall(r"(?<![\w’'])[a-zß-ÿ][\w’'-]*", passage.text)}
    found = [one for passage in read for one in _found(passage, small)]
    people = _people(found, small)
    known = {form for forms in people.values() for form in forms}
    people |= {name: (name,) for name in _in_files(files) if name not in known}
    own = {part for name in signed for part in (name, *name.split())}
    outside = [_Outside(SLUG, slug), *(_Outside(FILE, file) for file in files)]
    where = _where(found)
    return [_mention(name, forms, where, outside) for name, forms in people.items() if own.isdisjoint(forms)]


def _found(passage: Passage, small: set[str]) -> Iterator[_Found]:
    words = words_of(passage.text)
    if passage.titled:
        yield from _in_title(passage, words)
        return
    for name in names(words):
        yield from _persons(passage, words, name, small)


def _in_title(passage: Passage, words: Sequence[Word]) -> Iterator[_Found]:
    """The given names alone: where every word has a capital letter, nothing tells which belong to a name."""
    for word in words:
        if word.is_name and _key(word) in GIVEN_NAMES:
            name = _bare(word.text)
            yield _Found(name, passage, word.start, word.start + len(name), signs=0, begins=True, is_child=False)


def _persons(passage: Passage, words: Sequence[Word], name: Name, small: set[str]) -> Iterator[_Found]:
    """The name without the title before it or the word that begins a sentence; nothing where that is all there is."""
    first, titles = name.first, 0
    begins = _begins(words, first)
    while first <= name.last and (_is_title(words[first]) or (begins and _is_common(words[first], name, small))):
        titles += _is_title(words[first])
        begins = False
        first += 1
    parts = words[first : name.last + 1]
    if (
        not 0 < len(parts) <= MOST_WORDS
        or _is_place(words, name)
        or any(_key(word) in NO_PERSON for word in parts)
        or _is_initials(parts)
    ):
        return
    text = _bare(passage.text[parts[0].start : parts[-1].end])
    if len(text) > MOST_LETTERS:
        return
    signs = titles * ENOUGH + _signs(words, first, name.last, placed=name.placed)
    end = parts[0].start + len(text)
    near = words[max(0, first - NEAR) : first]
    is_child = _is_child(passage.text, near, parts[0].start, end)
    yield _Found(text, passage, parts[0].start, end, signs + ENOUGH * is_child, begins, is_child)


def _is_title(word: Word) -> bool:
    return _key(word) in TITLES and not word.is_possessive


def _is_place(words: Sequence[Word], name: Name) -> bool:
    """Whether the name begins as places do, or stands after such a word, as in "St. Mary’s"."""
    before = [_key(word) for word in words[max(0, name.first - 2) : name.first] if word.text != "."]
    return _key(words[name.first]) in PLACE_FIRST or (bool(before) and before[-1] in PLACE_FIRST - {"the"})


def _is_common(word: Word, name: Name, small: set[str]) -> bool:
    """Whether the first of several capitalised words rather begins a sentence ("Took Leela along")."""
    return name.is_full and _key(word) not in GIVEN_NAMES and _key(word) in small | NO_PERSON


def _is_initials(parts: Sequence[Word]) -> bool:
    return all(word.text.endswith(".") or len(_bare(word.text)) == 1 for word in parts)


def _begins(words: Sequence[Word], position: int) -> bool:
    """Whether a capital letter would stand at this word anyway."""
    while position and (mark := words[position - 1].text) in _OPENING | _CLOSING:
        if mark in _OPENING - _DASHES:
            return True
        position -= 1
    return not position or words[position - 1].text in _ENDS or words[position - 1].text.isdigit()


def _signs(words: Sequence[Word], first: int, last: int, *, placed: bool) -> int:
    """How much speaks for a person here; below nothing for a place or a thing."""
    before = [word.text.lower() for word in words[max(0, first - 3) : first]]
    after = [word.text.lower() for word in words[last + 1 : last + 3]]
    strong = [_is_introduced(before), after[:1] and after[0] in PERSONS_DO, _is_told_of(after), _years(words, last)]
    weak = [
        after[:1] and (after[0] in ALL_DO or (words[last].is_possessive and after[0] in KIN)),
        before[-1:] and before[-1] in TOWARDS,
    ]
    against = [placed or (before[-1:] and before[-1] in _ARTICLES), after[:1] and after[0] in PLACE_NOUNS]
    return ENOUGH * (sum(map(bool, strong)) - sum(map(bool, against))) + sum(map(bool, weak))


def _is_told_of(after: Sequence[str]) -> bool:
    return after in ([",", "who"], [",", "my"], [",", "our"], ["and", "i"])


def _is_introduced(before: Sequence[str]) -> bool:
    """Whether "my sister", "Dr.", "named" or the like stands before, with or without a comma."""
    said = before[:-1] if before[-1:] in ([","], ["—"], ["("]) else before
    if said[-1:] == ["."]:
        return said[-2:-1] != [] and said[-2] in _SHORTENED
    return bool(said) and (said[-1] in KIN | TITLES | _NAMING or said[-2:] in (["name", "is"], ["name", "was"]))


def _years(words: Sequence[Word], last: int) -> bool:
    after = [word.text for word in words[last + 1 : last + 4]]
    return after[:1] == [","] and len(after) > 1 and after[1].isdigit() and len(after[1]) < 3 and after[2:] != ["000"]


def _is_child(text: str, near: Sequence[Word], first: int, end: int) -> bool:
    age = _age(text[max(0, first - AROUND) : first], text[end : end + AROUND])
    if age is not None:
        return age < ADULT
    said = [word.text.lower() for word in near]
    said = list(takewhile(lambda word: word not in ".!?;”", reversed(said)))
    return not GROWN.intersection(said) and bool(CHILDREN.intersection(said))


def _age(before: str, after: str) -> int | None:
    """The age in years that is told beside a name; 0 for months; None where none is told in figures."""
    if _MONTHS_AFTER.match(after):
        return 0
    told = _YEARS_AFTER.match(after.removeprefix("’s").removeprefix("'s"))
    if told is None and (told := _YEARS_BEFORE.search(before)) is None:
        return None
    return int(told[1]) if told[1].isdigit() else _NUMBERS.get(told[1].lower().rpartition("-")[2])


def _in_files(files: Iterable[str]) -> Iterator[str]:
    """The given names in the names of files; nothing else can be told from them."""
    for file in files:
        stem = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", file.rpartition(".")[0] or file)
        for word in re.findall(r"[^\W\d_]{3,}", stem):
            if word.lower() in GIVEN_NAMES - WORDS_TOO:
                yield word.capitalize()


def _people(found: Sequence[_Found], small: set[str]) -> dict[str, tuple[str, ...]]:
    """The persons by their fullest names, each with every form that occurs."""
    grouped: dict[str, list[_Found]] = {}
    for one in found:
        grouped.setdefault(one.name, []).append(one)
    persons = [name for name, places in grouped.items() if _is_person(name, places, small)]
    full = [name for name in persons if " " in name]
    parts = Counter(part for name in full for part in {name.split()[0], name.split()[-1]})
    people = {name: [name] for name in persons if " " in name or name not in parts}
    for name in full:
        ends = dict.fromkeys((name.split()[0], name.split()[-1]))
        people[name] += [part for part in ends if parts[part] == 1 and part in grouped]
    return {name: tuple(forms) for name, forms in people.items()}


def _is_person(name: str, places: Sequence[_Found], small: set[str]) -> bool:
    words = [word.lower() for word in name.split()]
    signs = sum(one.signs for one in places)
    free = [one for one in places if not one.begins]
    given = words[0] in GIVEN_NAMES
    if len(words) > 1:
        told = given or not small.intersection(words)
        return words[-1] not in PLACE_NOUNS and (signs >= ENOUGH or (told and signs >= 0 and bool(free or given)))
    if given and (words[0] not in WORDS_TOO or (free and words[0] not in small)):
        return signs > -ENOUGH * len(places)
    if words[0] in small:
        return bool(free) and signs >= ENOUGH
    return signs >= ENOUGH


def _where(found: Sequence[_Found]) -> dict[str, list[tuple[int, _Found]]]:
    """The places of each name, numbered as they come in the text."""
    where: dict[str, list[tuple[int, _Found]]] = {}
    for numbered in enumerate(found):
        where.setdefault(numbered[1].name, []).append(numbered)
    return where


def _mention(
    name: str,
    forms: tuple[str, ...],
    where: Mapping[str, list[tuple[int, _Found]]],
    outside: Sequence[_Outside],
) -> Mention:
    numbered = sorted((one for form in forms for one in where.get(form, [])), key=itemgetter(0))
    places = [one for _number, one in numbered]
    slugged = [f"-{words}-" for form in forms if (words := _slugged(form))]
    seen = [one.seen for one in places]
    seen += [Seen(one.place, "", one.words, "") for one in outside if any(form in one.slugged for form in slugged)]
    return Mention(name, forms, tuple(seen), any(one.is_child for one in places))


def _slugged(name: str) -> str:
    return re.sub(r"[\W\d_]+", "-", name.lower()).strip("-")


def _bare(text: str) -> str:
    """The name without the possessive's mark."""
    return re.sub(r"(?<=s)[’']$|[’']s$", "", text)


def _key(word: Word) -> str:
    return _bare(word.text).lower().rstrip(".")
