"""A pasted or uploaded manuscript as a document: what is certain, and what the writer is asked about.

Whatever the source and whatever the answers, the document's words are the source's words in their order: only white
space and the markers that became structure differ.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from hearthpress.documents import schema
from hearthpress.documents.files import BadManuscript, decode_manuscript, gettext_noop, read_manuscript
from hearthpress.documents.lines import read_blocks
from hearthpress.documents.plain import block_text
from hearthpress.documents.quotes import Reading, read_quotes
from hearthpress.documents.schema import QUOTE_LIMITS, Block, Document
from hearthpress.documents.signature import find_signature
from hearthpress.documents.text import one_line

_EXCERPT = 160
_KEY_LENGTH = 12

WHY_SPEAKER = gettext_noop("The name of who said this comes from an earlier paragraph.")
WHY_SOURCE = gettext_noop("Where this was said comes from an earlier paragraph.")
WHY_BOTH = gettext_noop("Who said this, and where, come from earlier paragraphs.")
WHY_UNKNOWN = gettext_noop("The text does not say who said this, or where.")
WHY_SIGNATURE = gettext_noop("The last lines look like a note about a magazine rather than part of the story.")


@dataclass(frozen=True)
class Guess:
    """Something that only the writer can say. `kind` is "quote" or "signature".

    It is about `length` blocks of the parsed document from number `block` on. `key` comes from their words, so that an
    answer outlives edits elsewhere. `speaker` and `source` are what was read, "" where nothing was; `why` is a sentence
    for the writer, marked for translation.
    """

    key: str
    kind: str
    block: int
    excerpt: str
    speaker: str
    source: str
    why: str
    length: int = 1


@dataclass(frozen=True)
class Answer:
    """The writer's answer to a guess. A speaker or source that is not empty replaces the one that was read."""

    yes: bool
    speaker: str = ""
    source: str = ""


@dataclass(frozen=True)
class Parsed:
    """A manuscript as read: the document of what is certain, the open questions, and the markers that were taken out.

    `markers` has each marker as it was typed, such as "#", "**", "RELATED:" or "](https://www.example.com/)"; nothing
    else of the source but white space is missing from the document's words.
    """

    document: Document
    guesses: list[Guess]
    markers: tuple[str, ...]
    readings: tuple[Reading, ...]

    def as_json(self) -> dict[str, Any]:
        """What `hearthpress parse-manuscript` prints: JSON values only."""
        blocks = self.document["content"]
        return {
            "document": self.document,
            "quotes": [self._quote(reading) for reading in self.readings],
            "related": [block["attrs"]["title"] for block in blocks if block["type"] == "related"],
            "signature": self._signature(),
            "guesses": [asdict(guess) for guess in self.guesses],
            "markers": list(self.markers),
        }

    def _quote(self, reading: Reading) -> dict[str, Any]:
        return {
            "words": block_text(self.document["content"][reading.block]),
            "speaker": reading.speaker,
            "source": reading.source,
            "certainty": "certain" if reading.certain else "guess",
            "block": reading.block,
        }

    def _signature(self) -> dict[str, Any] | None:
        blocks = self.document["content"]
        if blocks and blocks[-1]["type"] == "signature":
            return {"words": block_text(blocks[-1]), "certainty": "certain"}
        for guess in self.guesses:
            if guess.kind == "signature":
                return {"words": _words(blocks[guess.block :]), "certainty": "guess"}
        return None


def parse_manuscript(source: str) -> Parsed:
    """Read any text at all: it never raises, takes time linear in the length, and loses no word."""
    read = read_blocks(source)
    readings = read_quotes(read.blocks)
    guesses = _guesses(read.blocks, readings)
    blocks = list(read.blocks)
    for reading in readings:
        if reading.certain:
            blocks[reading.block] = _as_quote(blocks[reading.block], reading.speaker, reading.source)
        elif reading.marked:
            blocks[reading.block] = _as_quote(blocks[reading.block], *_certain_part(reading))
    document = {"type": "doc", "content": blocks}
    return Parsed(document, guesses, tuple(read.markers), tuple(readings))


