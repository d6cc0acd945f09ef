"""From two versions of a document to suggestions that lead from the one to the other."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from hearthpress.documents.aligning import pieces
from hearthpress.documents.schema import Block, Document
from hearthpress.documents.suggestions import TEXT_BLOCKS, words_of

# A word goes with the space behind it, as in a comparison for people.
_WORDS = re.compile(r"\w+(?:[’'-]\w+)*\s*|[^\w\s]\s*|\s+")
_LOOKED_AT = 4  # blocks that may be the edited form of one
_ALIKE = 0.4  # of the words of the longer one are in both

Name = Literal["deletion", "insertion"]
NewIdentity = Callable[[], str]


class _Token(NamedTuple):
    """A word with its space, or a break ("\\n"); its marks as JSON."""

    text: str
    marks: str


def suggested(base: Document, wanted: Document, new_identity: NewIdentity) -> Document:
    """The marked document of which `declined` is `base` and `accepted` is `wanted`, both checked documents.

    Each passage that differs is a suggestion of its own.
    """
    return {"type": "doc", "content": list(_blocks(base["content"], wanted["content"], new_identity))}


def _blocks(old: Sequence[Block], new: Sequence[Block], new_identity: NewIdentity) -> Iterator[Block]:
    for same, first, last, new_first, new_last in pieces([_key(b) for b in old], [_key(b) for b in new]):
        if same:
            yield from old[first:last]
        else:
            yield from _edited(old[first:last], new[new_first:new_last], new_identity)


def _edited(old: Sequence[Block], new: Sequence[Block], new_identity: NewIdentity) -> Iterator[Block]:
    """Blocks that stand in the place of others: those that are alike are edited, the rest goes or comes whole."""
    position, going = 0, list[Block]()
    for block in old:
        partner = _partner(block, new, position)
        if partner is None:
            going.append(block)
            continue
        yield from _replaced(going, new[position:partner], new_identity)
        yield _within(block, new[partner], new_identity)
        position, going = partner + 1, []
    yield from _replaced(going, new[position:], new_identity)


def _replaced(old: Sequence[Block], new: Sequence[Block], new_identity: NewIdentity) -> Iterator[Block]:
    """One suggestion: these blocks go, those come in their place."""
    identity = new_identity() if old or new else ""
    yield from (_marked(block, "deletion", identity) for block in old)
    yield from (_marked(block, "insertion", identity) for block in new)


def _within(old: Block, new: Block, new_identity: NewIdentity) -> Block:
    if old["type"] in TEXT_BLOCKS:
        return {**old, "content": _inline(old["content"], new["content"], new_identity)}
    return {**old, "content": list(_blocks(old["content"], new["content"], new_identity))}


def _partner(block: Block, new: Sequence[Block], start: int) -> int | None:
    words = set(words_of(block).split())
    for number in range(start, min(start + _LOOKED_AT, len(new))):
        other = set(words_of(new[number]).split())
        alike = len(words & other) >= _ALIKE * max(len(words), len(other))
        if alike and _shape(block) == _shape(new[number]) and "content" in block:
            return number
    return None


def _inline(old: list[Block], new: list[Block], new_identity: NewIdentity) -> list[Block]:
    before, after = list(_tokens(old)), list(_tokens(new))
    nodes: list[Block] = []
    for same, first, last, new_first, new_last in pieces(before, after):
        if same:
            nodes += _nodes(before[first:last])
            continue
        identity = new_identity()
        nodes += [_marked(node, "deletion", identity) for node in _nodes(before[first:last])]
        nodes += [_marked(node, "insertion", identity) for node in _nodes(after[new_first:new_last])]
    return nodes


def _tokens(nodes: list[Block]) -> Iterator[_Token]:
    for node in nodes:
        if node["type"] == "hard_break":
            yield _Token("\n", "[]")
        else:
            marks = json.dumps(node.get("marks", []), sort_keys=True)
            yield from (_Token(word, marks) for word in _WORDS.findall(node["text"]))


def _nodes(tokens: Sequence[_Token]) -> Iterator[Block]:
    """Text nodes and breaks again: neighbours with the same marks are one."""
    text, marks = "", ""
    for token in tokens:
        if text and (token.text == "\n" or token.marks != marks):
            yield _text(text, marks)
            text = ""
        if token.text == "\n":
            yield {"type": "hard_break"}
        else:
            text, marks = text + token.text, token.marks
    if text:
        yield _text(text, marks)


def _text(text: str, marks: str) -> Block:
    carried = json.loads(marks)
    return {"type": "text", "text": text, **({"marks": carried} if carried else {})}


def _marked(node: Block, name: Name, identity: str) -> Block:
    mark: dict[str, Any] = {"type": name, "attrs": {"id": identity}}
    return {**node, "marks": [*node.get("marks", []), mark]}


def _shape(block: Block) -> str:
    return json.dumps([block["type"], block.get("attrs", {})], sort_keys=True)


def _key(block: Block) -> str:
    return json.dumps(block, sort_keys=True)
