"""Words as they are typed and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearthpress.search.words import MOST_WORDS, distance, folded, vocabulary, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("the kettle", ("the", "kettle")),
        ("  kettle\x00 -- !!! Kettle KÉTTLE", ("kettle",)),
        ("don't \"NEAR( mother-in-law", ("don't", '"NEAR(', "mother-in-law")),
        ("", ()),
    ],
)
def test_words_are_what_holds_letters_each_once(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words


def test_words_are_bounded() -> None:
    assert len(words_of(" ".join(f"w{number}" for number in range(50)))) == MOST_WORDS
    assert words_of("a" * 1000) == ("a" * 200,)


@given(st.text())
def test_folded_text_is_as_long_as_the_text(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)


def test_vocabulary_is_of_words_worth_suggesting() -> None:
    words = vocabulary(["It's a Café — 12 cups, 2nd best; und die Straße.", "x" * 40])

    assert words == {"café", "cups", "best", "und", "die", "straße"}


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("kettle", "kettle", 0),
        ("ketle", "kettle", 1),
        ("kettel", "kettle", 1),
        ("kattel", "kettle", 2),
        ("ekttel", "kettle", 2),
        ("mother", "kettle", 3),
        ("", "abc", 3),
        ("abc", "", 3),
    ],
)
def test_distance_counts_slips(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == min(slips, 3)


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_distance_is_the_same_both_ways_and_nothing_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
