"""Words said elsewhere: which paragraphs are quotes from a public source, who spoke, and how sure that is.

The rule: most of the paragraph stands in quotation marks, and a public source (a post, a tweet, a statement, an
interview) is named in it, or was named before and no conversation has begun since. Everything else in quotation marks
is dialogue, a title or a word held at arm's length, and is left alone. A passage marked with "> " is always a quote.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from hearthpress.documents.people import Name, People, Word, names, words_of
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import Block
from hearthpress.documents.sources import published_in, said_there

QUOTED = "“”"
# An opening mark that is never closed reaches to the paragraph's end, as in a quote of several paragraphs.
_QUOTED = re.compile(r"“[^“”]*(?:”|\Z)|(?<!\w)\"[^\"]*(?:\"|\Z)|«[^«»]*(?:»|\Z)")
_SENTENCE_END = re.compile(r"[.!?]")

_PUBLISHING = frozenset(
    """added announced began blogged captioned concluded confirmed continued disclosed explained noted opened penned
    posted published read recalled replied reposted retweeted revealed shared tweeted went wrote""".split()  # noqa: SIM905  words in a row are easier to read
)
_SAYING = frozenset("admitted answered asked called cried said says shouted sighed told whispered".split())  # noqa: SIM905  words in a row are easier to read
_BETWEEN = frozenset("also has had have then later first once publicly simply just recently".split())  # noqa: SIM905  words in a row are easier to read
_DESCRIBED = frozenset("the our this that".split())  # noqa: SIM905  words in a row are easier to read

_FEWEST_WORDS = 4
_FEWEST_WORDS_CARRIED = 8


@dataclass(frozen=True)
class Reading:
    """What was read of the quote in block number `block`; `marked` when the writer typed "> "."""

    block: int
    speaker: str
    source: str
    speaker_certain: bool
    source_certain: bool
    marked: bool = False

    @property
    def certain(self) -> bool:
        return self.speaker_certain and self.source_certain


@dataclass(frozen=True)
class _Post:
    """A public source named earlier, and whose it is ("" when nobody was named)."""

    source: str = ""
    speaker: str = ""


@dataclass
class _Paragraph:
    """A paragraph, the words in its quotation marks set apart from the words outside."""

    text: str
    outside: str = field(init=False)
    quoted: int = field(init=False)
    words: list[Word] = field(init=False)
    subject: str = ""
    verb: str = ""

    def __post_init__(self) -> None:
        self.outside = _QUOTED.sub(QUOTED, self.text)
        self.quoted = sum(len(found.split()) for found in _QUOTED.findall(self.text))
        self.words = words_of(self.outside)
        for clause in _clauses(self.outside):
            self._attribute(clause)

    @cached_property
    def is_mostly_quoted(self) -> bool:
        return self.quoted > 0 and self.quoted * 2 >= len(self.text.split())

    @property
    def is_bare(self) -> bool:
        return not any(character.isalnum() for character in self.outside)

    @property
    def speaks_of_somebody(self) -> bool:
        """Whether the speaker is described ("the model said") rather than present in a scene ("he said")."""
        return self.subject != "" or any(word.text.lower() in _DESCRIBED for word in self.words[:4])

    def _attribute(self, clause: str) -> None:
        """Take the speech verb and its subject from the words beside a quotation, the first that has one."""
        words = words_of(clause)
        for position, word in enumerate(words):
            if word.text.lower() in _PUBLISHING | _SAYING and not self.verb:
                self.verb = word.text.lower()
                self.subject = _subject(words, position)


class _Reader:
    """Reads a text from its beginning, remembering people and the public source that it told of last."""

    def __init__(self) -> None:
        self.people = People()
        self.post = _Post()
        self.introduced = _Post()
        self.readings: list[Reading] = []

    def read(self, number: int, text: str, *, marked: bool) -> None:
        paragraph = _Paragraph(text)
        earlier = self.people.latest
        named = self.people.read(paragraph.words)
        reading = self._reading(number, paragraph, earlier, marked)
        if reading is not None:
            self.readings.append(reading)
            self._remember_quote(reading)
        else:
            self._remember_narrative(paragraph, named)

    def _reading(self, number: int, paragraph: _Paragraph, earlier: str, marked: bool) -> Reading | None:
        source = said_there(paragraph.outside) if marked or paragraph.is_mostly_quoted else ""
        if not (marked or self._is_quote(paragraph, source)):
            return None
        post = self.introduced if self.introduced.source else self.post
        speaker = self.people.full_name(paragraph.subject) or post.speaker or self.people.latest or earlier
        if marked and not (source or post.source):
            speaker = self.people.full_name(paragraph.subject)
        return Reading(number, speaker, source or post.source, bool(paragraph.subject), bool(source), marked)

    def _is_quote(self, paragraph: _Paragraph, source: str) -> bool:
        if not paragraph.is_mostly_quoted:
            return False
        if source:
            return paragraph.quoted >= _FEWEST_WORDS
        if self.introduced.source and paragraph.is_bare:
            return True
        return bool(self.post.source) and paragraph.quoted >= self._fewest(paragraph) and self._goes_on(paragraph)

    def _fewest(self, paragraph: _Paragraph) -> int:
        return _FEWEST_WORDS if paragraph.verb in _PUBLISHING else _FEWEST_WORDS_CARRIED

    def _goes_on(self, paragraph: _Paragraph) -> bool:
        """Whether a quotation without a source of its own is more of the post told of before."""
        if paragraph.verb in _SAYING:
            subject = self.people.full_name(paragraph.subject)
            return subject == self.post.speaker if subject else paragraph.speaks_of_somebody
        return paragraph.is_bare or paragraph.verb in _PUBLISHING

    def _remember_quote(self, reading: Reading) -> None:
        self.introduced = _Post()
        if reading.certain or (reading.source and not self.post.source):
            self.post = _Post(reading.source, reading.speaker)

    def _remember_narrative(self, paragraph: _Paragraph, named: str) -> None:
        source = published_in(paragraph.outside)
        speaker = named or self.people.latest
        introduces = paragraph.text.rstrip().endswith(":")
        self.introduced = _Post(source or self.post.source, speaker or self.post.speaker) if introduces else _Post()
        if source and speaker:
            self.post = _Post(source, speaker)
        elif paragraph.verb in _SAYING:
            self.post = _Post()


def read_quotes(blocks: Sequence[Block]) -> list[Reading]:
    """The quotes among these blocks, in order. Linear in the length of the text."""
    reader = _Reader()
    for number, block in enumerate(blocks):
        if block["type"] in ("paragraph", "quote"):
            reader.read(number, block_text(block), marked=block["type"] == "quote")
    return reader.readings


def _clauses(outside: str) -> Iterator[str]:
    """The words beside each quotation, to the sentence's end: those after it, and those that lead to it."""
    parts = outside.split(QUOTED)
    for before, after in pairwise(parts):
        yield _SENTENCE_END.split(after, maxsplit=1)[0]
        if before.rstrip().endswith((",", ":")):
            yield _SENTENCE_END.split(before)[-1]


def _subject(words: Sequence[Word], verb: int) -> str:
    """The proper name beside the speech verb: "Corinna Vale wrote", "wrote Vale", "Vale, 36, wrote"; else ""."""
    found = {name.last: name for name in names(words)} | {name.first: name for name in names(words)}
    before = verb - 1
    while before >= 0 and (words[before].text.lower() in _BETWEEN or words[before].text.endswith("ly")):
        before -= 1
    if before >= 2 and words[before].text == "," and words[before - 1].text.isdigit():
        before -= 3
    for position in (before, verb + 1):
        name = found.get(position)
        if name is not None and _is_person(words, name):
            return name.text
    return ""


def _is_person(words: Sequence[Word], name: Name) -> bool:
    return not words[name.last].is_possessive and not name.placed
