"""What two sequences have in common, in order, found in about as many steps as they are long."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Pairs of items that difflib may look at, and how many of these may be the same: a refrain costs it more than prose.
# It finds more than the rest of this module, and takes the square of its time.
_FEW, _FEW_SAME = 250_000, 20_000


class Run(NamedTuple):
    """`length` items that are the same in both, from these places on."""

    old: int
    new: int
    length: int


class Piece(NamedTuple):
    """Items of both, from the first place up to the last: the same in both, or what stands in the place of what."""

    same: bool
    first: int
    last: int
    new_first: int
    new_last: int


class _Span(NamedTuple):
    first: int
    last: int
    new_first: int
    new_last: int


def runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """The longest runs that both have, in order, none of them empty.

    Patience diff: what both begin and end with, then the items that each has only once. Long passages in which nothing
    is there only once have nothing in common.
    """
    found: list[Run] = []
    waiting = [_Span(0, len(old), 0, len(new))]
    while waiting:
        span = waiting.pop()
        start = _common(old, new, span)
        span = _Span(span.first + start, span.last, span.new_first + start, span.new_last)
        end = _common_end(old, new, span)
        inner = _Span(span.first, span.last - end, span.new_first, span.new_last - end)
        found += [Run(inner.first - start, inner.new_first - start, start), Run(inner.last, inner.new_last, end)]
        size = (inner.last - inner.first) * (inner.new_last - inner.new_first)
        if 0 < size <= _FEW and _same(old, new, inner) <= _FEW_SAME:
            found += _few(old, new, inner)
        elif size:
            waiting += _between(inner, _once(old, new, inner))
    return _joined(sorted(run for run in found if run.length))


def pieces(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Piece]:
    """All of both, in order, by what is the same and what is not."""
    at = here = 0
    for run in [*runs(old, new), Run(len(old), len(new), 0)]:
        if run.old > at or run.new > here:
            yield Piece(False, at, run.old, here, run.new)
        at, here = run.old + run.length, run.new + run.length
        if run.length:
            yield Piece(True, run.old, at, run.new, here)


def _few(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> Iterator[Run]:
    before, after = old[span.first : span.last], new[span.new_first : span.new_last]
    for match in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        yield Run(match.a + span.first, match.b + span.new_first, match.size)


def _same(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> int:
    """How many pairs of items, one of each, are the same."""
    counted = Counter(new[span.new_first : span.new_last])
    return sum(counted[item] for item in old[span.first : span.last])


def _once(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> list[tuple[int, int]]:
    """Where the items stand that either has once, as many as are in one order in both."""
    before = _places(old, span.first, span.last)
    after = _places(new, span.new_first, span.new_last)
    return _rising([(place, after[item]) for item, place in before.items() if item in after])


def _places(items: Sequence[Hashable], first: int, last: int) -> dict[Hashable, int]:
    counted = Counter(items[first:last])
    return {items[place]: place for place in range(first, last) if counted[items[place]] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs whose second numbers rise as the first ones do."""
    ends: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_place, other) in enumerate(pairs):
        pile = bisect_left(ends, other)
        before.append(piles[pile - 1] if pile else -1)
        ends[pile : pile + 1], piles[pile : pile + 1] = [other], [number]
    chosen, number = [], piles[-1] if piles else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _between(span: _Span, pairs: list[tuple[int, int]]) -> Iterator[_Span]:
    """What lies between such items, each of which begins a span; nothing where there are none."""
    if not pairs:
        return
    begins = [(span.first, span.new_first), *pairs]
    ends = [*pairs, (span.last, span.new_last)]
    for (first, new_first), (last, new_last) in zip(begins, ends, strict=True):
        if last > first and new_last > new_first:
            yield _Span(first, last, new_first, new_last)


def _joined(found: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in found:
        last = joined[-1] if joined else Run(0, 0, 0)
        if (run.old, run.new) == (last.old + last.length, last.new + last.length):
            joined[-1:] = [last._replace(length=last.length + run.length)]
        else:
            joined.append(run)
    return [run for run in joined if run.length]


def _common(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> int:
    most, count = min(span.last - span.first, span.new_last - span.new_first), 0
    while count < most and old[span.first + count] == new[span.new_first + count]:
        count += 1
    return count


def _common_end(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> int:
    most, count = min(span.last - span.first, span.new_last - span.new_first), 0
    while count < most and old[span.last - 1 - count] == new[span.new_last - 1 - count]:
        count += 1
    return count
