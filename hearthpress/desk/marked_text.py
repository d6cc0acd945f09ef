"""The text box and the rows beside it. Quotes' sources and related lines' stories are filled in below the box, so the
box holds words alone; on the way back each row finds its line again, even when the words were changed."""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Any

from hearthpress.documents.notation import to_notation
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import QUOTE_LIMITS, Block, Document, check

# Rows for more lines than these would make a form too long to send; the rest keep their marks in the box.
ROWS = 50
SAME_LINE = 0.5  # of SequenceMatcher.quick_ratio: below it, a changed line is a new one
OUT = "take out"  # what a related line's row says when the line is to go; no key of a story has a space in it

Row = Mapping[str, str]


def rows_of(document: Document, kind: str) -> list[Block]:
    """The blocks of this kind ("quote" or "related") that get a row."""
    return [block for block in document["content"] if block["type"] == kind][:ROWS]


def box_text(document: Document) -> str:
    """The document in notation, without what the rows hold."""
    bare = {id(block): _bare(block) for kind in ("quote", "related") for block in rows_of(document, kind)}
    return to_notation({"type": "doc", "content": [bare.get(id(block), block) for block in document["content"]]})


def put_together(typed: Document, base: Document, quotes: list[Row], related: list[Row]) -> Document:
    """What was typed, with what the rows say. `quotes` and `related` are the rows for `base`'s lines, in their order.

    What was typed in notation about a line wins over a row that nobody changed.
    """
    blocks = _with_rows(typed["content"], "quote", rows_of(base, "quote"), quotes)
    blocks = _with_rows(blocks, "related", rows_of(base, "related"), related)
    return check({"type": "doc", "content": [block for block in blocks if not _is_out(block)]})


def pairs(before: list[str], after: list[str]) -> dict[int, int]:
    """For each place in `after`, the place in `before` that it comes from: the same words first, then the likest."""
    found: dict[int, int] = {}
    _pair(found, before, after, lambda old, new: float(old == new), 1.0)
    _pair(found, before, after, lambda old, new: SequenceMatcher(None, old, new).quick_ratio(), SAME_LINE)
    return found


def _pair(
    found: dict[int, int], before: list[str], after: list[str], likeness: Callable[[str, str], float], least: float
) -> None:
    for place, words in enumerate(after):
        free = [old for old in range(len(before)) if old not in found.values()]
        if place in found or not free:
            continue
        likest = max(free, key=lambda old: likeness(before[old], words))
        if likeness(before[likest], words) >= least:
            found[place] = likest


def _with_rows(blocks: list[Block], kind: str, base: list[Block], rows: list[Row]) -> list[Block]:
    places = [place for place, block in enumerate(blocks) if block["type"] == kind]
    came_from = pairs([block_text(block) for block in base], [block_text(blocks[place]) for place in places])
    merged = list(blocks)
    for number, place in enumerate(places):
        old = came_from.get(number)
        if old is not None and old < len(rows):
            merged[place] = _merged(blocks[place], base[old], rows[old])
    return merged


def _merged(block: Block, base: Block, row: Row) -> Block:
    attrs: dict[str, Any] = dict(block["attrs"])
    for name, value in row.items():
        if value != base["attrs"][name] or not attrs[name]:
            attrs[name] = value
    return {**block, "attrs": attrs}


def _bare(block: Block) -> Block:
    if block["type"] == "quote":
        return {**block, "attrs": dict.fromkeys(QUOTE_LIMITS, "")}
    return {**block, "attrs": {**block["attrs"], "story": ""}}


def _is_out(block: Block) -> bool:
    return bool(block["type"] == "related" and block["attrs"]["story"] == OUT)
