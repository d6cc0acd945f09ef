"""Whose words are whose: what somebody puts under another's suggestion is parted from it, and is their own.

A browser gives words that are typed beside a suggestion the identity of that suggestion, whoever made it.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from hearthpress.documents.schema import Block, Document

NewIdentity = Callable[[], str]
Side = tuple[str, str]  # a suggestion's identity, and "insertion" or "deletion"
_SIDES = ("insertion", "deletion")
_INLINE = ("text", "hard_break")


@dataclass
class _Parting:
    """Which letters of each side are new, by their place in all its words; and how far it has been read."""

    new: dict[Side, list[range]]
    blocks: set[str]
    identity: dict[str, str]
    read: dict[Side, int] = field(default_factory=dict)


def parted(before: Document, now: Document, others: Collection[str], new_identity: NewIdentity) -> Document:
    """`now`, where each suggestion of `others` says what it said in `before`, or less of it. What is more has an
    identity of its own, one for each of them. Both are checked marked documents; neither is changed."""
    said, says = _said(before, others), _said(now, others)
    new = {side: places for side, words in says.items() if (places := _new_places(said.get(side, ""), words))}
    blocks = set(_whole(now, others)) - set(_whole(before, others))
    if not new and not blocks:
        return now
    parting = _Parting(new, blocks, {identity: new_identity() for identity in others})
    return {**now, "content": _parted(now["content"], parting)}


def _said(document: Document, others: Collection[str]) -> dict[Side, str]:
    said: dict[Side, str] = {}
    for node in _nodes(document):
        side = _side(node)
        if side is not None and side[0] in others:
            said[side] = said.get(side, "") + _words(node)
    return said


def _new_places(old: str, new: str) -> list[range]:
    """Where the new words stand among all: around the old ones, or between what both begin and end with."""
    at = new.find(old)
    if old and at >= 0:
        around = [range(at), range(at + len(old), len(new))]
        return [places for places in around if places]
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    between = range(start, len(new) - end)
    return [between] if between else []


def _common(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _whole(document: Document, others: Collection[str]) -> Iterator[str]:
    """The blocks that carry a mark of theirs as a whole, or whose form it changes."""
    for node in _nodes(document):
        if node["type"] not in _INLINE and any(mark["attrs"].get("id") in others for mark in _marks(node)):
            yield json.dumps(node, sort_keys=True)


def _parted(nodes: list[Block], parting: _Parting) -> list[Block]:
    made: list[Block] = []
    for node in nodes:
        side = _side(node)
        if side is not None and side in parting.new:
            made += _split(node, side, parting)
        elif node["type"] not in _INLINE:
            made.append(_block(node, parting))
        else:
            made.append(node)
    return made


def _block(node: Block, parting: _Parting) -> Block:
    is_new = json.dumps(node, sort_keys=True) in parting.blocks
    copy = _renamed(node, parting) if is_new else node
    return {**copy, "content": _parted(node["content"], parting)} if "content" in node else copy


def _split(node: Block, side: Side, parting: _Parting) -> Iterator[Block]:
    """The node in as many parts as are one person's each."""
    words, at, new = _words(node), parting.read.get(side, 0), parting.new[side]
    parting.read[side] = at + len(words)
    letters = enumerate(words, at)
    for is_new, part in groupby(letters, lambda letter: any(letter[0] in places for places in new)):
        text = "".join(letter for _place, letter in part)
        whole = {**node, "text": text} if node["type"] == "text" else node
        yield _renamed(whole, parting) if is_new else whole


def _renamed(node: Block, parting: _Parting) -> Block:
    marks = [_with_identity(mark, parting) for mark in node["marks"]]
    return {**node, "marks": marks}


def _with_identity(mark: dict[str, Any], parting: _Parting) -> dict[str, Any]:
    identity = parting.identity.get(mark.get("attrs", {}).get("id", ""))
    return {**mark, "attrs": {**mark["attrs"], "id": identity}} if identity else mark


def _side(node: Block) -> Side | None:
    if node["type"] not in _INLINE:
        return None
    return next(((mark["attrs"]["id"], mark["type"]) for mark in _marks(node) if mark["type"] in _SIDES), None)


def _words(node: Block) -> str:
    return str(node["text"]) if node["type"] == "text" else "\n"


def _marks(node: Block) -> list[dict[str, Any]]:
    return [mark for mark in node.get("marks", []) if "id" in mark.get("attrs", {})]


def _nodes(node: Block) -> Iterator[Block]:
    yield node
    for child in node.get("content", []):
        yield from _nodes(child)
