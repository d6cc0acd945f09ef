"""From a text with suggestions in it, typed anew as a whole, to its suggestions: those that were there, and the new."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hearthpress.documents.aligning import runs
from hearthpress.documents.schema import Block, Document, check
from hearthpress.documents.suggesting import suggested
from hearthpress.documents.suggestions import Suggestion, accepted, declined, renamed, suggestions

NewIdentity = Callable[[], str]
_SIDES = ("insertion", "deletion")


class _Piece(NamedTuple):
    """Blocks that no suggestion reaches out of: marked, as they read with all suggestions, and as they do without."""

    marked: list[Block]
    shown: list[Block]
    base: list[Block]


def resuggested(marked: Document, wanted: Document, new_identity: NewIdentity) -> Document:
    """The marked document that reads `wanted` with every suggestion, and as `marked` does without any.

    A passage that reads as before keeps its suggestions as they are. In one that was changed, a suggestion that says
    the same keeps its identity.
    """
    pieces = list(_pieces(marked["content"]))
    blocks: list[Block] = []
    waiting: list[_Piece] = []
    here = 0
    for piece, place in zip(pieces, _places(pieces, wanted["content"]), strict=True):
        if place is None or (waiting and not piece.shown):
            waiting.append(piece)
            continue
        start = here if not piece.shown else place
        blocks += _again(waiting, wanted["content"][here:start], new_identity)
        blocks += piece.marked
        waiting, here = [], start + len(piece.shown)
    return {"type": "doc", "content": [*blocks, *_again(waiting, wanted["content"][here:], new_identity)]}


def _again(pieces: Sequence[_Piece], wanted: list[Block], new_identity: NewIdentity) -> list[Block]:
    """The way from what these pieces are without suggestions to what is wanted in their place."""
    was: Document = {"type": "doc", "content": [block for piece in pieces for block in piece.marked]}
    base: Document = {"type": "doc", "content": [block for piece in pieces for block in piece.base]}
    made = suggested(base, {"type": "doc", "content": wanted}, new_identity)
    blocks: list[Block] = renamed(made, _same_names(suggestions(was), suggestions(made)))["content"]
    return blocks


def _same_names(was: Sequence[Suggestion], made: Sequence[Suggestion]) -> dict[str, str]:
    """For each new identity the one that said the same before: one for one, in reading order."""
    free = list(was)
    names: dict[str, str] = {}
    for told in made:
        same = next((one for one in free if _said(one) == _said(told)), None)
        if same is not None:
            free.remove(same)
            names[told.identity] = same.identity
    return names


def _said(told: Suggestion) -> tuple[str, str]:
    return told.removed.strip(), told.inserted.strip()


def _places(pieces: Sequence[_Piece], wanted: Sequence[Block]) -> Iterator[int | None]:
    """Where each piece stands unchanged among the wanted blocks, None where it does not; 0 where it shows nothing."""
    keys = [[_key(block) for block in piece.shown] for piece in pieces]
    flat = [key for those in keys for key in those]
    found_same = runs(flat, [_key(block) for block in wanted])
    same = {run.old + step: run.new + step for run in found_same for step in range(run.length)}
    at = 0
    for those in keys:
        found = [same.get(at + step) for step in range(len(those))]
        first = found[0] if found else 0
        yield first if first is not None and found == list(range(first, first + len(those))) else None
        at += len(those)


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    together: list[Block] = []
    for number, block in enumerate(blocks):
        together.append(block)
        if number + 1 == len(blocks) or not _may_reach(block, blocks[number + 1]):
            part: Document = {"type": "doc", "content": together}
            yield _Piece(together, _settled(accepted(part)), _settled(declined(part)))
            together = []


def _settled(document: Document) -> list[Block]:
    blocks: list[Block] = check(document)["content"]
    return blocks


def _may_reach(block: Block, following: Block) -> bool:
    """Whether a suggestion may join these: words at the end of the one and at the beginning of the other carry one."""
    last, first = _leaf(block, -1), _leaf(following, 0)
    return any(_carries(last, side) and _carries(first, side) for side in _SIDES)


def _leaf(block: Block, which: int) -> Block:
    while block.get("content"):
        block = block["content"][which]
    return block


def _carries(node: Block, side: str) -> bool:
    return any(mark["type"] == side for mark in node.get("marks", []))


def _key(block: Block) -> str:
    return json.dumps(block, sort_keys=True)
