"""Two at the same time: what either changed is there, whoever was first."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hearthpress.documents.merging import merged
from hearthpress.documents.suggestions import accepted, words_of


def doc(*paragraphs: str) -> dict[str, Any]:
    blocks = [{"type": "paragraph", "content": [{"type": "text", "text": words}]} for words in paragraphs]
    return {"type": "doc", "content": blocks}


def texts(document: dict[str, Any]) -> list[str]:
    return [words_of(block) for block in document["content"]]


def merge(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], int]:
    return merged(base, mine, theirs, lambda: "both")


def test_changes_of_different_passages_are_both_there() -> None:
    base, mine, theirs = doc("a", "b", "c"), doc("A", "b", "c"), doc("a", "b", "C", "d")

    assert merge(base, mine, theirs) == (doc("A", "b", "C", "d"), 0)


def test_of_a_passage_that_both_changed_mine_follows_as_a_suggestion() -> None:
    both, conflicts = merge(doc("a", "b"), doc("a", "mine"), doc("a", "theirs"))

    assert (texts(both), conflicts) == (["a", "theirs", "mine"], 1)
    assert both["content"][2]["marks"] == [{"type": "insertion", "attrs": {"id": "both"}}]


def test_the_same_change_of_both_is_there_once() -> None:
    assert merge(doc("a", "b"), doc("a", "c"), doc("a", "c")) == (doc("a", "c"), 0)


PARAGRAPHS = st.lists(st.sampled_from("abcdef"), max_size=6).map(lambda words: doc(*words))


@settings(max_examples=500)
@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_nothing_that_either_put_in_is_lost(base: Any, mine: Any, theirs: Any) -> None:
    both, conflicts = merge(base, mine, theirs)
    there = texts(accepted(both))

    for words in {*texts(mine), *texts(theirs)} - set(texts(base)):
        assert words in there
    if mine == base:
        assert (both, conflicts) == (theirs, 0)
    if theirs == base:
        assert (both, conflicts) == (mine, 0)
