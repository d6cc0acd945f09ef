"""The text box and the rows beside it. Quotes' sources and related lines' stories are filled in below the box, so the
box holds words alone; on the way back each row finds its line again, even when the words were changed."""

from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from hearthpress.documents.notation import to_notation
from hearthpress.documents.plain import block_text
from hearthpress.documents.schema import QUOTE_LIMITS, Block, Document, check
from hearthpress.documents.walk import changed, of_kind

# Rows for more lines than these would make a form too long to send; the rest keep their marks in the box.
ROWS = 50
SAME_LINE = 0.5  # of a likeness from 0 to 1: below it, a changed line is a new one
COMPARED_BY_LETTERS = 600  # characters of both lines together
OUT = "take out"  # what a related line's row says when the line is to go; no key of a story has a space in it

Row = Mapping[str, str]


def rows_of(document: Document, kind: str) -> list[Block]:
    """The blocks of this kind ("quote" or "related") that get a row."""
    return of_kind(document, kind)[:ROWS]


def box_text(document: Document) -> str:
    """The document in notation, without what the rows hold."""
    bare = {id(block): _bare(block) for kind in ("quote", "related") for block in rows_of(document, kind)}
    return to_notation(changed(document, lambda block: bare.get(id(block), block)))


def put_together(typed: Document, base: Document, quotes: list[Row], related: list[Row]) -> Document:
    """What was typed, with what the rows say. `quotes` and `related` are the rows for `base`'s lines, in their order.

    What was typed in notation about a line wins over a row that nobody changed.
    """
    merged = {
        **_with_rows(of_kind(typed, "quote"), rows_of(base, "quote"), quotes),
        **_with_rows(of_kind(typed, "related"), rows_of(base, "related"), related),
    }
    document = changed(typed, lambda block: merged.get(id(block), block))
    return check(changed(document, lambda block: None if _is_out(block) else block))


def pairs(before: list[str], after: list[str]) -> dict[int, int]:
    """For each place in `after`, the place in `before` that it comes from: the same words first, then the likest."""
    free, found = list(range(len(before))), {}
    for place, words in enumerate(after):
        same = next((old for old in free if before[old] == words), None)
        if same is not None:
            free.remove(same)
            found[place] = same
    changed = [place for place in range(len(after)) if place not in found]
    scores = [(_likeness(before[old], after[place]), old, place) for old in free for place in changed]
    for score, old, place in sorted(scores, key=lambda scored: -scored[0]):
        if score >= SAME_LINE and old not in found.values() and place not in found:
            found[place] = old
    return found


def _likeness(one: str, other: str) -> float:
    """How alike two lines are, from 0 to 1: by letters where they are short, by words where they are long."""
    if len(one) + len(other) <= COMPARED_BY_LETTERS:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    words, others = Counter(one.split()), Counter(other.split())
    return 2 * (words & others).total() / ((words + others).total() or 1)


def _with_rows(blocks: list[Block], base: list[Block], rows: list[Row]) -> dict[int, Block]:
    """What the rows make of the blocks, by the blocks' ids."""
    came_from = pairs([block_text(block) for block in base], [block_text(block) for block in blocks])
    return {
        id(blocks[place]): _merged(blocks[place], base[old], rows[old])
        for place, old in came_from.items()
        if old < len(rows)
    }


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