def apply_guesses(parsed: Parsed, answers: Mapping[str, Answer]) -> Document:
    """The document with the guesses that were answered yes; a guess without an answer changes nothing."""
    blocks: list[Block] = list(parsed.document["content"])
    for guess in reversed(parsed.guesses):
        answer = answers.get(guess.key)
        if answer is not None and answer.yes:
            guessed = blocks[guess.block : guess.block + guess.length]
            blocks[guess.block : guess.block + guess.length] = [_applied(guess, answer, guessed)]
    return {"type": "doc", "content": blocks}


def parse_file(path: str | Path) -> dict[str, Any]:
    """The file at `path` as `Parsed.as_json` says it. Raises BadManuscript."""
    return parse_manuscript(read_manuscript(Path(path))).as_json()


def _guesses(blocks: list[Block], readings: list[Reading]) -> list[Guess]:
    found = [(blocks[reading.block : reading.block + 1], reading) for reading in readings if not reading.certain]
    guesses = [
        _guess("quote", reading.block, about, _why(reading), (reading.speaker, reading.source))
        for about, reading in found
    ]
    start = find_signature(blocks)
    if start is not None:
        guesses.append(_guess("signature", start, blocks[start:], WHY_SIGNATURE))
    return _with_own_keys(guesses)


def _guess(kind: str, block: int, about: list[Block], why: str, said: tuple[str, str] = ("", "")) -> Guess:
    words = _words(about)
    key = sha256(f"{kind} {' '.join(words.split())}".encode()).hexdigest()[:_KEY_LENGTH]
    excerpt = words if len(words) <= _EXCERPT else words[: _EXCERPT - 1].rstrip() + "…"
    speaker, source = _limited("speaker", said[0]), _limited("source", said[1])
    return Guess(key, kind, block, excerpt, speaker, source, why, len(about))


def _with_own_keys(guesses: list[Guess]) -> list[Guess]:
    """The guesses, those about the same words told apart by their number."""
    seen: Counter[str] = Counter()
    own = []
    for guess in guesses:
        seen[guess.key] += 1
        number = seen[guess.key]
        own.append(guess if number == 1 else Guess(**{**asdict(guess), "key": f"{guess.key}-{number}"}))
    return own


def _why(reading: Reading) -> str:
    if not (reading.speaker and reading.source):
        return WHY_UNKNOWN
    if reading.speaker_certain:
        return WHY_SOURCE
    return WHY_SPEAKER if reading.source_certain else WHY_BOTH


def _certain_part(reading: Reading) -> tuple[str, str]:
    return (
        reading.speaker if reading.speaker_certain else "",
        reading.source if reading.source_certain else "",
    )


def _applied(guess: Guess, answer: Answer, blocks: list[Block]) -> Block:
    if guess.kind == "quote":
        return _as_quote(blocks[0], answer.speaker or guess.speaker, answer.source or guess.source)
    content = [schema.paragraph(block["content"]) for block in blocks]
    return {"type": "signature", "content": content}


def _as_quote(block: Block, speaker: str, source: str) -> Block:
    content = [block] if block["type"] == "paragraph" else block["content"]
    return schema.quote(content, speaker=_limited("speaker", speaker), source=_limited("source", source))


def _limited(name: str, value: str) -> str:
    return one_line(value)[: QUOTE_LIMITS[name]].rstrip()


def _words(blocks: list[Block]) -> str:
    return "\n\n".join(block_text(block) for block in blocks)


__all__ = [
    "Answer",
    "BadManuscript",
    "Guess",
    "Parsed",
    "apply_guesses",
    "decode_manuscript",
    "parse_file",
    "parse_manuscript",
]
