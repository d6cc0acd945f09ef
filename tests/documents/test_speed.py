"""Time by operation, not by the clock: twice the text may take about twice as many steps."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from hearthpress.documents.difference import difference
from hearthpress.documents.manuscript import parse_manuscript
from hearthpress.documents.mentions import mentions
from hearthpress.documents.notation import from_notation, to_notation
from hearthpress.documents.passages import Passage
from hearthpress.documents.source import to_source

UNITS = {
    "prose": "word and more words here. ",
    "stars": "*a ",
    "emphasis": "*a* ",
    "brackets": "[a](",
    "addresses": "https://x.org/a ",
    "quotation marks": "“a” she said ",
    "names": "Ann Lee ",
    "initials": "A.",
    "lines": "a\n",
    "paragraphs": "a\n\n",
    "related lines": "RELATED: A Title\n",
    "items": "- a\n",
    "numbers": "1. a\n",
    "quotes": "> a\n",
    "dashes": "-- a\n\n",
}


def steps(work: Callable[[], Any]) -> int:
    """How many lines of Python the work runs through."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += 1
        return trace

    earlier = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(earlier)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_steps_grow_with_the_length(unit: str) -> None:
    def read(source: str) -> None:
        document = parse_manuscript(source).document
        from_notation(to_notation(document))
        to_source(document)

    short = steps(lambda: read(unit * 200))
    long = steps(lambda: read(unit * 800))

    assert long < 5 * short + 1_000


def test_names_are_looked_for_in_as_many_steps_as_there_are_names() -> None:
    def look(number: int) -> None:
        letters = [chr(97 + one) for one in range(26)]
        given = [f"A{one}{two}{three}n" for one in letters for two in letters for three in letters][:number]
        text = "".join(f"My sister {name} Mill{name.lower()} wept. " for name in given)
        assert len(mentions([Passage("text.0/0", text)], slug="a-kettle")) == number

    assert steps(lambda: look(800)) < 5 * steps(lambda: look(200)) + 1_000


def test_versions_are_compared_in_as_many_steps_as_they_are_long() -> None:
    def compare(number: int) -> None:
        old = "".join(f"The {one}th kettle was on when she rang.\n\n" for one in range(number))
        difference(from_notation(old), from_notation(old.replace("0th kettle", "0th pot")))

    assert steps(lambda: compare(2_400)) < 5 * steps(lambda: compare(600)) + 1_000


def test_a_refrain_is_compared_in_as_many_steps_as_it_is_long() -> None:
    def compare(number: int) -> None:
        old, new = "la " * number, "la li " * (number // 2)
        assert [change.kind for change in difference(from_notation(old), from_notation(new))] == ["changed"]

    assert steps(lambda: compare(480)) < 5 * steps(lambda: compare(120)) + 10_000


@pytest.mark.parametrize(
    "source", ["a" * 1_000_000, "A." * 500_000, '"' * 100_000, "on " * 300_000], ids=lambda s: s[:3]
)
def test_one_huge_paragraph_is_read_in_one_pass(source: str) -> None:
    """A pattern that goes back over its text would not end within the suite's patience here."""
    parsed = parse_manuscript(source)

    assert len(parsed.document["content"]) == 1
