"""What changed between two versions of a document, for the writer to read: block by block, word by word."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hearthpress.documents.aligning import pieces
from hearthpress.documents.plain import STANDING_IN, block_text, stand_in
from hearthpress.documents.schema import Block, Document

Kind = Literal["same", "changed", "added", "removed"]
Op = Literal["equal", "insert", "delete"]
Segment = tuple[Op, str]

# What is true of the blocks of a passage that can be skipped: of the first, and of the others.
BEGINS, GOES_ON = "begins", "goes on"

# A word goes with the space behind it: alone, spaces would be the commonest words of all.
_WORDS = re.compile(r"\w+(?:[’'-]\w+)*\s*|[^\w\s]\s*|\s+")
# Blocks that share less than this are two different passages rather than one that was edited.
_ALIKE = 0.4


@dataclass(frozen=True)
class Change:
    """One block of the new version, or one that is gone.

    `block_type` is the block's type, of the new version where there is one. The texts of the segments that are not
    "insert" make the old words, those of the segments that are not "delete" the new ones. `notes` has, in the same
    form, what changed about the block beside its words: (what, segments) such as ("permalink", ...).

    The blocks of a passage that can be skipped stand among the others: the first of them has the facts "gentle"
    (BEGINS) and "says", the rest "gentle" (GOES_ON). A scene break's words are its stars, a picture's all that is said
    about it.
    """

    kind: Kind
    block_type: str
    segments: tuple[Segment, ...]
    notes: tuple[tuple[str, tuple[Segment, ...]], ...] = ()


def difference(old: Document, new: Document) -> list[Change]:
    """The changes from one checked document to another, in reading order, unchanged blocks included."""
    return list(_changes(list(_opened(old["content"])), list(_opened(new["content"]))))


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those of a passage that can be skipped one by one, each with its place in it."""
    for block in blocks:
        if block["type"] != "gentle":
            yield block
            continue
        first, *others = block["content"]
        yield _placed(first, gentle=BEGINS, says=block["attrs"]["says"])
        yield from (_placed(other, gentle=GOES_ON) for other in others)


def _placed(block: Block, **place: str) -> Block:
    return {**block, "attrs": {**block.get("attrs", {}), **place}}


def _text(block: Block) -> str:
    """What is compared word by word and shown."""
    return stand_in(block) or block_text(block)


def short_difference(old: str, new: str) -> tuple[Segment, ...]:
    """The change from one line to another: word by word where they are alike, else the one out and the other in."""
    if _are_alike(old, new):
        return tuple(_word_segments(old, new))
    return *_segments("delete", old), *_segments("insert", new)


def _changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    for same, first, last, new_first, new_last in pieces([_identity(b) for b in old], [_identity(b) for b in new]):
        if same:
            for block in new[new_first:new_last]:
                yield Change("same", block["type"], _segments("equal", _text(block)))
        else:
            yield from _edited(old[first:last], new[new_first:new_last])


def _edited(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    """Blocks that stand in the place of others: pairs that are alike are edits, the rest came or went."""
    position = 0
    for block in old:
        partner = _partner(block, new, position)
        if partner is None:
            yield Change("removed", block["type"], _segments("delete", _text(block)))
            continue
        yield from map(_added, new[position:partner])
        yield _changed(block, new[partner])
        position = partner + 1
    yield from map(_added, new[position:])


def _added(block: Block) -> Change:
    """A new block. That it can be skipped is said too, as no word of it shows that."""
    attrs = block.get("attrs", {})
    notes = ((name, _segments("insert", attrs[name])) for name in ("gentle", "says") if attrs.get(name))
    return Change("added", block["type"], _segments("insert", _text(block)), tuple(notes))


def _partner(block: Block, new: Sequence[Block], start: int) -> int | None:
    """The next few blocks are looked at, so that a long passage replaced by another stays quick to compare."""
    text = _text(block)
    for number in range(start, min(start + 4, len(new))):
        if _are_alike(text, _text(new[number])):
            return number
    return None


def _are_alike(old: str, new: str) -> bool:
    words, others = set(old.split()), set(new.split())
    return len(words & others) >= _ALIKE * max(len(words), len(others))


def _changed(old: Block, new: Block) -> Change:
    segments = tuple(_word_segments(_text(old), _text(new)))
    return Change("changed", new["type"], segments, tuple(_notes(old, new)))


def _notes(old: Block, new: Block) -> Iterator[tuple[str, tuple[Segment, ...]]]:
    before, after = _facts(old), _facts(new)
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield name, (*_segments("delete", was), *_segments("insert", now))


def _facts(block: Block) -> dict[str, str]:
    """What is true of a block beside its words: its type, its attributes, where its links lead, what is marked."""
    in_words = STANDING_IN.get(block["type"], ())
    attrs = {name: str(value) for name, value in block.get("attrs", {}).items() if name not in in_words}
    marked: dict[str, list[str]] = {}
    for node in _texts(block):
        for mark in node.get("marks", []):
            target = mark["attrs"]["href"] if mark["type"] == "link" else node["text"]
            marked.setdefault(mark["type"], []).append(target)
    return {"type": block["type"], **attrs, **{name: ", ".join(found) for name, found in marked.items()}}


def _texts(block: Block) -> Iterator[Block]:
    for child in block.get("content", []):
        if child["type"] == "text":
            yield child
        else:
            yield from _texts(child)


def _identity(block: Block) -> str:
    return json.dumps(block, sort_keys=True)


def _word_segments(old: str, new: str) -> Iterator[Segment]:
    before, after = _words(old), _words(new)
    for same, first, last, new_first, new_last in pieces(before, after):
        if same:
            yield from _segments("equal", "".join(before[first:last]))
        else:
            yield from _exchanged(before[first:last], after[new_first:new_last])


def _exchanged(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    """Words in the place of others. A first one that only won or lost the space behind it stays."""
    kept = old[0].rstrip() if old and new and old[0].rstrip() == new[0].rstrip() else ""
    yield from _segments("equal", kept)
    yield from _segments("delete", "".join(old)[len(kept) :])
    yield from _segments("insert", "".join(new)[len(kept) :])


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)


def _segments(op: Op, text: str) -> tuple[Segment, ...]:
    return ((op, text),) if text else ()
