"""Two people changed one document at the same time: both changes in one, and nothing of either lost."""

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise

from hearthpress.documents.aligning import runs
from hearthpress.documents.schema import Block, Document
from hearthpress.documents.suggestions import accepted, declined

Region = tuple[int, int, int, int]  # first block of base, of mine, of theirs, and how many are the same from there
NewIdentity = Callable[[], str]
_IDENTITY = re.compile(r'"id": "[A-Za-z0-9_.-]{1,60}"')  # a mark's, as JSON: in words the quotation marks are escaped


def merged(
    base: Document, mine: Document, theirs: Document, new_identity: NewIdentity, others: Collection[str] = ()
) -> tuple[Document, int]:
    """What both made of `base`, three marked documents, block by block; and how many passages both of them changed.

    Such a passage stands as they left it, and mine follows it as a suggestion, without what the suggestions of `others`
    would put into it: that is theirs to say. Three-way merge after Khanna, Kunal and Pierce, "A Formal Investigation of
    Diff3" (2007).
    """
    blocks: list[Block] = []
    conflicts = 0
    for ours, yours, before in _passages(base["content"], mine["content"], theirs["content"]):
        one, other, was = _but_names(ours), _but_names(yours), _but_names(before)
        if one in (was, other):
            blocks += yours
        elif other == was:
            blocks += ours
        else:
            conflicts += 1
            blocks += [*yours, *_as_suggestion(ours, new_identity(), others)]
    return {"type": "doc", "content": blocks}, conflicts


def _passages(
    base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]
) -> Iterator[tuple[list[Block], list[Block], list[Block]]]:
    """Mine, theirs and what was there before, piece by piece."""
    for (at, here, there, length), (next_at, next_here, next_there, _length) in pairwise(_regions(base, mine, theirs)):
        same = list(base[at : at + length])
        if same:
            yield same, same, same
        end, ours, yours = at + length, list(mine[here + length : next_here]), list(theirs[there + length : next_there])
        before = list(base[end:next_at])
        if len(ours) == len(yours) == len(before):
            # Neighbours, each changed by another person: block by block.
            yield from (([one], [other], [was]) for one, other, was in zip(ours, yours, before, strict=True))
        elif ours or yours or before:
            yield ours, yours, before


def _regions(base: Sequence[Block], mine: Sequence[Block], theirs: Sequence[Block]) -> list[Region]:
    """Where all three are the same, with an empty region before the first and behind the last block."""
    regions: list[Region] = [(0, 0, 0, 0)]
    with_mine, with_theirs = _same(base, mine), _same(base, theirs)
    one = other = 0
    while one < len(with_mine) and other < len(with_theirs):
        (at, here, size), (place, there, length) = with_mine[one], with_theirs[other]
        first, end = max(at, place), min(at + size, place + length)
        if first < end:
            regions.append((first, here + first - at, there + first - place, end - first))
        one, other = (one + 1, other) if at + size < place + length else (one, other + 1)
    return [*regions, (len(base), len(mine), len(theirs), 0)]


def _same(base: Sequence[Block], other: Sequence[Block]) -> list[tuple[int, int, int]]:
    return [(run.old, run.new, run.length) for run in runs([_key(b) for b in base], [_key(b) for b in other])]


def _but_names(blocks: Sequence[Block]) -> list[str]:
    """The blocks whatever the identities of their suggestions: those can be given anew while somebody types on."""
    return [_IDENTITY.sub('"id": ""', _key(block)) for block in blocks]


def _as_suggestion(blocks: Sequence[Block], identity: str, others: Collection[str]) -> Iterator[Block]:
    own_words = accepted(declined({"type": "doc", "content": list(blocks)}, others))
    for block in own_words["content"]:
        yield {**block, "marks": [{"type": "insertion", "attrs": {"id": identity}}]}


def _key(block: Block) -> str:
    return json.dumps(block, sort_keys=True)
